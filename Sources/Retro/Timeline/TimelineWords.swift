import Incidents
import Values

/// What can be asked of a timeline by name: kinds of events, and the words by which it shows them.
package enum TimelineWords {
  /// As the journal names them; `{group: names}` of `group.name`.
  private static let groups: [String: [String]] = [
    "action": ["added", "changed"], "alert": ["acknowledged", "fired", "resolved", "unacknowledged"],
    "clock": ["dismissed", "met", "overdue", "snoozed"], "command": ["finished", "lost", "started"],
    "delivery": ["claimed", "copied", "failed", "queued", "retried", "sent", "unknown"],
    "draft": ["approved", "discarded", "saved"], "effect": ["set", "undone"], "endpoint": ["changed"],
    "engine": ["took"], "event": ["amended", "erased", "pinned", "retracted"],
    "evidence": ["attached", "sampled"], "export": ["made"], "filter": ["saved"],
    "incident": [
      "decided", "declared", "described", "linked", "role", "severity", "status", "task", "task_done",
      "task_dropped", "task_given", "task_reopened", "unlinked",
    ],
    "journal": ["merged", "opened"], "maintenance": ["began", "ended"], "note": ["added"],
    "occasion": ["told"], "remote": ["changed"], "retro": ["appended", "written"], "routine": ["done"],
    "run": ["finished", "moved", "started", "variable"], "silence": ["ended", "extended", "set"],
    "step": ["assigned", "changed", "overdue"], "system": ["loaded", "trusted"],
    "ticket": [
      "changed", "clock_met", "commented", "linked", "merged", "opened", "paused", "reminded", "resumed",
      "split", "synced", "unlinked", "unmerged",
    ],
    "update": ["sent"],
  ]

  /// Every kind that this midwatch writes.
  package static let kinds = Set(groups.flatMap { group, names in names.map { "\(group).\($0)" } })

  /// Beside each line of a timeline.
  package static let shown: Set<String> = [
    "ack", "action", "alert", "amended", "clock", "connection", "decided", "declared", "delivery",
    "described",
    "draft", "endpoint", "engine", "erased", "evidence", "export", "filter", "hand-over", "in force",
    "journal", "link",
    "maint", "note", "overdue", "playbook", "ran", "remote", "retracted", "retro", "role", "routine", "runs",
    "series", "severity", "silence", "status", "step", "system", "task", "ticket", "tickets", "trusted",
    "undone",
    "unlink", "update", "value",
  ]

  /// Throws a sentence for words that name no kind and no line.
  ///
  /// - Parameter others: kinds of the journal, which a later midwatch may have written.
  package static func check(_ words: Set<String>, besides others: [String]) throws(Refusal) {
    let strange = words.subtracting(kinds).subtracting(shown).subtracting(others)
    guard !strange.isEmpty else { return }
    let named = strange.sorted().map { Inert.terminal($0) }.joined(separator: ", ")
    throw Refusal(
      "No line of a timeline is of the kind \(named); write words such as alert, note, step, update, or kinds such as "
        + "alert.fired. All words: \(shown.sorted().joined(separator: ", ")).")
  }
}
