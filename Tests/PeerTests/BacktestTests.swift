import Alerting
import Foundation
import Host
import Incidents
import Retro
import TestSupport
import Testing
import Values
import Wire

/// A backtest over a live Prometheus' past says of its alerts what it says of them itself.
@Suite(
  .serialized,
  .enabled(if: Peer.has("prometheus"), "prometheus is not installed: make test-peers installs it"))
struct BacktestTests {
  /// Without windows: Prometheus 2.x has other ones.
  private static let rules = """
    groups:
      - name: shop
        interval: 1s
        rules:
          - {record: "shop:depth:max", expr: "max(queue_depth)"}
          - {alert: Backlog, expr: "queue_depth > 200", for: 3s}
          - {alert: Kept, expr: "shop:depth:max > 200", keep_firing_for: 4s}
    """

  @Test func firesWhenPrometheusDid() throws {
    let page = try Page(queue: 100)
    defer { page.stop() }
    let peer = try Peer.prometheus(page: page.port, rules: Self.rules)
    let server = RemoteServer(Request(url: peer.url))
    _ = try Condition.wait(for: "samples") { try times(peer, "queue_depth").isEmpty ? nil : true }
    let start = Clock.now()
    page.show(queue: 300)
    _ = try Condition.wait(for: "the alert") { try times(peer, firing("Backlog")).count > 3 ? true : nil }
    page.show(queue: 100)
    let fired = try Condition.wait(for: "its end") { () -> [String: [Double]]? in
      let kept = try times(peer, firing("Kept"))
      let last = kept.last ?? .infinity
      guard Clock.now().seconds > last + 5 else { return nil }
      return ["Backlog": try times(peer, firing("Backlog")), "Kept": kept]
    }
    let (groups, problems) = RuleFile.parse(Self.rules, file: "rules.yml", as: .prometheus)
    #expect(problems.isEmpty)
    let past = RemotePast(server: server, start: start, end: Clock.now(), step: nil, version: "test")
    let result = try BacktestDesk.run(BacktestOrder(groups: groups, past: .remote(past)), in: nil)
    #expect(result.failures.isEmpty)
    for row in result.rows {
      let theirs = try #require(fired[row.rule])
      let span = try #require(row.firings.first)
      #expect(row.firings.count == 1, "\(row.rule)")
      // Their slots lie between ours: each end differs by less than one evaluation, and one scrape.
      let (first, last) = (try #require(theirs.first), try #require(theirs.last))
      #expect(abs(span.from.seconds - first) <= 2, "\(row.rule): \(span.from) and \(first)")
      #expect(abs(try #require(span.until).seconds - (last + 1)) <= 2, "\(row.rule): \(span) and \(last)")
    }
  }

  @Test func aServerThatIsDownOrRefusesIsASentence() throws {
    let (groups, _) = RuleFile.parse(Self.rules, file: "rules.yml", as: .prometheus)
    let down = RemoteServer(Request(url: "http://127.0.0.1:\(try Net.freePort())"))
    let past = RemotePast(
      server: down, start: Clock.now() - .minutes(5), end: Clock.now(), step: nil, version: "test")
    let error = #expect(throws: Refusal.self) {
      try BacktestDesk.run(BacktestOrder(groups: groups, past: .remote(past)), in: nil)
    }
    #expect(error?.sentence.contains("cannot be reached") == true)
  }

  private func firing(_ alert: String) -> String { "ALERTS{alertname=\"\(alert)\",alertstate=\"firing\"}" }

  /// The times of all samples of the last minutes, ascending.
  private func times(_ peer: Peer, _ selector: String) throws -> [Double] {
    let query = try #require(
      "\(selector)[5m]".addingPercentEncoding(withAllowedCharacters: .alphanumerics))
    guard let answer = Net.get(peer.url + "/api/v1/query?query=" + query) else { return [] }
    let document = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
    let result = (document?["data"] as? [String: Any])?["result"] as? [[String: Any]] ?? []
    let samples: [[Any]] = result.flatMap { $0["values"] as? [[Any]] ?? [] }
    let times: [Double] = samples.compactMap { $0.first as? Double }
    return times.sorted()
  }
}

extension Instant {
  fileprivate var seconds: Double { Double(milliseconds) / 1000 }
}
