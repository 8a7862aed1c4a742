import Incidents
import Testing
import Values

@testable import Retro

@Suite struct RetroEntryTests {
  /// Every sentence has its end, and none has two.
  @Test(
    arguments: [
      ("Nobody can pay", "no", "Nobody can pay. Data lost: no.\n"),
      ("Nobody can pay.", "3 orders.", "Nobody can pay. Data lost: 3 orders.\n"),
      ("Who can pay?", "unknown…", "Who can pay? Data lost: unknown…\n"),
    ])
  func sentencesEnd(_ impact: String, _ lost: String, _ text: String) throws {
    var story = Story()
    story.isDeclared("Purchases fail", at: 60)
    story.tell(IncidentDescribed.kind, "{\"impact\":\"\(impact)\"}", at: 70)
    story.tell(
      IncidentStatusChanged.kind,
      "{\"to\":\"Resolved\",\"from\":\"Investigating\",\"data_lost\":\"\(lost)\"}",
      at: 80)
    let report = story.report()
    let entry = RetroEntry(report.incident, retro: nil, actions: [], stamp: report.stamp, made: report.made)
    #expect(entry.text.contains(" after 1m20s. " + text), "\(entry.text)")
  }
}
