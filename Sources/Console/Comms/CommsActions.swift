import Terminal

extension ActionTable {
  /// Screen 5.
  static let commsActions: [Action] = [
    Action(
      id: "open-draft", keys: [.enter], title: "Open the draft, or begin one from the template", hint: "open",
      scope: .pane(.commsList), rank: 1,
      run: { console, now in console.openSelectedDraft(at: now) }),
    Action(
      id: "send", keys: [.enter], title: "Send the update: shows where it goes, and exactly what goes there",
      hint: "send…", scope: .pane(.commsText), weight: .outward, rank: 1,
      unavailable: { $0.whyNotSend },
      run: { console, now in console.openSend(at: now) }),
    Action(
      id: "write", keys: [.character("w")], title: "Write here; Esc ends it and saves", hint: "write",
      scope: .pane(.commsText), weight: .records, rank: 3,
      run: { console, _ in
        console.comms.writing = .text
        return []
      }),
    Action(
      id: "editor", keys: [.character("e")], title: "Write in $EDITOR", hint: "$EDITOR",
      scope: .pane(.commsText),
      weight: .records, rank: 4,
      run: { console, _ in console.openEditor() }),
    Action(
      id: "fields", keys: [.character("f")], title: "Fill the fields and name the next update",
      hint: "fields",
      scope: .pane(.commsText), weight: .records, rank: 2,
      run: { console, now in console.openFields(at: now) }),
    Action(
      id: "preview", keys: [.character("P")], title: "Preview exactly what each destination gets",
      hint: "preview", scope: .pane(.commsText), rank: 6,
      run: { console, now in console.previewDraft(at: now) }),
    Action(
      id: "approve", keys: [.character("A")], title: "Approve the text as it is: you stand for it",
      hint: "approve",
      scope: .pane(.commsText), weight: .records, rank: 2,
      unavailable: { $0.whyNotApprove },
      run: { console, now in console.approveDraft(at: now) }),
    Action(
      id: "recipients", keys: [.character("t")], title: "Name who gets a copy each, such as tenants",
      hint: "copies", scope: .pane(.commsText), weight: .records, rank: 8,
      run: { console, _ in console.openRecipients() }),
    Action(
      id: "diff", keys: [.character("d")], title: "Show what changed since the last update", hint: "diff",
      scope: .pane(.commsText), rank: 7,
      unavailable: { console in
        console.comms.sheet.flatMap { console.world.lastSent(like: $0) } == nil
          ? "No update to this audience went out before." : nil
      },
      run: { console, _ in console.showDiff() }),
    Action(
      id: "copy-update", keys: [.character("y")], title: "Copy subject and text", hint: "copy",
      scope: .pane(.commsText), rank: 5,
      run: { console, now in
        console.copy(console.comms.sheet.map { "\($0.subject.text)\n\n\($0.text.text)" } ?? "", at: now)
      }),
    Action(
      id: "discard", keys: [.character("D")], title: "Discard the draft", hint: nil, scope: .pane(.commsText),
      weight: .outward,
      run: { console, now in console.openDiscard(at: now) }),
  ]
}
