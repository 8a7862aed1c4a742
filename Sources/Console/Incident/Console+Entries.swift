import Incidents
import Retro
import Terminal
import Values

/// Entries of the timeline, said anew or taken back; what was written first stays in the journal.
extension Console {
  var whyNotSayAnew: String? {
    guard let line = incident.selectedLine(world) else { return "No event is selected." }
    if line.retracted != nil { return "It was taken back already." }
    guard Self.written.contains(line.word) else {
      return
        "Only a note, a decision or evidence is said anew; what changed a state is set right by the key that changes it."
    }
    return nil
  }

  /// Words of lines that people wrote and that change no state.
  private static let written: Set<String> = ["note", "decided", "evidence"]

  mutating func openAmendment() -> [Effect] {
    guard let line = incident.selectedLine(world), let key = incident.shown(world)?.key else { return [] }
    return open(
      .form(
        Form(
          .amend(event: line.id, incident: key), title: "say this \(line.word) anew", verb: "amend",
          fields: [
            Form.Field("text", "text", text: Inert.terminal(line.text)),
            Form.Field("why", "why", note: "the first wording stays in the journal, and in the export"),
          ])))
  }

  mutating func submitAmendment(_ form: Form, _ event: String, _ key: String) -> [Effect] {
    // What is written about a row does not take the cursor off it.
    incident.lines.hold()
    return perform(
      AmendEvent(event, incident: key, text: form["text"], reason: form["why"]), on: event, done: "amended",
      closing: true)
  }

  mutating func openRetraction() -> [Effect] {
    guard let line = incident.selectedLine(world), let key = incident.shown(world)?.key else { return [] }
    return open(
      .line(
        LineEntry(
          .retract(event: line.id, incident: key),
          label: "take back “\(line.text.truncatedEnd(to: 24))” because",
          placeholder: "why; it stays in the journal, struck out")))
  }

  mutating func retract(_ event: String, of key: String, reason: String) -> [Effect] {
    incident.lines.hold()
    return perform(
      RetractEvent(event, incident: key, reason: reason), on: event, done: "taken back", closing: true)
  }
}
