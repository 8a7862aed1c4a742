import Foundation
import Host
import Incidents
import TestSupport
import Testing
import Values
import Watch

/// A live Alertmanager: ours are told to it, silences are shared, its own alerts are shown.
@Suite(
  .serialized,
  .enabled(
    if: Peer.has("prometheus-alertmanager"),
    "prometheus-alertmanager is not installed: make test-peers installs it"))
struct AlertmanagerTests {
  private static let rules = """
    groups:
      - name: shop
        interval: 1s
        rules:
          - {alert: QueueBacklog, expr: queue_depth > 200, labels: {severity: page}}
          - {alert: QueueGrows, expr: queue_depth > 100, for: 1h}
    """

  private func watcher(_ page: Page, _ peers: [Peer]) throws -> Watcher {
    let list = peers.map { "  - {url: \"\($0.url)\", post: true, silences: true, timeout: 2s}" }
    return try Watcher(
      """
      endpoints:
        queue: {scrape: "http://127.0.0.1:\(page.port)/metrics", level: off}
      alertmanager:
      \(list.joined(separator: "\n"))
      """, rules: Self.rules)
  }

  private func alerts(_ peer: Peer) -> [[String: Any]] {
    Net.json("\(peer.url)/api/v2/alerts") as? [[String: Any]] ?? []
  }

  private func alert(_ peer: Peer, _ name: String) -> [String: Any]? {
    alerts(peer).first { ($0["labels"] as? [String: String])?["alertname"] == name }
  }

  private func silences(_ peer: Peer) -> [[String: Any]] {
    Net.json("\(peer.url)/api/v2/silences") as? [[String: Any]] ?? []
  }

  private func state(_ silence: [String: Any]?) -> String? {
    (silence?["status"] as? [String: Any])?["state"] as? String
  }

  @Test func ourAlertsArePostedToEachSentAgainAndResolved() throws {
    let page = try Page(queue: 300)
    defer { page.stop() }
    let peers = [try Peer.alertmanager(), try Peer.alertmanager()]
    let watcher = try watcher(page, peers)
    for peer in peers {
      let seen = try Condition.wait(for: "our alert at \(peer.url)") { alert(peer, "QueueBacklog") }
      #expect((seen["labels"] as? [String: String])?["severity"] == "page")
      #expect(alert(peer, "QueueGrows") == nil, "pending ones are not sent")
    }
    let first = try #require(alert(peers[0], "QueueBacklog"))
    let ends = try #require(first["endsAt"] as? String)
    let stamps = try #require((first["updatedAt"] as? String).flatMap { Instant(rfc3339: $0) })
    let until = try #require(Instant(rfc3339: ends))
    #expect((until - stamps).seconds > 200 && (until - stamps).seconds <= 240, "four resend delays")
    // Sent again after a minute, with a later end.
    let again = try Condition.wait(for: "the alert to be sent again", seconds: 100) { () -> String? in
      let now = alert(peers[0], "QueueBacklog")?["endsAt"] as? String
      return now == ends ? nil : now
    }
    #expect(again > ends)
    #expect(try watcher.events(RemoteChanged.kind).count == 2, "sending again is no event")

    page.show(queue: 1)
    for peer in peers {
      _ = try Condition.wait(for: "the resolution at \(peer.url)") {
        alert(peer, "QueueBacklog") == nil ? true : nil
      }
    }
  }

