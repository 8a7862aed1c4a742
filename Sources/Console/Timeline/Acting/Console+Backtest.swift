import Incidents
import Terminal
import Values

/// What rules are tried on, and how.
package struct BacktestWish: Hashable, Sendable {
  /// Its series are what the rules are tried on.
  package let incident: String
  /// A rule file; absolute.
  package let rules: String
  /// Between evaluations of groups that name no interval.
  package let every: Span
  package let sweep: ThresholdSweep?
}

/// One alert with other thresholds, from one to another.
package struct ThresholdSweep: Hashable, Sendable {
  package let rule: String
  package let thresholds: [Double]

  /// Evenly spread, both ends included.
  init(_ rule: String, from: Double, to: Double, steps: Int) {
    self.rule = rule
    let gaps = max(1, steps - 1)
    thresholds = (0..<max(1, steps)).map { from + (to - from) * Double($0) / Double(gaps) }
  }
}

/// Other rules tried on an incident's own series.
extension Console {
  mutating func openBacktest() -> [Effect] {
    guard let incident = timeline.chosen(world) else { return [] }
    let system = incident.systems.first { world.options.folders[$0] != nil }
    let folder = system.flatMap { world.options.folders[$0]?.path }
    let every = world.guide(system ?? incident.systems.first)?.every ?? .seconds(30)
    return open(
      .form(
        Form(
          .backtest(incident: incident.key), title: "try rules on the series of \(incident.key)", verb: "try",
          fields: [
            Form.Field("rules", "rule file", text: folder.map { "\($0)/rules.yaml" } ?? ""),
            Form.Field("alert", "sweep the alert", note: "tried with many thresholds; empty is none"),
            Form.Field("from", "from"), Form.Field("to", "to"), Form.Field("steps", "in steps", text: "20"),
            Form.Field(
              "every", "every", text: every.prometheus,
              note: "between evaluations of groups without an interval"),
          ])))
  }

  mutating func submitBacktest(_ form: Form, _ incident: String, at now: Instant) -> [Effect] {
    let path = form["rules"]
    guard !path.isEmpty else { return refuse("Name the file with the rules.") }
    guard let every = Span(prometheus: form["every"]), every > .zero else {
      return refuse("\"\(form["every"])\" is no length of time; write 15s or 1m.")
    }
    var sweep: ThresholdSweep?
    if !form["alert"].isEmpty {
      guard let from = Double(form["from"]), let to = Double(form["to"]), from.isFinite, to.isFinite else {
        return refuse("A sweep goes from one number to another, such as 0.01 and 0.1.")
      }
      guard let steps = Int(form["steps"]), (2...1000).contains(steps) else {
        return refuse("A sweep has 2 to 1000 steps.")
      }
      sweep = ThresholdSweep(form["alert"], from: from, to: to, steps: steps)
    }
    shell.overlay = nil
    shell.say("trying the rules on \(incident)…", at: now)
    let absolute = path.hasPrefix("/") ? path : "\(world.options.directory)/\(path)"
    return send(.backtest(BacktestWish(incident: incident, rules: absolute, every: every, sweep: sweep)))
  }
}
