import Incidents
import Testing
import Values

@Suite struct SeriesEvidenceTests {
  private let start = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  private func piece(
    _ from: Int64, _ until: Int64, samples: Int = 10, leftOut: Int? = nil
  ) -> EvidenceSampled {
    EvidenceSampled(
      system: "shop", from: start + .minutes(from), until: start + .minutes(until), series: 2,
      samples: samples,
      blob: .init(sha256: "ab", bytes: 3, type: "application/openmetrics-text; version=1.0.0"),
      copied: [.init(selector: "up", from: start + .minutes(from), until: start + .minutes(until))],
      rules: [.init(rule: "Down", expr: "up == 0")],
      endpoints: [.init(endpoint: "api", selector: "{job=\"api\"}")], leftOutSamples: leftOut)
  }

  private func write(_ fact: EvidenceSampled, _ record: TestRecord) throws {
    try record.perform(RecordSeries(incident: "INC-1", fact: fact, bytes: [1, 2, 3]), at: start)
  }

  @Test func piecesFollowEachOther() throws {
    let record = TestRecord()
    try write(piece(-30, 0), record)
    try write(piece(0, 5, samples: 7, leftOut: 4), record)
    let evidence = try #require(
      try record.entity(SeriesEvidence.self, SeriesEvidence.key(incident: "INC-1", system: "shop")))
    #expect(evidence.from == ["up": start - .minutes(30)])
    #expect(evidence.until == ["up": start + .minutes(5)])
    #expect((evidence.samples, evidence.leftOutSamples, evidence.blobs.count) == (17, 4, 2))
    #expect(evidence.rules.count == 1)
    #expect(evidence.endpoints.map(\.endpoint) == ["api"])
  }

  @Test func whatIsInIsNotWrittenAgain() throws {
    let record = TestRecord()
    try write(piece(-30, 0), record)
    #expect(throws: Refusal.self) { try write(piece(-1, 5), record) }
    try write(piece(0, 5), record)
  }
}
