import Incidents
import Terminal
import Values

extension Console {
  /// Tells each deadline that passed once, loudly: on the screen, by the bell where the system wishes it, and to the
  /// desktop. One whose snooze is over is told again, and one that the record tells again.
  mutating func nudge(at now: Instant) -> [Effect] {
    let late = world.overdue(at: now)
    let fresh = late.filter { !shell.nudged.contains($0.nudge) }
    guard !fresh.isEmpty else { return [] }
    shell.nudged = shell.nudged.union(fresh.map(\.nudge)).intersection(world.deadlines.map(\.nudge))
    let keys = fresh.map(\.incident).reduce(into: [String]()) { keys, key in
      if !keys.contains(key) { keys.append(key) }
    }
    let text =
      fresh.count == 1
      ? fresh.map(\.sentence).joined()
      : "\(fresh.count) are due: \(fresh.map(\.label).joined(separator: ", "))"
    shell.say(
      "\(keys.joined(separator: ", ")): \(Inert.terminal(text))", at: now, tone: .failed,
      lasting: .seconds(15))
    let message = DesktopMessage(
      title: "midwatch \(keys.joined(separator: " "))",
      text: fresh.count == 1 ? "due now: \(text)" : text)
    return [.notify(message)] + (fresh.contains(where: world.ringsBell) ? [.bell] : [])
  }
}

extension Deadline {
  /// What is told once: a deadline, again after each snooze, and each time that the record says so again.
  fileprivate var nudge: String {
    "\(incident) \(name.text) \(due) \(mark?.snoozedUntil.map { "\($0)" } ?? "") \(mark?.repeats ?? 0)"
  }
}
