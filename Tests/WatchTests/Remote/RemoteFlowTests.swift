import Alerting
import Incidents
import Metrics
import PromQL
import Systems
import Testing
import Values

@testable import Watch

/// The whole engine with servers beside it, by literal answers.
@Suite struct RemoteFlowTests {
  private static let system = """
    title: Shop
    every: 10s
    prometheus: {url: "http://p:9090", timeout: 5s}
    """

  private static let rules = """
    groups:
      - {name: a, rules: [{alert: Backlog, expr: queue_depth > 200}, {alert: Slow, expr: slow > 1}]}
    """

  private func player(_ system: String = Self.system, isTrusted: Bool = true) throws -> Player {
    var player = Player()
    let folder = try Player.folder(system: system, rules: Self.rules)
    player.tell(.load(folder, isTrusted: isTrusted, saved: nil, firing: []))
    player.tell(.watched(true))
    return player
  }

  private func value(_ elements: [Element]) -> RemoteAnswer {
    .success(.value(PrometheusValue(.vector(elements))))
  }

  /// Lets the engine go on, answering each call by what its body or address holds.
  private func run(_ player: inout Player, _ span: Int64, _ answer: (String) -> RemoteAnswer) {
    for _ in 0..<span {
      player.pass(.seconds(1))
      answerAll(&player, answer)
    }
  }

  private func answerAll(_ player: inout Player, _ answer: (String) -> RemoteAnswer) {
    var seen = 0
    var all = player.take()
    while seen < all.count {
      if case .call(let system, let call) = all[seen] {
        let text = call.request.url + " " + String(decoding: call.request.body ?? [], as: UTF8.self)
        player.tell(.answered(system: system, call: call.id, answer(text), jitter: 1))
        all += player.take()
      }
      seen += 1
    }
    player.keep(all)
  }

  @Test func rulesAreAskedAtTheirTimeAndRunThroughTheSameStates() throws {
    var player = try player()
    run(&player, 15) { text in
      text.contains("count_over_time")
        ? value([Element(.empty, 1)])
        : text.contains("queue_depth") ? value([Element(Labels(["q": "bills"]), 300)]) : value([])
    }
    let fired = player.kept.fired
    #expect(
      fired.map(\.rule) == ["Backlog"] && fired.first?.value == 300 && fired.first?.labels["q"] == "bills")
    #expect(player.kept.records.flatMap(\.remotes).map(\.state) == ["reachable"])
    let row = try #require(player.watch.snapshots(at: player.now).first?.remotes.first)
    #expect(row.state == .reachable && row.windows == .leftOpen && row.warning == nil)
  }

  @Test func aSilentServerEndsNothingAndIsAskedAgainLater() throws {
    var player = try player()
    run(&player, 15) { text in
      text.contains("queue_depth") ? value([Element(.empty, 300)]) : value([])
    }
    var asked = 0
    run(&player, 60) { _ in
      asked += 1
      return .failure(RemoteFailure(.silent, "does not answer: nothing within 5s"))
    }
    #expect(asked < 15, "backed off: \(asked)")
    let snapshot = try #require(player.watch.snapshots(at: player.now).first)
    #expect(snapshot.alerts.map(\.hasNoData) == [true] && snapshot.alerts.map(\.state) == [.firing])
    #expect(snapshot.failures.map(\.rule) == ["Backlog", "Slow"])
    #expect(
      snapshot.remotes.first?.warning == "prometheus at http://p:9090 does not answer: nothing within 5s.")
    #expect(player.kept.resolved.isEmpty)
    run(&player, 90) { text in
      text.contains("queue_depth") ? value([Element(.empty, 300)]) : value([])
    }
    #expect(player.watch.snapshots(at: player.now).first?.alerts.map(\.hasNoData) == [false])
    #expect(player.kept.fired.count == 1 && player.kept.resolved.isEmpty)
    #expect(player.kept.records.flatMap(\.remotes).map(\.state) == ["reachable", "failing", "reachable"])
  }

  @Test func aGraphOfWhatIsNotHereIsAskedThere() throws {
    var player = try player()
    let end = player.now
    player.tell(
      .query(
        id: 7, system: "shop", expression: "far", start: end - .seconds(60), end: end, step: .seconds(30)))
    let point = Point(t: (end - .seconds(30)).milliseconds, v: 5)
    answerAll(&player) { text in
      text.contains("query_range")
        ? .success(.value(PrometheusValue(.matrix([SeriesPoints(Labels(["a": "1"]), [point])]))))
        : value([])
    }
    let charts = player.kept.compactMap { effect -> Chart? in
      if case .answer(7, let chart) = effect { chart } else { nil }
    }
    #expect(charts.map(\.lines) == [[Chart.Line(name: #"{a="1"}"#, values: [nil, 5, nil])]])
  }

  @Test func withoutTrustAnAlertmanagerIsReadAndNothingIsSent() throws {
    let system =
      "title: Shop\nevery: 10s\nalertmanager: {url: \"http://a:9093\", post: true, silences: true}\n"
    for isTrusted in [false, true] {
      var player = try player(system, isTrusted: isTrusted)
      var posts = 0
      run(&player, 20) { text in
        if text.contains("[{") { posts += 1 }
        return text.contains("silences") ? .success(.silences([])) : .success(.alerts([]))
      }
      let row = try #require(player.watch.snapshots(at: player.now).first?.remotes.first)
      #expect(row.uses == (isTrusted ? ["alerts", "posts", "silences"] : ["alerts"]))
      #expect(posts == 0, "nothing fires")
    }
    let folder = try Player.folder(system: system, rules: Self.rules)
    #expect(folder.needsTrust == ["alertmanager sends alerts and silences to http://a:9093"])
  }
}
