import Metrics
import Values

/// What rules wait for: the first answers of all endpoints, since the start or since a gap.
struct Settling: Sendable {
  /// How many have not answered yet.
  var waiting: Int
  /// They are not waited for longer than this.
  let until: Uptime
}

/// Time: waiting for first answers, gaps, and how long samples are kept.
///
/// A rule that asks too early finds nothing, and finding nothing is what `absent` fires on and what firing alerts
/// end on.
extension WatchedSystem {
  /// How long an endpoint with a long timeout keeps the rules waiting, at most.
  private static let longestWait = Span.seconds(15)

  /// Rules wait until all endpoints that are polled have answered or failed.
  ///
  /// - Parameter attempts: how often an endpoint may run into its timeout meanwhile.
  mutating func settle(at now: Moment, attempts: Int64 = 1) {
    for index in groups.indices { groups[index].rest() }
    let timeout = endpoints.lazy.filter(\.isAwaited).map(\.endpoint.timeout).max() ?? .zero
    settling = Settling(
      waiting: endpoints.count { $0.isAwaited },
      until: now.uptime + Self.spread(of: folder) + min(timeout, Self.longestWait) * attempts + .seconds(1))
  }

  /// Begins to evaluate once there is nothing left to wait for.
  mutating func settleIfReady(at now: Moment) {
    guard restoring == nil, suspension == nil, let settling,
      settling.waiting <= 0 || settling.until <= now.uptime
    else {
      return
    }
    self.settling = nil
    for index in groups.indices { groups[index].evaluateSoon(at: now.uptime) }
  }

  /// Carries everything that counts time over a gap; after a long one all endpoints are polled anew, spread as at
  /// the start, and rules wait for them.
  mutating func bridge(_ gap: Gap, at now: Moment) {
    if gap.isBackward { forgetAhead(of: now.wall) }
    for index in groups.indices {
      groups[index].group.bridge(gap.shift, missed: gap.missed, at: now.wall)
      groups[index].bridge(gap, at: now)
    }
    for index in endpoints.indices {
      let turns = gap.isLong ? Self.turns(of: endpoints[index].endpoint, in: folder, at: now) : nil
      endpoints[index].bridge(gap, turns: turns)
      agenda.set(index, to: endpoints[index].deadline(at: now))
    }
    if gap.isLong { settle(at: now, attempts: 2) }
    if gap.isLong, gap.isSleep { awaken(at: now) }
    touch()
  }

  /// After the clock was set back: samples ahead of it would keep new ones out, and those just behind it are of
  /// another time than they say. What is left is older than any rule looks back.
  mutating func forgetAhead(of now: Instant) {
    let reach = groups.map(\.group.reach).max() ?? 0
    store.rewind(to: (now - .milliseconds(reach) - .minutes(5)).milliseconds)
  }

  /// Drops what no rule needs any more, once a minute: it looks at every series.
  mutating func trimIfDue(at now: Moment) {
    guard nextTrim <= now.uptime else { return }
    nextTrim = now.uptime + .minutes(1)
    let kept = store.series(kept).mapValues { (now.wall - $0).milliseconds }
    store.trim(before: (now.wall - retention).milliseconds, keeping: kept)
  }
}
