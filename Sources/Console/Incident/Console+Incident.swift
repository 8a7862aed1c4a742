import Desk
import Incidents
import Terminal
import Values

extension Console {
  func whyNoIncident(open: Bool) -> String? {
    guard let incident = incident.shown(world) else { return "No incident was declared yet." }
    if open, let merger = incident.merger {
      return "\(incident.key) was merged into \(merger.to); act on that."
    }
    if open, let resolved = incident.resolved {
      return "\(incident.key) was resolved at \(resolved.minuteUTC); S reopens it."
    }
    return nil
  }

  mutating func showEvent() -> [Effect] {
    guard let line = incident.selectedLine(world) else { return [] }
    return open(.page(TextPage(title: line.word, lines: line.page + linked(by: line))))
  }

  mutating func pinEvent() -> [Effect] {
    incident.lines.hold()
    guard let line = incident.selectedLine(world), let key = incident.shown(world)?.key else { return [] }
    return perform(
      PinEvent(line.id, incident: key, pinned: !line.isPinned), on: line.id,
      done: line.isPinned ? "the pin is off" : "pinned")
  }

  mutating func openStatus() -> [Effect] {
    guard let incident = incident.shown(world) else { return [] }
    let words: [Status: String] = [
      .investigating: "the cause is not known yet", .identified: "the cause is known",
      .monitoring: "a fix is in, and watched", .resolved: "it is over; asks before it ends",
    ]
    let options = Status.allCases.map {
      Choice.Option(
        id: $0.rawValue, label: $0.rawValue, detail: words[$0] ?? "", isCurrent: $0 == incident.status)
    }
    let here = Status.allCases.firstIndex(of: incident.status) ?? 0
    return open(
      .choice(
        Choice(
          .status(incident: incident.key), title: "status of \(incident.key)", options: options,
          selected: min(here + 1, options.count - 1))))
  }

  mutating func openSeverity() -> [Effect] {
    guard let incident = incident.shown(world) else { return [] }
    let guide = world.guide(incident.systems.first)
    let options = Severity.allCases.map {
      Choice.Option(
        id: $0.rawValue, label: $0.rawValue, detail: guide?.meaning($0) ?? "",
        isCurrent: $0 == incident.severity)
    }
    return open(
      .choice(
        Choice(
          .severity(incident: incident.key),
          title: "severity of \(incident.key); its clocks are counted anew",
          options: options, selected: incident.severity.rank - 1)))
  }

  mutating func openRoles() -> [Effect] {
    guard let incident = incident.shown(world) else { return [] }
    let duties = [
      "commander": "decides, and keeps everybody at their task", "communications": "writes the updates",
      "operations": "works on the systems", "scribe": "keeps the timeline",
    ]
    let options = world.roles(of: incident).map { role in
      let duty = duties[role] ?? ""
      let who = incident.roles[role].map { duty.isEmpty ? "\($0) has it" : "\($0) has it; \(duty)" }
      return Choice.Option(id: role, label: role, detail: who ?? duty)
    }
    return open(.choice(Choice(.role(incident: incident.key), title: "which role?", options: options)))
  }

