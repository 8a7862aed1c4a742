import Incidents
import Values

/// The words for acknowledgements, silences and maintenance.
extension Timeline {
  static func mutingWording(_ event: Event) -> Wording? {
    acknowledgementWording(event) ?? silenceWording(event) ?? maintenanceWording(event)
  }

  private static func acknowledgementWording(_ event: Event) -> Wording? {
    if let fact = event.fact(AlertAcknowledged.self) {
      let until = fact.until.map { " until \($0.minuteUTC)" } ?? ""
      return Wording(.good, "✓", "ack", "\(fact.rule) acknowledged\(until)\(reason(fact.reason))")
    }
    return event.fact(AlertUnacknowledged.self).map { fact in
      guard let who = fact.lapsed else {
        return Wording(.plain, "·", "ack", "\(fact.rule) no longer acknowledged\(reason(fact.reason))")
      }
      return Wording(
        .warn, "▲", "ack", "\(fact.rule): \(who)'s acknowledgement ran out, nobody has it in hand")
    }
  }

  private static func silenceWording(_ event: Event) -> Wording? {
    if let fact = event.fact(SilenceSet.self) {
      let what = fact.matchers.joined(separator: ", ")
      let from = fact.start > event.occurred ? "from \(fact.start.minuteUTC) " : ""
      return Wording(
        .plain, "‖", "silence",
        "\(fact.silence) \(from)until \(fact.end.minuteUTC): \(what) (\(fact.comment))")
    }
    if let fact = event.fact(SilenceExtended.self) {
      return Wording(
        .plain, "‖", "silence",
        "\(fact.silence) ends at \(fact.to.minuteUTC), not \(fact.from.minuteUTC)\(reason(fact.reason))")
    }
    return event.fact(SilenceEnded.self).map {
      Wording(
        .plain, "·", "silence",
        $0.expired == true ? "\($0.silence) is over" : "\($0.silence) ended\(reason($0.reason))")
    }
  }

  private static func maintenanceWording(_ event: Event) -> Wording? {
    if let fact = event.fact(MaintenanceBegan.self) {
      let covered = (fact.endpoints + fact.matchers).joined(separator: ", ")
      return Wording(
        .plain, "‖", "maint",
        "\(fact.window) on \(fact.system) until \(fact.until.minuteUTC)\(covered.isEmpty ? "" : ": \(covered)")"
      )
    }
    return event.fact(MaintenanceEnded.self).map {
      Wording(.plain, "·", "maint", "\($0.window) on \($0.system) is over")
    }
  }
}
