import Comms
import Foundation
import Incidents
import Journal
import Testing
import Values

@testable import Host

/// Alerts that go by themselves, by an engine as it is: told once each, whoever the engine is.
struct PagingTests {
  private let bench: OutboxBench
  private let server: Receiver

  private static func system(_ port: UInt16) -> String {
    """
    title: Shop
    deliveries:
      pager: {webhook: "http://127.0.0.1:\(port)/", on: page, json: {text: "{{subject}}"}}

    """
  }

  /// One rule that pages and one that does not.
  private static func rules(_ pages: [(name: String, expression: String)]) -> String {
    let rules = pages.map { "{alert: \($0.name), expr: \($0.expression), labels: {severity: page}}" }
    return "groups:\n  - {name: shop, interval: 1s, rules: [\(rules.joined(separator: ", ")), "
      + "{alert: Slow, expr: vector(1), labels: {severity: warning}}]}\n"
  }

  init() throws {
    server = try Receiver { _, _ in .ok() }
    bench = try OutboxBench("  log: {file: log.txt}\n")
    try bench.folder.write(Self.rules([("Down", "vector(1)")]), to: "shop/rules.yaml")
    try bench.reload(Self.system(server.port))
  }

  /// One engine's term, until `holds`.
  private func engine(_ what: String, until holds: () throws -> Bool) throws {
    let epoch = try bench.journal.takeEpoch(by: Identity.engine(), at: Clock.now(), pid: getpid())
    let engine = Engine(
      .init(
        journal: bench.journal, scribe: bench.scribe, samples: nil, sources: [bench.source], epoch: epoch,
        version: "test"),
      ears: .init(snapshot: { _ in }, answer: { _ in }, fell: { _ in }))
    defer { engine.stop() }
    _ = try Condition.wait(for: what, patience: .seconds(40)) { try holds() ? true : nil }
  }

  private var told: [String] {
    server.requests.compactMap { $0.firstMatch(of: /"text":"([^"]*)"/).map { String($0.1) } }
  }

  private func alert(_ rule: String) throws -> Alert? {
    try bench.journal.entities(Alert.self).first { $0.identity?.rule == rule }
  }

  @Test func eachIsToldOnceOverTakeovers() throws {
    defer { server.stop() }
    try bench.trust()
    try engine("the page") { told.count == 1 }
    try engine("the acknowledgement") {
      if let alert = try alert("Down"), alert.acknowledgement == nil, let identity = alert.identity {
        try bench.journal.perform(AcknowledgeAlert(identity), by: TestFolder.actor, at: Clock.now())
      }
      return told.count == 2
    }
    try bench.folder.write(
      Self.rules([("Down", "vector(1) > 2"), ("Full", "vector(1)")]), to: "shop/rules.yaml")
    try bench.reload()
    try bench.trust()
    try engine("the end, and another page") { told.count >= 4 }
    #expect(told.prefix(2) == ["shop: Down fires: 1", "shop: Down acknowledged by ops1"])
    #expect(told.dropFirst(2).sorted() == ["shop: Down has recovered", "shop: Full fires: 1"])
    #expect(try alert("Slow")?.isFiring == true, "it fires, and is not loud enough")
  }

  @Test func nothingGoesFromAFolderThatIsNotTrusted() throws {
    defer { server.stop() }
    try engine("the alert") { try alert("Down")?.isFiring == true && alert("Slow")?.isFiring == true }
    #expect(try bench.journal.entities(DeliveryRecord.self).isEmpty)
    #expect(server.requests.isEmpty)
    try bench.trust()
    try engine("the page, once it is trusted") { told.count == 1 }
  }
}
