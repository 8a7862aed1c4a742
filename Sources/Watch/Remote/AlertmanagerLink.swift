import Alerting
import Incidents
import Metrics
import Values
import Wire

/// An Alertmanager: its alerts are shown, ours are told to it, silences are kept the same on both sides. Pure.
struct AlertmanagerLink: Sendable {
  enum Purpose: Sendable {
    case alerts
    case silences
    case post([Labels])
    case set(key: String)
    case expire(id: String)
  }

  let server: RemoteServer
  /// Whether our alerts go there, and whether silences do: only from a trusted folder.
  let posts: Bool
  let sharesSilences: Bool
  let every: Span
  private(set) var health = RemoteHealth()
  private(set) var reported = ReportedAlerts()
  private(set) var relay = AlertRelay()
  private(set) var shared: SharedSilences
  /// What it said of alerts that are ours, too: whether something hides them there.
  private(set) var ours: [Labels: ReportedAlert] = [:]
  /// Why it refused some of what was sent last; nil when it took all.
  private(set) var refusal: String?
  private var local: [Silence] = []
  private var calls: OpenCalls<Purpose>
  private var nextAlerts: Uptime
  private var nextSilences: Uptime

  init(
    _ server: RemoteServer, posts: Bool, sharesSilences: Bool, system: String, origin: String, every: Span,
    link number: UInt32, at now: Moment
  ) {
    self.server = server
    self.posts = posts
    self.sharesSilences = sharesSilences
    self.every = every
    shared = SharedSilences(system: system, origin: origin)
    calls = OpenCalls(link: number)
    nextAlerts = now.uptime
    nextSilences = now.uptime
  }

  var source: String { "alertmanager \(server.address)" }
  var name: String { "alertmanager at \(server.address)" }
  var isHeard: Bool { health.state == .reachable }

  mutating func restore(_ alert: ReportedAlert, firedAt: Instant?) {
    reported.restore(alert, firedAt: firedAt)
  }

  /// All our alerts that fire.
  mutating func update(_ firing: [AlertRelay.Firing], at now: Moment) {
    if posts { relay.update(firing, at: now) }
  }

  mutating func update(_ silences: [Silence], at now: Moment) {
    guard silences != local else { return }
    local = silences
    nextSilences = now.uptime
  }

  /// Whether that call was for its list of alerts.
  func isForAlerts(_ id: UInt64) -> Bool {
    if case .alerts = calls.purpose(of: id) { true } else { false }
  }

  var openCalls: Int { calls.count }

  var nextDeadline: Uptime? {
    var due: [Uptime] = []
    if !isAsking(.alerts) { due.append(nextAlerts) }
    if !isChangingSilences { due.append(nextSilences) }
    if posts, let next = relay.nextDeadline { due.append(next) }
    guard let first = due.min() else { return nil }
    return max(first, health.notBefore ?? first)
  }

  private enum Reading { case alerts, silences }

  private func isAsking(_ reading: Reading) -> Bool {
    calls.contains { purpose in
      switch (purpose, reading) {
      case (.alerts, .alerts), (.silences, .silences): true
      default: false
      }
    }
  }

  /// While one is made or expired, the list would not show it yet and it would be made twice.
  private var isChangingSilences: Bool {
    calls.contains { purpose in
      switch purpose {
      case .silences, .set, .expire: true
      case .alerts, .post: false
      }
    }
  }

  mutating func tick(at now: Moment) -> [RemoteOutput] {
    guard health.mayAsk(at: now) else { return [] }
    var outputs: [RemoteOutput] = []
    if nextAlerts <= now.uptime, !isAsking(.alerts) {
      nextAlerts = now.uptime + every
      outputs.append(.call(calls.make(.managedAlerts, server.managedAlerts, for: .alerts, at: now)))
    }
    if nextSilences <= now.uptime, !isChangingSilences {
      nextSilences = now.uptime + every
      outputs.append(.call(calls.make(.silences, server.silences, for: .silences, at: now)))
    }
    return outputs + post(at: now)
  }

  private mutating func post(at now: Moment) -> [RemoteOutput] {
    guard posts else { return [] }
    var outputs: [RemoteOutput] = []
    while true {
      let batch = relay.take(at: now)
      guard !batch.isEmpty else { return outputs }
      let call = calls.make(.deed, server.post(batch), for: .post(batch.map(\.labels)), at: now)
      outputs.append(.call(call))
    }
  }

  /// - Parameter own: labels of alerts that are ours or were taken from elsewhere.
  mutating func answered(
    _ id: UInt64, _ answer: RemoteAnswer, jitter: Double, own: (Labels) -> Bool, at now: Moment
  ) -> [RemoteOutput] {
    guard let (purpose, sent) = calls.take(id) else { return [] }
    var outputs: [RemoteOutput] = []
    if case .failure(let failure) = answer, !failure.isTheQuestions {
      if health.fail(failure, sent: sent, at: now, jitter: jitter) {
        outputs.append(.changed(.failing, reason: failure.sentence(of: name)))
      }
      if case .post(let labels) = purpose { relay.settle(labels, isTaken: false) }
      let retry = health.notBefore ?? now.uptime
      nextAlerts = retry
      nextSilences = retry
      return outputs
    }
    if health.succeed(at: now) {
      reported.resume(at: now)
      outputs.append(.changed(.reachable, reason: nil))
    }
    outputs += take(answer, for: purpose, own: own, at: now)
    return outputs + post(at: now)
  }

  private mutating func take(
    _ answer: RemoteAnswer, for purpose: Purpose, own: (Labels) -> Bool, at now: Moment
  ) -> [RemoteOutput] {
    switch purpose {
    case .alerts:
      guard case .success(.alerts(let list)) = answer else { return [] }
      ours = [:]
      for alert in list where own(alert.labels) || relay.knows(alert.labels) { ours[alert.labels] = alert }
      let (fired, resolved) = reported.take(list.filter { ours[$0.labels] == nil }, at: now)
      return (fired.isEmpty ? [] : [.fired(fired)]) + (resolved.isEmpty ? [] : [.resolved(resolved)])
    case .silences:
      guard case .success(.silences(let list)) = answer else { return [] }
      let steps = shared.take(list, local: local, at: now.wall)
      return sharesSilences ? steps.map { perform($0, at: now) } : []
    case .post(let labels):
      // Of what it refuses it took the rest; to send all of it again at once would change nothing.
      relay.settle(labels, isTaken: true)
      if case .failure(let failure) = answer {
        refusal = failure.sentence(of: name)
      } else {
        refusal = nil
      }
      return []
    case .set, .expire:
      if case .failure(let failure) = answer {
        refusal = failure.sentence(of: name)
      } else {
        refusal = nil
        nextSilences = now.uptime
        // What hides an alert there shows with the next list.
        nextAlerts = now.uptime
      }
      return []
    }
  }

  private mutating func perform(_ step: SharedSilences.Step, at now: Moment) -> RemoteOutput {
    switch step {
    case .set(let key, let silence):
      .call(calls.make(.setSilence, server.set(silence), for: .set(key: key), at: now))
    case .expire(let id):
      .call(calls.make(.deed, server.expire(silence: id), for: .expire(id: id), at: now))
    case .end(let key): .endSilence(key)
    }
  }
}
