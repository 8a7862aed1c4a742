import Desk
import Incidents
import Terminal
import Values

extension Console {
  var whyNoDeclaration: String? {
    guard !world.systemNames.isEmpty else { return "No system is under watch yet." }
    guard case .ticket(let key) = subject, let other = world.ticket(key)?.ticket.mergedInto else {
      return nil
    }
    return "\(key) was merged into \(other); declare it from that one."
  }

  /// Offers to join the open incident of that system first.
  mutating func declare(at now: Instant) -> [Effect] {
    let about = subject
    guard let system = subjectSystem, let incident = world.ledger.openIncidents(of: system).first else {
      return chooseDeclaration(about: about)
    }
    let options = [
      Choice.Option(
        id: "join", label: "go to \(incident.key)",
        detail: "\(incident.severity.rawValue) \(incident.title); its timeline has \(system)'s alerts already"
      ),
      Choice.Option(id: "declare", label: "declare another", detail: "a separate trouble of \(system)"),
    ]
    return open(
      .choice(
        Choice(
          .join(incident: incident.key, about: about), title: "\(incident.key) is open on \(system)",
          options: options)))
  }

  /// An alert says enough; without one a folder's own declarations are offered, where there are any.
  mutating func chooseDeclaration(about subject: Subject) -> [Effect] {
    if case .alert = subject { return openDeclare(about: subject) }
    let own = world.guides.flatMap { guide in guide.declarations.map { (guide.system, $0) } }
    guard !own.isEmpty, subjectAlert == nil else { return openDeclare(about: subject) }
    let blank = Choice.Option(id: "", label: "something else", detail: "an empty form")
    let options = own.map { system, declaration in
      Choice.Option(
        id: "\(system)/\(declaration.title)", label: "\(declaration.severity.rawValue) \(declaration.title)",
        detail: [system, declaration.impact ?? ""].filter { !$0.isEmpty }.joined(separator: ": "))
    }
    return open(
      .choice(
        Choice(
          .declaration(about: subject), title: "declare what?", options: [blank] + options)))
  }

  /// The form, with everything that is known filled in: Enter alone declares.
  ///
  /// - Parameter from: `system/title` of a folder's own declaration.
  mutating func openDeclare(about subject: Subject, from name: String = "") -> [Effect] {
    let names = world.systemNames
    var cause: AlertIdentity?
    var system = names.first ?? ""
    switch subject {
    case .alert(let identity):
      cause = identity
      system = identity.system
    case .endpoint(let name, _):
      cause = subjectAlert
      system = name
    case .routine(let name, _): system = name
    case .incident(let key): system = world.ledger.incident(key)?.systems.first ?? system
    case .ticket(let key): system = world.ticket(key)?.ticket.system ?? system
    case .none: break
    }
    let own = world.guides.lazy.compactMap { guide in
      guide.declarations.first { "\(guide.system)/\($0.title)" == name }.map { (guide.system, $0) }
    }.first
    if let own { system = own.0 }
    let level = cause.flatMap { world.alert($0)?.level ?? world.record(of: $0)?.fired?.level }
    let ticket: Ticket? = if case .ticket(let key) = subject { world.ticket(key)?.ticket } else { nil }
    let severity = own?.1.severity ?? level.map(Marks.severity) ?? ticket?.severity ?? .s2
    let said = cause.flatMap { world.alert($0)?.summary ?? world.record(of: $0)?.fired?.summary }
    let title =
      own?.1.title ?? said.flatMap { $0.isEmpty ? nil : $0 } ?? cause.map { "\($0.rule) on \($0.system)" }
      ?? ticket?.subject ?? ""
    var fields = [
      Form.Field(
        "severity", "severity", options: Severity.allCases.map(\.rawValue), selected: severity.rank - 1,
        note: "what each means here is above; when unsure, the higher"),
      Form.Field(
        "title", "what fails", text: Inert.terminal(title), note: "a few words that everybody understands"),
      Form.Field(
        "impact", "impact", text: own?.1.impact.map(Inert.terminal) ?? "",
        note: "who cannot do what; may be said later"),
      Form.Field(
        "ticket", "ticket", text: ticket?.key ?? "",
        note: "its number, if somebody reported it; one of ours is linked to the incident"),
    ]
    if names.count > 1 {
      fields.append(
        Form.Field("system", "system", options: names, selected: names.firstIndex(of: system) ?? 0))
    }
    var form = Form(
      .declare(cause: cause, template: own?.1.title, playbook: own?.1.playbook),
      title: "declare an incident on \(system)", verb: "declare", fields: fields,
      guidance: meanings(of: system))
    // Everything but a missing title is known already.
    form.focus = title.isEmpty ? 1 : 0
    return open(.form(form))
  }

  /// What each severity means to a system, in its own words.
  private func meanings(of system: String) -> [String] {
    let guide = world.guide(system)
    return Severity.allCases.map {
      "\($0.rawValue)  \(guide?.meaning($0) ?? "the folder does not say what it means")"
    }
  }

  /// Another system has other words and another name in the title.
  mutating func followDeclaration(_ form: inout Form) {
    guard case .declare(let cause, _, _) = form.purpose else { return }
    let system = form["system"].isEmpty ? cause?.system ?? world.systemNames.first ?? "" : form["system"]
    form.guidance = meanings(of: system)
    form.title = "declare an incident on \(system)"
  }

