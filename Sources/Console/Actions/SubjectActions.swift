import Terminal

extension ActionTable {
  /// Keys that act on the alert, the endpoint or the incident that has the focus.
  static let subjectActions: [Action] = [
    Action(
      id: "acknowledge", keys: [.character("a")], title: "Acknowledge the alert: you have it in hand",
      hint: "acknowledge", scope: .subject, weight: .records, rank: 10,
      unavailable: { $0.whyNotAcknowledge },
      run: { console, now in console.acknowledge(at: now) }),
    Action(
      id: "acknowledge-for", keys: [.character("A")],
      title: "Acknowledge the alert for a time, with a reason", hint: nil, scope: .subject, weight: .records,
      unavailable: { $0.subjectAlert == nil ? "Select an alert to acknowledge it." : $0.whyNotAcknowledge },
      run: { console, _ in console.openAcknowledgement() }),
    Action(
      id: "declare", keys: [.character("i")], title: "Declare an incident, or join the open one",
      hint: "declare", scope: .subject, weight: .records, rank: 20,
      unavailable: { $0.whyNoDeclaration },
      run: { console, now in console.declare(at: now) }),
    Action(
      id: "declare-own", keys: [], title: "Declare one of the incidents that a folder names", hint: nil,
      scope: .subject, weight: .records,
      unavailable: {
        $0.whyNoDeclaration
          ?? ($0.world.guides.allSatisfy(\.declarations.isEmpty)
            ? "No folder names incidents under declare." : nil)
      },
      run: { console, _ in console.chooseDeclaration(about: .none) }),
    Action(
      id: "playbook", keys: [.character("p")], title: "Open the playbook for it, at its section",
      hint: "playbook", scope: .subject, rank: 30,
      run: { console, _ in console.openPlaybook() }),
    Action(
      id: "update", keys: [.character("u")], title: "Write the next update of the incident", hint: "update",
      scope: .subject, weight: .records, rank: 25,
      unavailable: { $0.whyNoUpdate },
      run: { console, now in console.writeUpdate(at: now) }),
    Action(
      id: "silence", keys: [.character("s")], title: "Silence the alert for a time, with a reason",
      hint: "silence", scope: .subject, weight: .outward, rank: 52,
      unavailable: { $0.subjectAlert == nil ? "Select an alert to silence it." : nil },
      run: { console, now in console.openSilence(at: now) }),
    Action(
      id: "probe", keys: [.character("r")], title: "Probe the endpoint now", hint: "probe", scope: .subject,
      rank: 60,
      unavailable: { $0.probes.isEmpty ? "Nothing that is polled is selected." : nil },
      run: { console, _ in console.probeNow() }),
    Action(
      id: "copy", keys: [.character("y")], title: "Copy it to the clipboard", hint: nil, scope: .subject,
      unavailable: { $0.copyText == nil ? "Nothing is selected." : nil },
      run: { console, now in console.copySubject(at: now) }),
    Action(
      id: "undo", keys: [.character("z")], title: "Undo your last tick, acknowledgement or note", hint: nil,
      scope: .subject, weight: .records,
      unavailable: { $0.acts.undoable == nil ? "There is nothing of yours to undo." : nil },
      run: { console, now in console.undo(at: now) }),
  ]
}
