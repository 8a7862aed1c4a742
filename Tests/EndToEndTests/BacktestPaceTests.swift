import Foundation
import TestSupport
import Testing

/// `midwatch backtest` evaluates as often as the engine of the system would have.
@Suite struct BacktestPaceTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write("title: Shop\nevery: 15s\n", to: "playbooks/shop/system.yaml")
    let rule = "      - {alert: Slow, expr: latency > 1, labels: {severity: page}}\n"
    try sandbox.write("groups:\n  - name: g\n    rules:\n\(rule)", to: "rules.yaml")
    try sandbox.write("groups:\n  - name: g\n    interval: 60s\n    rules:\n\(rule)", to: "minute.yaml")
    // Ten minutes from 1763709060 on, a sample every 15 seconds; from the second minute's second quarter on too slow.
    let samples = (0...40).map { "latency \($0 < 5 ? "0.5" : "2") \(1_763_709_060 + $0 * 15)" }
    try sandbox.write(
      "# TYPE latency gauge\n" + samples.joined(separator: "\n") + "\n# EOF\n", to: "past.om")
  }

  private func evaluations(_ words: String...) throws -> Int? {
    let outcome = try Binary.run(
      ["backtest", "--metrics", "past.om", "--format", "json"] + words, environment: sandbox.environment,
      in: sandbox.path)
    #expect(outcome.status == 0, "\(outcome.err)")
    let document = try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any]
    return document?["evaluations"] as? Int
  }

  @Test func asOftenAsTheSystem() throws {
    let (own, half, minute) = (
      try evaluations("rules.yaml", "--system", "shop"), try evaluations("rules.yaml"),
      try evaluations("rules.yaml", "--every", "1m", "--system", "shop")
    )
    #expect(own == 41 && half == 21 && minute == 11, "\(own ?? 0) \(half ?? 0) \(minute ?? 0)")
    // What a group says of itself holds.
    #expect(try evaluations("minute.yaml", "--system", "shop") == 11)
    // A system without a folder here is evaluated as one that says nothing.
    #expect(try evaluations("rules.yaml", "--system", "elsewhere") == 21)
  }
}
