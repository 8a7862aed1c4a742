import Incidents
import Values

/// What somebody is to be told of its clocks, and was not told yet.
extension Ticket {
  /// Whether all its clocks stand still: nobody is reminded then, of what was due before neither.
  private var standsStill: Bool {
    !holds.isEmpty || plan?.pauses.contains(state.rawValue) ?? false
  }

  /// The first instant at which somebody may have to be told something; nil while nobody has. Where hours count it is
  /// as its last event has it.
  var nextReminder: Instant? {
    guard isOpen, !standsStill else { return nil }
    return clocks.compactMap { next(of: $0)?.at }.min()
  }

  /// What is to be told at `now`: of each clock its being due, or else its warning; what was told already is not.
  ///
  /// - Parameter zones: by name; where one is missing that its calendars name, the clocks are taken as its last event
  ///   has them.
  /// - Returns: nothing while people do not work, of S3 and S4, and then when they do.
  package func reminders(at now: Instant, zones: [String: Zone]) -> (now: [TicketReminder], later: Instant?) {
    guard isOpen, !standsStill else { return ([], nil) }
    let ticking = unknownZones(zones: zones) == nil ? ticking(zones: zones) : nil
    var found: (now: [TicketReminder], later: Instant?) = ([], nil)
    for one in ticking == nil ? clocks : dues(zones: zones, at: now) {
      guard let next = next(of: one), next.at <= now, let due = one.due else { continue }
      if let ticking, let clock = TicketClock(rawValue: one.clock) {
        let opening = ticking.opening(of: clock, from: now)
        if opening.map({ $0 > now }) ?? true {
          found.later = [found.later, opening].compactMap { $0 }.min()
          continue
        }
      }
      found.now.append(
        TicketReminder(
          ticket: key, subject: subject, system: system, severity: severity, assignee: assignee,
          clock: one.clock, due: due, occasion: (one.telling ?? due) <= now ? .due : .warning))
    }
    return found
  }

  /// What of a clock is told next.
  private func next(of clock: TicketDue) -> (occasion: TicketReminded.Occasion, at: Instant)? {
    guard let due = clock.due, met[clock.clock] == nil else { return nil }
    let told = reminded[clock.clock] ?? [:]
    let telling = clock.telling ?? due
    // Told before it came to that is told of another severity's time.
    if let last = told[TicketReminded.Occasion.due.rawValue], last >= telling { return nil }
    if let warning = warning(of: clock), warning < telling,
      told[TicketReminded.Occasion.warning.rawValue].map({ $0 < warning }) ?? true
    {
      return (.warning, warning)
    }
    return (.due, telling)
  }

  /// Of what was written before anybody worked warnings out: by the clock on the wall, which is never too early.
  private func warning(of clock: TicketDue) -> Instant? {
    if clock.telling != nil { return clock.warning }
    guard let plan, let due = clock.due, let one = TicketClock(rawValue: clock.clock),
      let target = plan.targets.first(where: { $0.severity == severity })?[one],
      let left = Int64(exactly: (Double(target.milliseconds) * min(max(plan.warnsAt, 0), 1)).rounded())
    else { return nil }
    return due - .milliseconds(left)
  }
}
