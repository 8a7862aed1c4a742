import Values

/// Declares an incident from an alert, a ticket, a template or nothing; its declarer takes command.
package struct DeclareIncident: Act {
  package var systems: [String]
  /// Nil takes what the alerts say: the cause's level, else the loudest that fires on its systems (page S1,
  /// warn S2, info S3), and S1 where nothing says it: when unsure, the higher.
  package var severity: Severity?
  package var title: String
  package var impact: String?
  package var cause: AlertIdentity?
  /// A ticket's number, ours or another house's.
  package var ticket: String?
  /// The title of a declaration in the system's folder, and the playbook that it names.
  package var template: String?
  package var playbook: String?
  /// When it began; nil takes the earliest alert of its systems that fires, else now.
  package var started: Instant?
  /// The open incidents of its systems that the declarer knows of; any other is a refusal that names it, so
  /// that two do not declare the same trouble at once. Nil declares whatever is open.
  package var known: Set<String>?
  /// By severity: the clocks, ladder and cadence that its systems promise.
  package var plans: [Severity: IncidentPlan]

  package init(systems: [String], severity: Severity?, title: String, plans: [Severity: IncidentPlan]) {
    self.systems = systems
    self.severity = severity
    self.title = title
    self.plans = plans
  }

  package init(
    systems: [String], severity: Severity, title: String, impact: String? = nil, cause: AlertIdentity? = nil,
    plan: IncidentPlan
  ) {
    self.init(systems: systems, severity: severity, title: title, plans: [severity: plan])
    self.impact = impact
    self.cause = cause
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard title.hasWords else {
      throw Refusal("An incident needs a title; say in a few words what fails.")
    }
    var systems: [String] = []
    for name in [cause?.system].compactMap({ $0 }) + self.systems where !systems.contains(name) {
      systems.append(name)
    }
    // The plan is the first system's, which whoever declares names first.
    if let first = self.systems.first { systems = [first] + systems.filter { $0 != first } }
    guard !systems.isEmpty, systems.allSatisfy(\.hasWords) else {
      throw Refusal("An incident needs a system; say which one does not work.")
    }
    if let started, started > now {
      throw Refusal("\(started.dateClockUTC) is in the future; an incident has begun.")
    }
    try refuseTwin(systems, in: record)
    let firing = try record.open(Alert.self).compactMap { try record.entity(Alert.self, $0) }
      .filter { $0.isFiring && systems.contains($0.identity?.system ?? "") }
    let severity = try severity ?? said(by: firing, in: record)
    let plan = plans[severity] ?? IncidentPlan()
    let number = try record.next("INC")
    let key = "INC-\(number)"
    // It began when the earliest alert of its systems that fires now began to fire.
    let start = started ?? min(firing.compactMap(\.firedAt).min() ?? now, now)
    let isFromNothing = cause == nil && ticket == nil && template == nil && playbook == nil
    let declared = IncidentDeclared(
      number: number, systems: systems, severity: severity, severityName: plan.severityName, title: title,
      impact: impact.words, started: start,
      from: isFromNothing
        ? nil : .init(alert: cause, ticket: ticket.words, template: template, playbook: playbook),
      clocks: plan.clocks(from: start), escalation: plan.ladder(from: start), cadence: plan.cadences,
      callOut: plan.callOut)
    var entries = [
      Entry(declared, at: now, incident: key),
      Entry(
        IncidentRoleTaken(role: "commander", who: actor.handle, handsOver: nil, words: nil), at: now,
        incident: key),
    ]
    if let respond = declared.clocks.first(where: { $0.clock == "respond" }) {
      entries.append(Entry(ClockMet(clock: "respond", due: respond.due, by: now), at: now, incident: key))
    }
    return Decision(append: entries)
  }

  private func refuseTwin(_ systems: [String], in record: some Record) throws {
    guard let known else { return }
    for system in systems {
      guard let twin = try record.openIncidents(of: system).first(where: { !known.contains($0.key) }) else {
        continue
      }
      let when = twin.declaredAt.map { " at \($0.minuteUTC)" } ?? ""
      throw Refusal(
        "\(twin.declaredBy ?? "Somebody") declared \(twin.key) \(twin.severity.rawValue) "
          + "\(Inert.terminal(twin.title)) on \(Inert.terminal(system))\(when); "
          + "join it, or say that this is another trouble.")
    }
  }

  private func said(by firing: [Alert], in record: some Record) throws -> Severity {
    if let cause, let level = try record.entity(Alert.self, cause.key)?.fired?.level {
      return Severity(level)
    }
    return firing.compactMap { $0.fired.map { Severity($0.level) } }.max() ?? .s1
  }
}

extension IncidentPlan {
  func clocks(from start: Instant) -> [IncidentDeclared.Clock] {
    clocks.map { .init(clock: $0.name, due: start + $0.after) }
  }

  func ladder(from start: Instant) -> [IncidentDeclared.Rung] {
    escalation.map {
      .init(
        name: $0.name, due: start + $0.after, contact: $0.contact, asks: $0.asks ?? $0.playbook,
        playbook: $0.playbook)
    }
  }

  var cadences: [IncidentDeclared.Cadence] {
    cadence.map { .init(audience: $0.audience, status: $0.status, every: $0.every) }
  }
}
