import Foundation
import Host
import Incidents
import Testing
import Values
import Watch

/// Our rules asked of a live Prometheus, and its alerts taken.
@Suite(
  .serialized,
  .enabled(if: Peer.has("prometheus"), "prometheus is not installed: make test-peers installs it"))
struct PrometheusTests {
  private func system(_ peer: Peer, take: String = "rules") -> String {
    "prometheus: {url: \"\(peer.url)\", take: \(take), timeout: 2s}\n"
  }

  @Test func rulesFireAndResolveThereAndLostSeriesAreNoRecovery() throws {
    let page = try Page(queue: 100)
    let peer = try Peer.prometheus(page: page.port)
    let watcher = try Watcher(system(peer))
    let row = try watcher.remote("an answer") { $0.state == .reachable && $0.windows != nil }
    #expect(row.windows == .closed, "Prometheus 2.42 has both ends")
    #expect(row.line == "prometheus reachable, 2.x windows")
    #expect(row.warning?.contains("2.x windows") == true)
    #expect(try watcher.events(RemoteChanged.self, count: 1).first?.state == "reachable")

    page.show(queue: 300)
    try watcher.row("the alert", "QueueBacklog") { $0.state == .firing && !$0.hasNoData }
    let fired = try #require(try watcher.events(AlertFired.self, count: 1).first)
    #expect(fired.value == 300 && fired.threshold == 200 && fired.summary == "300 wait")
    #expect(fired.labels["instance"] == "127.0.0.1:\(page.port)" && fired.labels["job"] == "shop")

    page.show(queue: 100)
    #expect(try watcher.events(AlertResolved.self, count: 1).first?.how == .recovered)
    try watcher.noRow("QueueBacklog")

    page.show(queue: 400)
    _ = try watcher.events(AlertFired.self, count: 2)
    page.stop()
    let ends = try watcher.events(AlertResolved.self, count: 2)
    #expect(ends.last?.how == .noData, "its target is gone, and Prometheus marks the series stale")
  }

  @Test func whileItIsDeadOrHangsNobodyKnowsAndNothingRecovers() throws {
    let page = try Page(queue: 300)
    defer { page.stop() }
    let peer = try Peer.prometheus(page: page.port)
    let watcher = try Watcher(system(peer))
    try watcher.row("the alert", "QueueBacklog") { $0.state == .firing && !$0.hasNoData }

    peer.end()
    let dead = try watcher.remote("it to be missed") { $0.state == .failing }
    #expect(dead.reason?.contains("cannot be reached") == true && dead.lastSuccess != nil, "\(dead)")
    try watcher.row("doubt", "QueueBacklog") { $0.state == .firing && $0.hasNoData }

    try peer.start()
    _ = try watcher.remote("it to be back") { $0.state == .reachable }
    try watcher.row("certainty", "QueueBacklog") { $0.state == .firing && !$0.hasNoData }

    peer.hang()
    let mute = try watcher.remote("its silence to be noticed") { $0.state == .failing }
    #expect(mute.reason?.contains("does not answer") == true, "\(mute)")
    try watcher.row("doubt", "QueueBacklog") { $0.hasNoData }
    peer.resume()
    _ = try watcher.remote("it to go on") { $0.state == .reachable }
    try watcher.row("certainty", "QueueBacklog") { !$0.hasNoData }
    let states = try watcher.events(RemoteChanged.self, count: 5).map(\.state)
    #expect(states == ["reachable", "failing", "reachable", "failing", "reachable"])
    #expect(try watcher.events(AlertFired.kind).count == 1)
  }

  @Test func itsOwnAlertsAreTakenAndEndWithIt() throws {
    let page = try Page(queue: 300)
    defer { page.stop() }
    let rules = """
      groups:
        - name: theirs
          rules:
            - alert: TheirBacklog
              expr: queue_depth > 200
              labels: {severity: warning}
              annotations: {summary: "{{ $value }} wait there"}
      """
    let peer = try Peer.prometheus(page: page.port, rules: rules)
    let watcher = try Watcher(system(peer, take: "alerts"), rules: "groups: []")
    try watcher.row("their alert", "TheirBacklog") { $0.state == .firing }
    let row = try watcher.wait(for: "the row") { $0.alerts.first }
    #expect(row.remote == "prometheus \(peer.url)" && row.level == .warn && row.summary == "300 wait there")
    #expect(row.value?.description == "300")
    #expect(try watcher.events(AlertFired.self, count: 1).first?.source == "prometheus \(peer.url)")
    peer.end()
    try watcher.row("doubt", "TheirBacklog") { $0.hasNoData && $0.state == .firing }
    #expect(try watcher.events(AlertResolved.kind).isEmpty)
    try peer.start()
    try watcher.row("certainty", "TheirBacklog") { !$0.hasNoData && $0.state == .firing }
    page.show(queue: 1)
    // It was away, so that for five minutes an alert that it does not list is one that it may not know of yet.
    try watcher.row("patience", "TheirBacklog") { $0.hasNoData }
    #expect(try watcher.events(AlertResolved.kind).isEmpty)
  }

  @Test func itsOwnAlertsRecoverAtOnceWhileItWasNeverAway() throws {
    let page = try Page(queue: 300)
    defer { page.stop() }
    let rules = "groups: [{name: g, rules: [{alert: TheirBacklog, expr: queue_depth > 200}]}]"
    let peer = try Peer.prometheus(page: page.port, rules: rules)
    let watcher = try Watcher(system(peer, take: "alerts"), rules: "groups: []")
    try watcher.row("their alert", "TheirBacklog") { $0.state == .firing }
    page.show(queue: 1)
    #expect(try watcher.events(AlertResolved.self, count: 1).first?.how == .recovered)
    try watcher.noRow("TheirBacklog")
  }
}

/// VictoriaMetrics answers the same API.
@Suite(
  .enabled(if: Peer.has("victoria-metrics"), "victoria-metrics is not installed: make test-peers installs it")
)
struct VictoriaTests {
  @Test func rulesAreAskedOfVictoriaMetricsToo() throws {
    let peer = try Peer.victoria()
    func push(_ depth: Int) throws {
      let answer = Net.send(
        "POST", "\(peer.url)/api/v1/import/prometheus", text: "queue_depth{queue=\"bills\"} \(depth)\n")
      #expect(answer.map { (200..<300).contains($0.status) } == true)
    }
    try push(300)
    let watcher = try Watcher("prometheus: {url: \"\(peer.url)\"}\n")
    #expect(try watcher.remote("an answer") { $0.windows != nil }.windows == .leftOpen)
    try watcher.row("the alert", "QueueBacklog") { $0.state == .firing }
    #expect(try watcher.events(AlertFired.self, count: 1).first?.labels["queue"] == "bills")
    try push(5)
    #expect(try watcher.events(AlertResolved.self, count: 1).first?.how == .recovered)
  }
}
