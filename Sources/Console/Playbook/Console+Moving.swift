import Playbooks
import Systems
import Terminal
import Values

/// Going on with a runbook that was edited since the run began.
extension Console {
  var whyNotMove: String? {
    if let reason = whyNoOpenRun { return reason }
    guard playbook.run(world) != nil else {
      return "No run is open here; it will go by the text as it is now."
    }
    return playbook.drift == nil ? "The run goes by the runbook as it is now." : nil
  }

  /// Shows what would be kept and what lost; Enter there moves over.
  mutating func openMove() -> [Effect] {
    guard let run = playbook.run(world), let drift = playbook.drift else { return [] }
    let entries = drift.entries
    let kept = entries.count { $0.change == .kept || $0.change == .moved }
    var lines = [
      "\(run.key) goes on with the runbook as it is now: \(drift.summary).",
      "\(kept == 1 ? "One step keeps" : "\(kept) steps keep") what was done of \(kept == 1 ? "it" : "them").",
    ]
    func list(_ word: String, _ texts: [String]) {
      guard !texts.isEmpty else { return }
      let more = texts.count > 6 ? " and \(texts.count - 6) more" : ""
      lines.append("\(word): \(texts.prefix(6).joined(separator: "; "))\(more).")
    }
    list(
      "gone",
      entries.filter { $0.change == .lost }.map { entry in
        let mark = entry.old.flatMap { run.marks[$0] }.map { " (\($0.state.rawValue) by \($0.by))" } ?? ""
        return "\(entry.old ?? "") \(entry.title)\(mark)"
      })
    list("new", entries.filter { $0.change == .new }.map { "\($0.new ?? "") \($0.title)" })
    list(
      "another number",
      entries.filter { $0.change == .moved }.map { "\($0.old ?? "") is \($0.new ?? "") \($0.title)" })
    list("reads otherwise", entries.filter(\.isEdited).map { "\($0.new ?? "") \($0.title)" })
    return open(.confirm(Confirmation(.move(run: run.key), lines: lines, verb: "move over")))
  }

  mutating func move(_ key: String) -> [Effect] {
    guard let run = playbook.run(world), run.key == key, let old = playbook.document,
      let open = playbook.open,
      let from = run.snapshot, let new = world.guide(open.system)?.playbook(open.playbook)
    else { return [] }
    let act = MoveRun(
      run, from: old, from, to: new, sha256: world.guide(open.system)?.digests[new.name] ?? new.digest)
    return perform(act, on: key, done: "\(key) goes by the runbook as it is now", closing: true)
  }
}
