import Incidents
import Playbooks
import Systems
import Terminal
import Values

/// Opening and leaving playbooks.
extension Console {
  /// The alert's playbook at its section, or its running run; without an alert the incident's run, else the list.
  mutating func openPlaybook() -> [Effect] {
    let effects = go(to: .playbook)
    if case .routine(let system, let title) = subjectBefore {
      showPlaybook(ofRoutine: title, of: system)
      return effects
    }
    let incident = subjectIncidentBefore
    if let identity = alertBefore, let guide = world.guide(identity.system) {
      let row = world.alert(identity)
      let annotation = row?.playbook ?? world.record(of: identity)?.fired?.playbook
      let address = row?.annotations["runbook_url"]
      if let (document, anchor) = guide.playbook(
        for: identity.rule, annotation: annotation, address: address, labels: identity.labels)
      {
        var what = opened(
          system: identity.system, playbook: document.name, anchor: anchor, incident: incident)
        what.alert = identity
        playbook.show(what)
        return effects
      }
    }
    let runs = world.ledger.runs.filter { $0.isOpen && (incident == nil || $0.incident == incident) }
    if let run = runs.last, let started = run.started {
      playbook.show(
        .init(
          system: started.system ?? "", playbook: started.playbook, anchor: started.section, run: run.key,
          incident: run.incident))
    } else if let declared = world.ledger.incident(incident), let reference = declared.playbook,
      let system = declared.systems.first
    {
      let (name, anchor) = PlaybookDocument.reference(reference)
      playbook.show(.init(system: system, playbook: name, anchor: anchor, incident: incident))
    } else {
      playbook.open = nil
    }
    return effects
  }

  /// What had the focus on the screen that one came from.
  private var alertBefore: AlertIdentity? {
    var before = self
    before.screen = shell.back.last ?? .dashboard
    if let identity = before.subjectAlert { return identity }
    guard case .incident(let key) = before.subject else { return nil }
    let incident = world.ledger.incident(key)
    // The run that goes on comes before the cause's playbook.
    if world.ledger.runs.contains(where: { $0.isOpen && $0.incident == key }) { return nil }
    return incident?.declared?.from?.alert
  }

  private var subjectBefore: Subject {
    var before = self
    before.screen = shell.back.last ?? .dashboard
    return before.subject
  }

  private var subjectIncidentBefore: String? {
    var before = self
    before.screen = shell.back.last ?? .dashboard
    return before.subjectIncident
  }

  /// The running run of that playbook, if there is one, else the document.
  private func opened(system: String, playbook name: String, anchor: String?, incident: String?)
    -> PlaybookScreen.Open
  {
    let run = world.ledger.runs.last {
      $0.isOpen && $0.started?.playbook == name && $0.started?.system == system && $0.incident == incident
    }
    return .init(
      system: system, playbook: name, anchor: anchor, run: run?.key, incident: run?.incident ?? incident)
  }

  mutating func openSelectedPlaybook() -> [Effect] {
    guard let row = playbook.rows(world).first(where: { $0.id == playbook.list.selected }) else { return [] }
    if row.open.run != nil {
      playbook.show(row.open)
      return []
    }
    let incident = world.ledger.openIncidents(of: row.open.system).first?.key
    let anchor = row.open.anchor
    playbook.show(
      opened(system: row.open.system, playbook: row.open.playbook, anchor: anchor, incident: incident))
    // What was searched is looked at, also where a run goes on elsewhere.
    if let anchor {
      playbook.settle(world, area: layout.stage, at: lately)
      playbook.showSection(anchor)
    }
    return []
  }

  /// Tab: steps, text, output.
  mutating func nextPlaybookPane(by step: Int) {
    guard playbook.open != nil else { return }
    let panes: [PlaybookScreen.Focus] =
      playbook.traces(world).isEmpty ? [.steps, .text] : [.steps, .text, .output]
    let here = panes.firstIndex(of: playbook.focus) ?? 0
    playbook.focus = panes[((here + step) % panes.count + panes.count) % panes.count]
    if playbook.focus == .steps { playbook.isWhole = false }
  }

  mutating func readStep() -> [Effect] {
    playbook.focus = .text
    return []
  }

  mutating func toggleWhole() -> [Effect] {
    playbook.isWhole.toggle()
    return []
  }

  mutating func toggleInstruction(at now: Instant) -> [Effect] {
    playbook.isInstruction.toggle()
    playbook.preview = nil
    let on = "instruction mode: nothing is run from here; y copies, Space ticks"
    shell.say(playbook.isInstruction ? on : "instruction mode is off: x runs again", at: now)
    return []
  }
}

extension PlaybookScreen {
  /// Selects the heading with that anchor where there is something to read under it, else its first step.
  mutating func showSection(_ anchor: String) {
    if outline.section("#\(anchor)") != nil {
      select("#\(anchor)")
    } else if let step = document?.steps(under: anchor).first {
      select(step.number)
    }
  }
}
