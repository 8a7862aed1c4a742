import Incidents
import Terminal
import Values
import Watch

/// Who has an alert in hand, what mutes it, and how it went before.
extension AlertDetail {
  func hold(_ world: World, at now: Instant) -> [Spans] {
    if world.saving.contains(item.id) { return [[("saving…", .strong)]] }
    var lines = item.mutings.map { muting($0, world, at: now) }
    if let kept = item.row?.keptUntil {
      let since =
        kept > now ? "for \((kept - now).whole) more, until \(kept.clockUTC)" : "until it is evaluated next"
      lines.append([("its condition has ended; keep_firing_for lets it fire on \(since)", .due)])
    }
    if item.row?.hasNoData == true {
      lines.append([("no data: its series are gone, so it neither holds nor has recovered", .unknown)])
    }
    guard item.state == .firing else { return lines }
    guard let held = item.acknowledgement else {
      // What is muted asks nobody to take it.
      guard item.mutings.isEmpty else { return lines }
      let lapse = item.record?.lapse.map { "\($0.by)'s acknowledgement ran out at \($0.at.clockUTC): " } ?? ""
      return lines + [
        [
          ("\(lapse)\(lapse.isEmpty ? "unacknowledged: " : "")nobody has it in hand", .due),
          (world.options.readOnly ? "" : "  a takes it", .key),
        ]
      ]
    }
    let why = held.reason.map { ": \($0)" } ?? ""
    let until: Spans =
      held.until.map {
        [
          (", until \($0.clockUTC)", .text),
          (" (\(($0 - now).whole) left)", MutingItem.style(from: held.at, until: $0, at: now)),
        ]
      } ?? []
    return lines + [
      [("\(Sign.done.glyph) \(held.by) has it since \(held.at.clockUTC)", .up)] + until + [(why, .text)]
    ]
  }

  private func muting(_ muting: AlertMuting, _ world: World, at now: Instant) -> Spans {
    let sign = Sign.maintenance.glyph + " "
    let left: Spans =
      muting.until.map {
        [
          (" until \(world.whole($0))", .maintenance),
          (", \(($0 - now).whole) left", MutingItem.style(from: muting.since, until: $0, at: now)),
        ]
      } ?? []
    switch muting.kind {
    case .silence:
      let who = muting.by.map { " by \($0)" } ?? ""
      let why = muting.reason.map { ": \($0)" } ?? ""
      return [(sign + "silenced\(who)", .maintenance)] + left + [(" (\(muting.name)\(why))", .text)]
    case .maintenance: return [(sign + "maintenance \(muting.name)", .maintenance)] + left
    case .inhibition:
      return [(sign + "inhibited by \(muting.name): not told of while that fires", .maintenance)]
    case .waiting:
      return [
        (
          sign + "not told of until the rules that could inhibit it are evaluated: \(muting.name)",
          .maintenance
        )
      ]
    }
  }

  /// How often it fired, and the last times, each with how long and how it ended.
  func past(at now: Instant) -> [Spans] {
    guard let record = item.record, record.episodes > 0 else { return [] }
    let times = record.episodes == 1 ? "once" : "\(record.episodes) times"
    var text = "fired \(times) since the journal began"
    let flaps = record.flaps(at: now)
    if flaps > 1 { text += ", \(flaps) times in the last hour" }
    var head: Spans = [(text, .dim)]
    if record.isFlapping(at: now) { head.append(("  flapping", .due)) }
    let before = record.history.filter { $0.resolvedAt != nil }.suffix(5).reversed()
    guard !before.isEmpty else { return [head] }
    let shown = before.map { episode in
      let length = episode.resolvedAt.map { ($0 - episode.firedAt).whole } ?? ""
      let isToday = now - episode.firedAt < .hours(20)
      let when = isToday ? episode.firedAt.clockUTC : episode.firedAt.dateClockUTC
      return "\(when) for \(length), \(Self.word(episode.how))"
    }
    return [head, [("before: " + shown.joined(separator: " · "), .dim)]]
  }

  private static func word(_ how: AlertResolved.How?) -> String {
    switch how {
    case .noData: "no data"
    case .ruleGone: "rule gone"
    case .maintenance: "maintenance"
    case .recovered, nil: "recovered"
    }
  }

  /// Cuts one line of several styles into lines of at most `width`, at blanks where there are any.
  static func wrapped(_ spans: Spans, to width: Int) -> [Spans] {
    guard spans.displayWidth > width else { return spans.isEmpty ? [] : [spans] }
    var lines: [Spans] = [[]]
    var used = 0
    for (text, style) in spans {
      for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        let piece = (index == 0 ? "" : " ") + word
        if used + piece.displayWidth > width, used > 0 {
          lines.append([(String(word), style)])
          used = String(word).displayWidth
        } else {
          lines[lines.count - 1].append((piece, style))
          used += piece.displayWidth
        }
      }
    }
    return lines
  }
}
