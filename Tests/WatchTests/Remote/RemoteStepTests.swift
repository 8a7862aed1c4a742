import Alerting
import Foundation
import Incidents
import Metrics
import Playbooks
import PromQL
import Systems
import Testing
import Values

@testable import Watch

/// Steps that wait for what only a remote engine knows.
@Suite struct RemoteStepTests {
  private static let system = """
    title: Shop
    every: 10s
    endpoints: {metrics: {scrape: "http://127.0.0.1:1/metrics", level: off}}
    prometheus: {url: "http://p:9090", timeout: 5s, take: TAKE}
    """

  private func player(_ until: String, take: String = "rules", isTakenBack: Bool = false) throws -> Player {
    var player = Player()
    let text = Self.system.replacing("TAKE", with: take)
    let folder = try Player.folder(system: text, rules: "groups: []\n")
    player.tell(.load(folder, isTrusted: true, saved: nil, firing: []))
    let step = WaitingStep(run: "R-1", step: "1.1", until: Until(until), isTakenBack: isTakenBack)
    player.tell(.waiting(["shop": [step]]))
    return player
  }

  private func value(_ elements: [Element]) -> RemoteAnswer {
    .success(.value(PrometheusValue(.vector(elements))))
  }

  /// Seconds go by, the server answers; returns what was ticked, and what was asked of the step.
  private func run(
    _ player: inout Player, _ span: Int64, local: Int? = nil, _ answer: (String) -> RemoteAnswer
  ) -> (ticks: [TickStep], asked: [String]) {
    var ticks: [TickStep] = []
    var asked: [String] = []
    for _ in 0..<span {
      player.pass(.seconds(1)) { endpoint, now in
        local.map { Answers.queue($0)(endpoint, now) } ?? nil
      }
      var open = player.take()
      while !open.isEmpty {
        for case .tick(let tick) in open { ticks.append(tick) }
        for case .call(let system, let call) in open {
          let body = String(decoding: call.request.body ?? [], as: UTF8.self).removingPercentEncoding ?? ""
          let text = call.request.url + " " + body.replacing("+", with: " ")
          if text.contains("queue") { asked.append(text) }
          player.tell(.answered(system: system, call: call.id, answer(text), jitter: 1))
        }
        open = player.take()
      }
    }
    return (ticks, asked)
  }

  @Test(arguments: ["rules", "alerts"]) func theServerIsAskedForWhatIsNotHere(_ take: String) throws {
    var player = try player("queue_depth < 50", take: take)
    var depth = 300.0
    let deep = run(&player, 40) { text in
      if text.contains("ALERTS") || text.contains("/rules") { return .success(.alerts([])) }
      guard text.contains("queue") else { return value([]) }
      return value(text.contains("< 50") && depth >= 50 ? [] : [Element(.empty, depth)])
    }
    #expect(deep.ticks.isEmpty && deep.asked.contains { $0.contains("queue_depth < 50") })
    #expect(deep.asked.count <= 2 * 5, "no more than once in each of its turns")
    depth = 10
    let shallow = run(&player, 40) { text in
      text.contains("/rules") ? .success(.alerts([])) : value([Element(.empty, depth)])
    }
    #expect(shallow.ticks.map(\.step) == ["1.1"])
    #expect(shallow.ticks.first?.check == TickStep.Check(until: "queue_depth < 50", marked: nil))
    #expect(shallow.asked.count <= 4, "who was ticked is asked no more: \(shallow.asked.count)")
  }

  @Test func noAnswerTicksNothingAndItIsAskedAgain() throws {
    var player = try player("queue_depth < 50")
    let silent = run(&player, 60) { _ in
      .failure(RemoteFailure(.silent, "does not answer: nothing within 5s"))
    }
    #expect(silent.ticks.isEmpty)
    let back = run(&player, 120) { text in
      value(text.contains("queue") ? [Element(.empty, 10)] : [])
    }
    #expect(back.ticks.count == 1)
  }

  /// An empty answer means that it does not hold only where the series are there.
  @Test func nothingThereIsNoAnswer() throws {
    for hasSeries in [false, true] {
      var player = try player("queue_depth < 50", isTakenBack: true)
      _ = run(&player, 30) { text in
        value(text.contains("group by") && hasSeries ? [Element(.empty, 1)] : [])
      }
      let later = run(&player, 30) { text in
        value(text.contains("queue") ? [Element(.empty, 10)] : [])
      }
      #expect(
        later.ticks.count == (hasSeries ? 1 : 0), "what was taken back has to be seen not to hold first")
    }
  }

  @Test(arguments: [
    ("scalar(queue_depth)", 0.0, 0), ("scalar(queue_depth)", 2, 1), ("scalar(queue_depth)", .nan, 0),
  ])
  func aNumberHoldsWhenItIsNotNought(_ until: String, _ number: Double, _ ticks: Int) throws {
    var player = try player(until)
    let result = run(&player, 30) { text in
      text.contains("scalar")
        ? .success(.value(PrometheusValue(.scalar(number)))) : value([Element(.empty, 1)])
    }
    #expect(result.ticks.count == ticks)
  }

  @Test func seriesThatAreHereDecideHere() throws {
    var player = try player("queue_depth < 50")
    let result = run(&player, 60, local: 10) { _ in value([]) }
    #expect(result.ticks.count == 1)
    // Before the first scrape nobody knows where they are.
    #expect(result.asked.count <= 2)
  }

  @Test func anotherServerIsAskedAnew() throws {
    var player = try player("queue_depth < 50")
    player.pass(.seconds(12))
    let text = Self.system.replacing("TAKE", with: "rules").replacing("p:9090", with: "q:9090")
    let folder = try Player.folder(system: text, rules: "groups: []\n")
    player.tell(.load(folder, isTrusted: true, saved: nil, firing: []))
    _ = player.take()
    let result = run(&player, 40) { text in value(text.contains("queue") ? [Element(.empty, 10)] : []) }
    #expect(result.ticks.count == 1)
    #expect(result.asked.allSatisfy { $0.hasPrefix("http://q:9090") })
  }
}