  mutating func submitDeclare(
    _ form: Form, cause: AlertIdentity?, template: String?, playbook: String?
  ) -> [Effect] {
    let system = form["system"].isEmpty ? cause?.system ?? world.systemNames.first ?? "" : form["system"]
    let severity = Severity(rawValue: form["severity"]) ?? .s1
    let (impact, ticket) = (form["impact"], form["ticket"])
    var act = DeclareIncident(
      systems: [system], severity: severity, title: form["title"], impact: impact.isEmpty ? nil : impact,
      cause: cause, plan: world.guide(system)?.plans[severity] ?? IncidentPlan())
    act.known = Set(world.ledger.openIncidents(of: system).map(\.key))
    (act.ticket, act.template, act.playbook) = (ticket.isEmpty ? nil : ticket, template, playbook)
    // Ours are linked; another house's number is only named.
    let reported = tickets.targets(world)
    let ours =
      screen != .tickets
      ? [] : reported.contains(ticket) ? reported : world.ticket(ticket) == nil ? [] : [ticket]
    return perform(
      act, on: "declare", done: "declared \(severity.rawValue) on \(system)",
      next: ours.isEmpty ? .showIncident : .link(tickets: ours), closing: true)
  }

  mutating func submit(_ form: Form, at now: Instant) -> [Effect] {
    switch form.purpose {
    case .declare(let cause, let template, let playbook):
      return submitDeclare(form, cause: cause, template: template, playbook: playbook)
    case .silence(let identity): return submitSilence(form, identity, at: now)
    case .extendSilence(let key): return submitExtension(form, key, at: now)
    case .endSilence(let key): return submitEnd(form, key)
    case .acknowledge(let identity): return submitAcknowledgement(form, identity, at: now)
    case .resolve(let key): return submitResolve(form, key)
    case .backtest(let incident): return submitBacktest(form, incident, at: now)
    case .export: return submitExport(form, at: now)
    case .action: return submitAction(form, at: now)
    case .ticket: return submitIntake(form)
    case .ticketFacts(let key): return submitTicketFacts(form, key, at: now)
    case .split(let key): return submitSplit(form, key, at: now)
    case .describe(let key): return submitDescription(form, key, at: now)
    case .decide(let key): return submitDecision(form, key)
    case .amend(let event, let key): return submitAmendment(form, event, key)
    case .variables(let wanted): return submitVariables(form, wanted, at: now)
    case .fields(let draft): return submitFields(form, draft, at: now)
    case .recipients(let draft): return submitRecipientFields(form, draft, at: now)
    }
  }

  /// Takes the line that was written.
  mutating func submit(_ entry: LineEntry, at now: Instant) -> [Effect] {
    let text = entry.field.text.trimmed
    switch entry.purpose {
    case .note(let incident):
      let (occurred, ended, words) = NoteTime.split(text, at: now, offset: world.zone?.offset ?? 0)
      guard !words.isEmpty else { return refuse("A note needs words.") }
      shell.noteHistory.append(words)
      let told = entry.about.map { "\($0): \(words)" } ?? words
      let act = AddNote(
        told, occurred: occurred, ended: ended, incident: incident, isForJournal: incident == nil)
      let when =
        (occurred.map { " at \($0.dateClockUTC)" } ?? "") + (ended.map { " until \($0.clockUTC)" } ?? "")
      return perform(
        act, on: incident ?? "journal", done: "noted\(when)", undo: .note(incident: incident), closing: true)
    case .task(let incident):
      let (title, owner, box) = Self.task(text)
      return perform(
        AddTask(incident: incident, title: title, owner: owner, box: box), on: incident,
        done: "task added, for \(owner ?? "nobody yet")\(box.map { ", \($0.short)" } ?? "")", closing: true)
    case .role(let incident, let role):
      if !text.isEmpty, !Actor.isHandle(text) {
        return refuse("\(text) is no handle: a-z, 0-9, dots, dashes, at most 32.")
      }
      let who = text.isEmpty ? nil : text
      return perform(
        TakeRole(
          incident: incident, role: role, who: who, from: world.ledger.incident(incident)?.roles[role]),
        on: incident,
        done: who.map { "\($0) is \(role)" } ?? "\(role) is given back", closing: true)
    case .deadline(let handling, let id): return submit(text, handling, id, at: now)
    case .changeTask(let incident, let task, let change): return self.change(task, of: incident, change, text)
    case .retract(let event, let incident): return retract(event, of: incident, reason: text)
    case .address(let incident): return submitAddress(text, of: incident)
    case .handOver(let incident): return submitHandOver(text, of: incident)
    case .skip(let run, let step): return skip(run: run, step: step, reason: text)
    case .failStep(let step): return fail(step: step, reason: text)
    case .assign(let step): return assign(step: step, to: text)
    case .undone(let run, let step): return undone(run: run, step: step, reason: text)
    case .discard(let draft): return discard(draft, reason: text)
    case .recipients(let draft): return submitRecipients(text, of: draft, at: now)
    case .settle(let delivery): return settle(delivery, reason: text)
    case .routine(let system, let title): return finishRoutine(title, of: system, reason: text)
    case .desk(let line): return take(line, text, at: now)
    case .retro(let line): return take(line, text, at: now)
    }
  }

  mutating func refuse(_ sentence: String) -> [Effect] {
    shell.overlay?.fail(sentence)
    return []
  }
}
