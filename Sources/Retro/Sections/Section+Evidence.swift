import Playbooks
import Values

/// What somebody attached as evidence.
extension IncidentReport {
  var evidenceBlocks: [RetroBlock] {
    evidence.map { one in
      .group(title: "\(one.name) \(one.fact.what)", evidenceBlocks(of: one))
    }
  }

  private func evidenceBlocks(of one: AttachedEvidence) -> [RetroBlock] {
    let from = one.fact.from
    let lines = from.lines == 1 ? "1 line" : "\(from.lines) lines"
    let part = from.part == .ends ? ", of which the beginning and the end are kept" : ""
    let facts = Self.facts([
      ("Attached", "\(one.at.dateClockUTC) by \(one.by)"),
      (
        "From",
        "\(from.run) \(from.step), run \(from.at.dateClockUTC) by \(from.by), \(from.end) "
          + "after \(Span.milliseconds(from.tookMs).short), \(lines)\(part)"
      ),
      ("SHA-256", "\(one.fact.blob.sha256), \(one.fact.blob.bytes) bytes, in the journal"),
      ("Taken back", one.retracted),
    ])
    return [.verbatim(from.text, language: "sh")] + facts + kept(one)
  }

  private func kept(_ one: AttachedEvidence) -> [RetroBlock] {
    guard one.retracted == nil else { return [] }
    guard let text = texts[one.fact.blob.sha256] else {
      return [.paragraph("Its text is not in the journal any more.")]
    }
    return text.isEmpty
      ? [.paragraph("It wrote nothing.")] : [.verbatim(OutputExcerpt.of(text), language: "text")]
  }
}
