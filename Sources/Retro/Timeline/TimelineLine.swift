import Incidents
import Values

/// One event as a line for people: when, a sign, a word, what happened, and who did it.
///
/// A pure reading of events: screens and exports show the same lines.
package struct TimelineLine: Equatable, Sendable {
  /// How the line weighs; a screen has a colour for each, an export a sign.
  package enum Tone: String, CaseIterable, Sendable {
    case page, warn, info, good, bad, unknown, plain, note, sent
  }

  /// The event's id; a retraction or a pin names it.
  package let id: String
  package let seq: Int64
  /// As the journal names it: `step.changed`.
  package let kind: String
  package let occurred: Instant
  package let ended: Instant?
  package let recorded: Instant
  package let tone: Tone
  /// One column: `●`, `✓`, `»`.
  package let sign: String
  /// One word for the kind: `alert`, `step`, `update`.
  package let word: String
  /// What happened, as written: remote text in it is not yet made inert.
  package var text: String
  /// More of it, for a detail or an export: a sent text, a reason.
  package var detail: String?
  /// Who did it; nil for the engine.
  package let actor: String?
  package let incident: String?
  /// Marked to survive every filter.
  package var isPinned = false
  /// Why it was taken back; it stays in the journal.
  package var retracted: String?
  /// Whether ``text`` is a later wording than the event's own.
  package var isAmended = false

  /// Written down more than a minute after it happened.
  package var isBackdated: Bool { recorded - occurred > .minutes(1) }

  /// Of a span of time: when it ended and how long it took, `until 03:15Z, 10m`.
  package var span: String? {
    ended.map { "until \($0.minuteUTC), \(($0 - occurred).short)" }
  }
}

extension TimelineLine {
  init(_ event: Event, _ wording: Wording) {
    id = event.id
    seq = event.seq
    kind = event.kind
    occurred = event.occurred
    ended = event.ended
    recorded = event.recorded
    tone = wording.tone
    sign = wording.sign
    word = wording.word
    text = wording.text
    detail = wording.detail
    actor = event.actor.isEngine ? nil : event.actor.handle
    incident = event.incident
  }
}
