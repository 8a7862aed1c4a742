import Incidents
import Terminal
import Values
import Watch

extension Console {
  /// Opens the alert in focus whole, and asks for a finer history of its value.
  mutating func showAlert(at now: Instant) -> [Effect] {
    guard case .alert(let identity) = subject else { return [] }
    alerts.top = 0
    let origin = screen
    var effects = go(to: .alerts)
    alerts.detail = identity.key
    alerts.cameFrom = origin == .alerts ? nil : origin
    if let row = world.alert(identity), let measured = Self.measured(row) {
      let number = acts.number()
      alerts.ask(number, about: identity.key)
      effects.append(
        .query(
          number, system: identity.system, expression: measured, start: now - .hours(1), end: now,
          step: .seconds(20)))
    }
    return effects
  }

  /// The side of the rule's comparison that is measured: what stands before its sign and threshold.
  /// Nil when the expression does not end with them as the engine read them.
  static func measured(_ row: AlertRow) -> String? {
    guard let sign = row.sign, let threshold = row.threshold else { return nil }
    let text = row.expression
    guard let place = text.lastRange(of: sign) else { return nil }
    let right = String(text[place.upperBound...]).trimmed
    guard Double(right) == threshold.value else { return nil }
    let left = String(text[..<place.lowerBound]).trimmed
    return left.isEmpty ? nil : left
  }

  /// Why the alert in focus cannot be acknowledged.
  var whyNotAcknowledge: String? {
    if case .incident(let key) = subject {
      return unacknowledged(of: key).isEmpty ? "No alert of \(key) waits to be acknowledged." : nil
    }
    guard let identity = subjectAlert else { return "No alert is selected." }
    if world.saving.contains(identity.key) { return "It is being saved." }
    guard let record = world.record(of: identity), record.isFiring else {
      // The board can be ahead of the journal by a moment; the act itself decides.
      return world.alert(identity)?.state == .firing ? nil : "\(identity.rule) does not fire now."
    }
    guard let held = world.acknowledgement(of: identity, at: lately) else { return nil }
    return "\(identity.rule) was acknowledged by \(held.by) at \(held.at.minuteUTC)."
  }

  /// Firing alerts of an incident's systems that nobody has in hand.
  func unacknowledged(of incident: String) -> [Alert] {
    let systems = world.ledger.incident(incident)?.systems ?? []
    return world.ledger.alerts.values.filter { alert in
      guard alert.isFiring, alert.acknowledgement == nil, let identity = alert.identity else { return false }
      // What a silence or a louder alert hides asks nobody to take it.
      let row = world.alert(identity)
      return systems.contains(identity.system) && row?.isMuted != true
    }.sorted { ($1.fired?.level ?? .info, $0.key) < ($0.fired?.level ?? .info, $1.key) }
  }

  mutating func acknowledge(at now: Instant) -> [Effect] {
    if case .incident(let key) = subject {
      let open = unacknowledged(of: key)
      if open.count == 1, let identity = open.first?.identity { return acknowledge(identity) }
      let options = open.compactMap { alert in
        alert.fired.map {
          Choice.Option(
            id: alert.key, label: "\(Marks.word($0.level)) \($0.rule)",
            detail: "\($0.system) \($0.summary ?? "")")
        }
      }
      return self.open(.choice(Choice(.acknowledge, title: "acknowledge which alert?", options: options)))
    }
    return subjectAlert.map { acknowledge($0) } ?? []
  }

  mutating func acknowledge(_ identity: AlertIdentity, closing: Bool = false) -> [Effect] {
    perform(
      AcknowledgeAlert(identity), on: identity.key, done: "acknowledged \(identity.rule)",
      undo: .acknowledgement(identity), closing: closing)
  }
}

extension String {
  /// Where `part` stands last.
  func lastRange(of part: String) -> Range<String.Index>? {
    guard !part.isEmpty, part.count <= count else { return nil }
    var start = index(endIndex, offsetBy: -part.count)
    while true {
      if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
      guard start > startIndex else { return nil }
      start = index(before: start)
    }
  }
}