  /// Takes what a list of a few things was asked for.
  mutating func take(_ choice: Choice, at now: Instant) -> [Effect] {
    guard let option = choice.chosen else { return [] }
    switch choice.purpose {
    case .status(let key): return changeStatus(key, to: option.id, at: now)
    case .severity(let key): return changeSeverity(key, to: option.id)
    case .deadline(let handling, let key): return take(handling, option.id, of: key)
    case .role(let key):
      let handle =
        world.ledger.incident(key)?.roles[option.id] == world.options.handle ? "" : world.options.handle
      return open(
        .line(
          LineEntry(
            .role(incident: key, role: option.id), label: "\(option.id) of \(key)",
            placeholder: "a handle; empty gives the role back", text: handle)))
    case .join(let key, let about):
      if option.id == "join" {
        focus(on: key)
        return go(to: .incident)
      }
      return chooseDeclaration(about: about)
    case .focus:
      focus(on: option.id)
      return go(to: .incident)
    case .task(let key, let task): return take(option.id, of: task, key)
    case .link(let key): return take(link: option.id, of: key)
    case .linkTo(let key, let kind): return link(key, as: kind, to: option.id)
    case .look(let key): return look(at: option.id, from: key)
    case .unlink(let key): return unlink(key, from: option.id)
    case .declaration(let about): return openDeclare(about: about, from: option.id)
    case .silence(let key, let alert): return take(option.id, of: key, about: alert)
    case .copy: return copy(chosen: option.id, at: now)
    case .desk(let ask): return take(ask, option, at: now)
    case .retro(let ask): return take(ask, option, at: now)
    case .effect: return openUndone(option.id)
    case .acknowledge:
      return world.ledger.alerts[option.id]?.identity.map { acknowledge($0, closing: true) } ?? []
    }
  }

  private mutating func changeStatus(_ key: String, to word: String, at now: Instant) -> [Effect] {
    guard let status = Status(rawValue: word), let incident = world.ledger.incident(key) else { return [] }
    guard status == .resolved else {
      return perform(
        CarryTickets(ChangeStatus(incident: key, to: status), zones: world.zones), on: key,
        done: "\(key) is \(word)", closing: true)
    }
    let firing = world.ledger.alerts.values.count {
      $0.isFiring && incident.systems.contains($0.identity?.system ?? "")
    }
    let still =
      firing == 0
      ? []
      : [
        firing == 1 ? "One alert of its systems still fires." : "\(firing) alerts of its systems still fire."
      ]
    let promise =
      incident.promise.map {
        ["An update was promised by \($0.minuteUTC), and is due all the same; send a last one."]
      }
      ?? []
    let inForce = world.effects(of: key).map { item in
      "Still in force: \(item.effect.what) (\(item.run) \(item.effect.step)). Undo: \(item.effect.undo). "
        + "U says that it is undone."
    }
    let form = Form(
      .resolve(incident: key), title: "resolve \(key) \(incident.title)", verb: "resolve it",
      fields: [
        Form.Field(
          "lost", "was data lost?", text: "no",
          note: "what was lost, in words, or no; it goes into the timeline")
      ],
      guidance: ["This ends \(key) for everybody; S can reopen it."] + still + promise + inForce)
    return open(.form(form))
  }

  mutating func submitResolve(_ form: Form, _ key: String) -> [Effect] {
    let severity = world.ledger.incident(key)?.severity ?? .s1
    let plan = world.guide(world.ledger.incident(key)?.systems.first)?.plans[severity]
    let lost = form["lost"]
    guard !lost.isEmpty else {
      shell.overlay?.fail("Say whether data was lost: no, or what.")
      return []
    }
    let act = ChangeStatus(incident: key, to: .resolved, dataLost: lost, followUps: plan?.followUps ?? [])
    return perform(
      CarryTickets(act, zones: world.zones), on: key, done: "\(key) is resolved",
      next: .resolved(incident: key), closing: true)
  }

  private mutating func changeSeverity(_ key: String, to word: String) -> [Effect] {
    guard let severity = Severity(rawValue: word) else { return [] }
    let plan = world.guide(world.ledger.incident(key)?.systems.first)?.plans[severity]
    let act = ChangeSeverity(incident: key, to: severity, reason: nil, plan: plan)
    return perform(act, on: key, done: "\(key) is \(word)", closing: true)
  }
}

extension Guide {
  func meaning(_ severity: Severity) -> String {
    let name = plans[severity]?.severityName.map { "\($0): " } ?? ""
    return name + (definitions[severity] ?? "the folder does not say what it means")
  }
}

extension World {
  /// The roles that the system knows, then others that somebody has taken.
  func roles(of incident: Incident) -> [String] {
    let known =
      guide(incident.systems.first)?.roles ?? ["commander", "communications", "operations", "scribe"]
    return known + incident.roles.keys.filter { !known.contains($0) }.sorted()
  }
}
