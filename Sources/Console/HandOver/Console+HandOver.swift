import Incidents
import Retro
import Terminal
import Values

extension Console {
  mutating func openHandOver() -> [Effect] {
    guard incident.shown(world) != nil else { return [] }
    incident.handOver = 0
    return []
  }

  private func handOver(at now: Instant) -> HandOver? {
    incident.shown(world).map { world.handOver(of: $0, at: now) }
  }

  mutating func copyHandOver(at now: Instant) -> [Effect] {
    handOver(at: now).map { copy($0.text, at: now) } ?? []
  }

  /// Writes it beside the journal, where exports go.
  mutating func saveHandOver(asJSON: Bool, at now: Instant) -> [Effect] {
    guard let handOver = handOver(at: now) else { return [] }
    let key = handOver.incident.key
    let text: String
    if asJSON {
      guard let bytes = try? handOver.json() else {
        shell.say("The hand-over cannot be written as JSON.", at: now, tone: .failed)
        return []
      }
      text = String(decoding: bytes, as: UTF8.self)
    } else {
      text = handOver.text
    }
    let number = acts.number()
    timeline.exporting[number] = "the hand-over of \(key)"
    return [.save(number, name: "\(key)-hand-over.\(asJSON ? "json" : "md")", text: text)]
  }

  /// Asks who takes command: the event that everybody sees is the announcement.
  mutating func openCommand() -> [Effect] {
    guard let incident = incident.shown(world) else { return [] }
    return open(
      .line(
        LineEntry(
          .handOver(incident: incident.key), label: "command of \(incident.key) goes to",
          placeholder: "a handle, then what the next one has to know")))
  }

  mutating func submitHandOver(_ text: String, of key: String) -> [Effect] {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let who = words.first, Actor.isHandle(who) else {
      shell.overlay?.fail("Say who takes command: a handle of a-z, 0-9, dots, dashes, at most 32.")
      return []
    }
    let act = TakeRole(
      incident: key, role: "commander", who: who, from: world.ledger.incident(key)?.commander,
      words: words.dropFirst().first)
    return perform(act, on: key, done: "\(who) has command of \(key)", closing: true)
  }
}
