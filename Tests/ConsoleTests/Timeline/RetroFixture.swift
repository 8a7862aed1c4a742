import Incidents
import Terminal
import Values

@testable import Console

/// A month with three incidents, the last of them still open.
enum RetroFixture {
  static func journal() throws -> TestJournal {
    var journal = TestJournal()
    try incident(
      &journal, "Purchases slow on ensei-packs", .s2, began: .days(20), took: .minutes(95), respond: 4)
    try incident(
      &journal, "Packs cannot be opened", .s1, began: .days(6), took: .minutes(41), respond: 11)
    try Fixture.fire(&journal)
    return journal
  }

  /// One that is over: it fired, was taken up, declared, told of, mended.
  private static func incident(
    _ journal: inout TestJournal, _ title: String, _ severity: Severity, began: Span, took: Span,
    respond: Int64
  ) throws {
    let start = Fixture.ago(began)
    let page = Fixture.page
    try journal.append(
      AlertFired(
        system: page.system, rule: page.rule, labels: page.labels, level: .page, activeAt: start,
        value: 0.061, sign: ">=", threshold: 0.05, unit: .ratio, summary: "Error rate 6.1%",
        playbook: "high-error-rate#immediate", source: "rules.yaml:41"), at: start)
    _ = try journal.perform(
      AcknowledgeAlert(page), by: "ops1", at: start + .minutes(respond))
    var declare = DeclareIncident(
      systems: [page.system], severity: severity, title: title, plans: Fixture.enseiGuide.plans)
    declare.cause = page
    let events = try journal.perform(declare, by: "ops1", at: start + .minutes(respond + 2))
    guard let key = events.first?.incident else { return }
    _ = try journal.perform(
      AddNote("errors all carry client version 4.1.0", incident: key), by: "ops2",
      at: start + .minutes(respond + 5))
    for (status, share) in [(Status.identified, 2), (.monitoring, 3), (.resolved, 4)] as [(Status, Int64)] {
      _ = try journal.perform(
        ChangeStatus(incident: key, to: status, dataLost: status == .resolved ? "no" : nil), by: "ops1",
        at: start + .milliseconds(took.milliseconds * share / 4))
    }
    try journal.append(
      AlertResolved(
        system: page.system, rule: page.rule, labels: page.labels, activeAt: start, value: 0.01,
        unit: .ratio, how: .recovered), at: start + took)
  }

  /// Screen 7 in front, an incident open.
  static func player(_ size: Size = Size(width: 120, height: 40), readOnly: Bool = false) throws -> Player {
    var player = try Player(size: size, journal: journal(), readOnly: readOnly)
    if !readOnly {
      player.press("a", "i", "Enter")
      player.wait(.seconds(20))
    }
    player.press("7")
    player.wait(.seconds(6))
    return player
  }
}
