import Incidents
import TestSupport
import Testing
import Values

@testable import Comms

struct PagePlanTests {
  private let record = MemoryRecord()
  private let plan = PagePlan(system: "shop", pagers: [.init(to: "pager", level: .page)]) { bytes in
    // Any text that tells them apart.
    String(decoding: bytes.reversed(), as: UTF8.self).replacing("\n", with: "|")
  }

  private func fired(
    _ rule: String = "Down", level: Level = .page, active: String = "03:00", system: String = "shop",
    mutedBy: String? = nil
  ) throws -> AlertFired {
    AlertFired(
      system: system, rule: rule, labels: ["instance": "api"], level: level, activeAt: try instant(active),
      value: 0.071, sign: ">=", threshold: 0.05, unit: .ratio, summary: "Too many errors", playbook: "errors",
      source: nil, mutedBy: mutedBy)
  }

  private func fire(_ fact: AlertFired, at clock: String = "03:01") throws {
    try record.perform(RecordTransitions(fired: [fact], at: try instant(clock)), by: "midwatch", at: clock)
  }

  private func resolve(_ fact: AlertFired, how: AlertResolved.How = .recovered, at clock: String) throws {
    let end = AlertResolved(
      system: fact.system, rule: fact.rule, labels: fact.labels, activeAt: fact.activeAt, value: nil, how: how
    )
    try record.perform(RecordTransitions(resolved: [end], at: try instant(clock)), by: "midwatch", at: clock)
  }

  /// What is to be told now; and tells it.
  private func tell() throws -> [DeliveryMessage] {
    let open = try record.open(Paging.self).compactMap { try record.entity(Paging.self, $0) }
    let firing = try record.open(Alert.self)
    let keys = firing + open.map(\.key).filter { !firing.contains($0) }
    let told = Dictionary(
      try keys.compactMap { try record.entity(Paging.self, $0) }.map { ($0.key, $0) },
      uniquingKeysWith: { $1 })
    let alerts = try keys.compactMap { try record.entity(Alert.self, $0) }
    let pages = plan.pages(of: alerts, told: told) { $0.fired?.mutedBy != nil }
    for page in pages {
      let destination = Destination(name: page.to, kind: "plain", shown: "pager.example.test")
      let parcel = try Parcel(page.message, to: destination, by: PlainKind.self) { _ in "" }
      try record.perform(QueueDelivery([parcel]), by: "midwatch")
    }
    return pages.map(\.message)
  }

  @Test func firesIsAcknowledgedAndEndsEachOnce() throws {
    let fact = try fired()
    try fire(fact)
    let first = try #require(try tell().first)
    #expect(first.occasion == .fired)
    #expect(first.started == (try instant("03:00")))
    #expect(first.subject == "shop: Down api fires: 7.1% >= 5%" && first.severity == .s1)
    #expect(
      first.text == """
        shop: Down api fires: 7.1% >= 5%
        Too many errors
        Since 2026-11-21 03:00:00Z
        Playbook: errors
        """)
    #expect(first.alert == fact.identity)
    #expect(first.at == (try instant("03:01")))
    #expect(try tell().isEmpty)
    try record.perform(AcknowledgeAlert(fact.identity), at: "03:04")
    let second = try #require(try tell().first)
    #expect(second.occasion == .acknowledged && second.subject == "shop: Down api acknowledged by ops1")
    #expect(try tell().isEmpty)
    try resolve(fact, at: "03:10")
    let third = try #require(try tell().first)
    #expect(third.occasion == .resolved && third.subject == "shop: Down api has recovered")
    #expect(try tell().isEmpty)
    #expect(try record.open(Paging.self).isEmpty)
    #expect(Set([first.key, second.key, third.key]).count == 3 && first.key.count == 16)
  }

  @Test func anotherEpisodeIsAnotherPage() throws {
    let (first, second) = (try fired(), try fired(active: "04:00"))
    try fire(first)
    let before = try tell()
    try resolve(first, at: "03:10")
    try fire(second, at: "04:01")
    let after = try tell()
    #expect(after.map(\.occasion) == [.fired])
    #expect(before.first?.key != after.first?.key)
    try resolve(second, how: .noData, at: "04:09")
    #expect(
      try tell().map(\.subject) == [
        "shop: Down api ended without data; nobody knows whether it has recovered"
      ])
  }

  @Test func wakesNobodyInVain() throws {
    try fire(try fired("Slow", level: .warn))
    try fire(try fired("Elsewhere", system: "other"))
    try fire(try fired("Silenced", mutedBy: "silence SIL-3"))
    let taken = try fired("Taken")
    try fire(taken)
    try record.perform(AcknowledgeAlert(taken.identity), at: "03:02")
    #expect(try tell().isEmpty)
    try resolve(taken, at: "03:05")
    #expect(try tell().isEmpty, "nobody was told that it fired")
  }
}
