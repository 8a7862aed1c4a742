import Foundation
import Incidents
import Playbooks
import Values

/// The report as one JSON document: `schema` names its shape, keys are snake_case, instants RFC 3339 UTC.
extension IncidentReport {
  package static let schema = "midwatch.incident/1"

  private struct Document: Encodable {
    let schema: String
    let made: Instant
    let incident: IncidentSummary
    let keyTimes: [KeyTimeRow]
    let updates: [UpdateRow]
    /// Absent where nothing was attached.
    let evidence: [EvidenceRow]?
    let timeline: [Line]
    let journal: Stamp
  }

  private struct KeyTimeRow: Encodable {
    let name: String
    let at: Instant
    let sinceStartMs: Int64
  }

  private struct UpdateRow: Encodable {
    let at: Instant
    let by: String
    let audience: String?
    let stage: String?
    let subject: String?
    let text: String
    let destinations: [String]
    let nextUpdate: Instant?
    let lateMs: Int64?
  }

  private struct EvidenceRow: Encodable {
    let name: String
    let id: String
    let what: String
    let at: Instant
    let by: String
    let sha256: String
    let bytes: Int
    let type: String
    let from: EvidenceAttached.Source
    /// Absent once it was taken back, or is not in the journal any more.
    let text: String?
    /// Whether `text` is all of those bytes.
    let isWhole: Bool?
    let retracted: String?

    /// A longer text is shortened to its beginning and its end; the journal has all of it.
    static let longest = 1 << 20

    init(_ one: AttachedEvidence, text kept: String?) {
      name = one.name
      id = one.id
      what = one.fact.what
      at = one.at
      by = one.by
      (sha256, bytes, type) = (one.fact.blob.sha256, one.fact.blob.bytes, one.fact.blob.type)
      from = one.fact.from
      retracted = one.retracted
      let shown = one.retracted == nil ? kept : nil
      let fits = shown.map { $0.utf8.count <= Self.longest }
      text = shown.map { fits == true ? $0 : OutputExcerpt.of($0) }
      isWhole = fits
    }
  }

  private struct Line: Encodable {
    let id: String
    let seq: Int64
    let occurred: Instant
    let ended: Instant?
    let recorded: Instant
    let word: String
    let text: String
    let detail: String?
    let actor: String?
    let pinned: Bool
    let amended: Bool
    let retracted: String?
  }

  /// UTF-8, sorted keys, ending in a line end.
  package func json() throws -> [UInt8] {
    let document = Document(
      schema: Self.schema, made: made,
      incident: IncidentSummary(incident),
      keyTimes: keyTimes.map {
        KeyTimeRow(name: $0.name, at: $0.at, sinceStartMs: $0.sinceStart.milliseconds)
      },
      updates: updates.map {
        UpdateRow(
          at: $0.at, by: $0.by, audience: $0.audience, stage: $0.stage?.rawValue, subject: $0.subject,
          text: $0.text,
          destinations: $0.destinations, nextUpdate: $0.nextUpdate, lateMs: $0.lateBy?.milliseconds)
      },
      evidence: evidence.isEmpty ? nil : evidence.map { EvidenceRow($0, text: texts[$0.fact.blob.sha256]) },
      timeline: timeline.lines.map {
        Line(
          id: $0.id, seq: $0.seq, occurred: $0.occurred, ended: $0.ended, recorded: $0.recorded,
          word: $0.word,
          text: $0.text,
          detail: $0.detail, actor: $0.actor, pinned: $0.isPinned, amended: $0.isAmended,
          retracted: $0.retracted)
      },
      journal: stamp)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(document)) + [10]
  }
}