  @Test func silencesAreMadeAndExpiredOnBothSides() throws {
    let page = try Page(queue: 300)
    defer { page.stop() }
    let peer = try Peer.alertmanager()
    let watcher = try watcher(page, [peer])
    _ = try Condition.wait(for: "our alert") { alert(peer, "QueueBacklog") }
    func silence(_ comment: String) throws {
      try watcher.act(
        SetSilence(
          system: "shop", matchers: ["alertname=\"QueueBacklog\""], end: Clock.now() + .hours(1),
          comment: comment))
    }

    try silence("we know")
    let made = try Condition.wait(for: "the silence there") { silences(peer).first { state($0) == "active" } }
    #expect(made["createdBy"] as? String == "ops1")
    #expect((made["comment"] as? String)?.hasPrefix("we know [midwatch ") == true)
    try watcher.row("the alert to be silenced", "QueueBacklog") { $0.silencedBy == "SIL-1" }
    let status = try Condition.wait(for: "the alert to be silenced there") { () -> [String]? in
      let status = alert(peer, "QueueBacklog")?["status"] as? [String: Any]
      let by = status?["silencedBy"] as? [String] ?? []
      return by.isEmpty ? nil : by
    }
    #expect(status == [made["id"] as? String])

    try watcher.act(EndSilence("SIL-1"))
    _ = try Condition.wait(for: "its end there") {
      silences(peer).allSatisfy { state($0) == "expired" } ? true : nil
    }

    try silence("again")
    let second = try Condition.wait(for: "another one") { silences(peer).first { state($0) == "active" } }
    let id = try #require(second["id"] as? String)
    #expect(Net.send("DELETE", "\(peer.url)/api/v2/silence/\(id)")?.status == 200)
    #expect(try watcher.events(SilenceEnded.self, count: 2).last?.silence == "SIL-2", "whoever ends it there")

    let foreign = """
      {"matchers":[{"name":"alertname","value":"Queue.*","isRegex":true,"isEqual":true}],
       "startsAt":"2020-01-01T00:00:00.000Z","endsAt":"2099-01-01T00:00:00.000Z","createdBy":"amtool","comment":"x"}
      """
    #expect(Net.send("POST", "\(peer.url)/api/v2/silences", json: foreign)?.status == 200)
    try watcher.row("somebody else's silence", "QueueBacklog") {
      $0.silencedBy?.hasPrefix("alertmanager ") == true
    }
    #expect(try watcher.remote("it counted") { $0.silences == 1 }.kind == .alertmanager)
  }

  @Test func itsOwnAlertsAreShownAndDoNotRecoverWhileItIsDead() throws {
    let page = try Page(queue: 1)
    defer { page.stop() }
    let peer = try Peer.alertmanager()
    let watcher = try watcher(page, [peer])
    _ = try watcher.remote("an answer") { $0.state == .reachable }
    func post(until end: String) {
      let json = """
        [{"labels":{"alertname":"DiskFull","severity":"critical","host":"db1"},"annotations":{"summary":"97 %"},
          "startsAt":"2026-01-01T00:00:00.000Z","endsAt":"\(end)"}]
        """
      #expect(Net.send("POST", "\(peer.url)/api/v2/alerts", json: json)?.status == 200)
    }
    post(until: "2099-01-01T00:00:00.000Z")
    try watcher.row("their alert", "DiskFull") { $0.state == .firing && $0.level == .page && !$0.hasNoData }
    #expect(try watcher.events(AlertFired.self, count: 1).first?.source == "alertmanager \(peer.url)")
    post(until: "2026-01-02T00:00:00.000Z")
    #expect(try watcher.events(AlertResolved.self, count: 1).first?.how == .recovered)

    post(until: "2099-01-01T00:00:00.000Z")
    _ = try watcher.events(AlertFired.self, count: 2)
    peer.end()
    _ = try watcher.remote("it to be missed") { $0.state == .failing }
    try watcher.row("doubt", "DiskFull") { $0.hasNoData }
    try peer.start()
    _ = try watcher.remote("it to be back") { $0.state == .reachable }
    // It keeps no alerts over a restart: whoever sends them has yet to send them again.
    try watcher.row("patience", "DiskFull") { $0.hasNoData && $0.state == .firing }
    post(until: "2099-01-01T00:00:00.000Z")
    try watcher.row("certainty", "DiskFull") { !$0.hasNoData }
    #expect(try watcher.events(AlertResolved.kind).count == 1)

    peer.hang()
    let mute = try watcher.remote("its silence to be noticed") { $0.state == .failing }
    #expect(mute.reason?.contains("does not answer") == true, "\(mute)")
    peer.resume()
    _ = try watcher.remote("it to go on") { $0.state == .reachable }
  }
}
