import Incidents
import Testing
import Values

/// Notes, and what is said later about them.
@Suite struct WrittenWordsTests {
  let one = OneIncident()

  @Test func aNoteCanBeASpan() throws {
    try one.declare(at: 0)
    let event = try #require(
      try one.perform(AddNote("the queue stood still", occurred: one.at(-12), ended: one.at(-2)), at: 1).first
    )
    #expect(event.occurred == one.at(-12) && event.ended == one.at(-2) && event.recorded == one.at(1))
    try one.refuses(
      AddNote("x", occurred: one.at(-2), ended: one.at(-2)), at: 1,
      "2026-11-21 02:58:00Z is not after 2026-11-21 02:58:00Z; a span ends after it began.")
    try one.refuses(
      AddNote("x", ended: one.at(-2)), at: 1,
      "2026-11-21 02:58:00Z is not after 2026-11-21 03:01:00Z; a span ends after it began.")
    try one.refuses(
      AddNote("x", occurred: one.at(-2), ended: one.at(9)), at: 1,
      "2026-11-21 03:09:00Z is in the future; a note tells what has happened.")
  }

  @Test func whatWasWrittenIsAmendedTakenBackAndPinnedOnce() throws {
    try one.declare(at: 0)
    let note = try #require(try one.perform(AddNote("the disk is full"), at: 1).first)
    let amend = AmendEvent(
      note.id, of: note.kind, incident: "INC-1", text: "the disk of api-1 is full", reason: "which one")
    try one.perform(amend, by: TestRecord.ops2, at: 2)
    try one.refuses(amend, at: 3, "ops2 gave it these words at 03:02Z.")
    try one.perform(PinEvent(note.id, incident: "INC-1", pinned: true), at: 3)
    try one.refuses(
      PinEvent(note.id, incident: "INC-1", pinned: true), by: TestRecord.ops2, at: 4,
      "ops1 pinned it at 03:03Z.")
    try one.perform(PinEvent(note.id, incident: "INC-1", pinned: false), at: 4)
    try one.refuses(PinEvent(note.id, incident: "INC-1", pinned: false), at: 4, "It is not pinned.")
    let retract = RetractEvent(note.id, of: note.kind, incident: "INC-1", reason: "it was not")
    try one.perform(retract, by: TestRecord.ops2, at: 6)
    try one.refuses(retract, at: 7, "ops2 took it back at 03:06Z: it was not.")
    try one.refuses(
      AmendEvent(note.id, incident: "INC-1", text: "y", reason: "x"), at: 7,
      "ops2 took it back at 03:06Z: it was not.")
  }

  @Test func aStateIsNotTakenBackWithWords() throws {
    let event = try #require(try one.declare(at: 0).declared.flatMap { _ in one.record.events.first })
    try one.refuses(
      RetractEvent(event.id, of: event.kind, incident: "INC-1", reason: "x"), at: 1,
      "Only a note, a decision or evidence is taken back, and this is incident.declared; "
        + "what changed a state is set right by the act that changes it.")
    let table: [(any Act, String)] = [
      (RetractEvent("e9", incident: nil, reason: " "), "Say why it is taken back."),
      (AmendEvent("e9", incident: nil, text: "x", reason: ""), "Say why it is amended."),
      (
        AmendEvent("e9", incident: nil, text: " ", reason: "x"),
        "Say it in words; what should not stand there is taken back."
      ),
    ]
    for (act, sentence) in table { try one.refuses(act, at: 1, sentence) }
  }
}
