import Incidents
import Values

/// One piece of evidence as a report names it.
package struct AttachedEvidence: Equatable, Sendable {
  /// `E1`, in the order in which they were attached.
  package let name: String
  /// The event's id.
  package let id: String
  package let fact: EvidenceAttached
  package let at: Instant
  package let by: String
  /// Why it was taken back.
  package let retracted: String?

  /// Those among these events, of one run or of all, named in their order. O(n).
  package static func all(in events: [Event], of run: String? = nil) -> [AttachedEvidence] {
    var retracted: [String: String] = [:]
    for event in events {
      if let fact = event.fact(EventRetracted.self) { retracted[fact.target] = fact.reason }
    }
    var found: [AttachedEvidence] = []
    let attached = events.filter { $0.kind == EvidenceAttached.kind }
    for event in attached.sorted(by: { $0.seq < $1.seq }) {
      guard let fact = event.fact(EvidenceAttached.self), run == nil || fact.from.run == run else { continue }
      found.append(
        AttachedEvidence(
          name: "E\(found.count + 1)", id: event.id, fact: fact, at: event.occurred, by: event.actor.handle,
          retracted: retracted[event.id]))
    }
    return found
  }

  /// What a report says of it, each a line of Markdown.
  package var markdown: [String] {
    let from = fact.from
    let lines = from.lines == 1 ? "1 line" : "\(from.lines) lines"
    let part = from.part == .ends ? ", of which the beginning and the end are kept" : ""
    var told = [
      "- Attached: \(at.dateClockUTC) by \(Inert.markdown(by))",
      "- From: \(Inert.markdown(from.run)) \(Inert.markdown(from.step)), run "
        + "\(from.at.dateClockUTC) by \(Inert.markdown(from.by)), \(Inert.markdown(from.end)) "
        + "after \(Span.milliseconds(from.tookMs).short), \(lines)\(part)",
      "- SHA-256: \(Inert.markdown(fact.blob.sha256)), \(fact.blob.bytes) bytes, in the journal",
    ]
    if let retracted { told.append("- Taken back: \(Inert.markdown(retracted))") }
    return told
  }
}
