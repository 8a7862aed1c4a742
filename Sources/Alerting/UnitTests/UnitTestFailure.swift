import Metrics
import PromQL
import Values

/// Where what came differs from what was expected, told as promtool tells it.
package struct UnitTestFailure: Sendable {
  enum Difference: Sendable {
    case alerts(rule: String, expected: [FiringAlert], found: [FiringAlert])
    case samples(expr: String, expected: [Element], found: [Element])
    /// An expression that cannot be evaluated.
    case expression(String, error: String)
    /// A rule that cannot be evaluated: it ends the test.
    case rule(String, error: String)
  }

  /// An alert as far as a test compares it.
  struct FiringAlert: Hashable, Comparable, Sendable {
    let labels: Labels
    /// Without empty ones, as Prometheus keeps them.
    let annotations: Labels

    static func < (a: Self, b: Self) -> Bool {
      a.labels == b.labels ? a.annotations < b.annotations : a.labels < b.labels
    }
  }

  let difference: Difference
  /// As the file has it; nil for a test without a name.
  let test: String?
  /// The time within the test.
  let time: Span
  let file: String
  package let position: Position

  /// Lines in promtool's words.
  ///
  /// - Parameter isDiff: lines that were expected begin with `-` and those that came with `+`, what is common
  ///   stands once; else one list after the other.
  package func text(isDiff: Bool = false) -> String {
    switch difference {
    case .alerts(let rule, let expected, let found):
      let name = test.map { "    name: \($0),\n" } ?? ""
      let head = "\(name)    alertname: \(rule), time: \(time.prometheus), \n"
      let (exp, got) = (Self.list(expected), Self.list(found))
      let both = isDiff ? Self.diff(exp, got) : "        exp:\(exp), \n        got:\(got)"
      return head + both
    case .samples(let expr, let expected, let found):
      let head = "    expr: \(expr.quotedAsInGo), time: \(time.prometheus),\n"
      if isDiff { return head + Self.diff(Self.lines(expected), Self.lines(found)) }
      return head + "        exp: \(Self.row(expected))\n        got: \(Self.row(found))"
    case .expression(let expr, let error):
      return "    expr: \(expr.quotedAsInGo), time: \(time.prometheus), err: \(error)"
    case .rule(let rule, let error):
      return "    rule: \(rule), time: \(time.prometheus), err: \(error)"
    }
  }

  /// The same with its place, for lists of problems.
  package var problem: Problem {
    Problem(
      text().split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " "),
      remedy: "correct the rule or the test", file: file, at: position)
  }

  private static func list(_ alerts: [FiringAlert]) -> String {
    guard !alerts.isEmpty else { return "[]" }
    let entries = alerts.enumerated().map { index, alert in
      """
                  \(index):
                    Labels:\(alert.labels.fullDescription)
                    Annotations:\(alert.annotations.fullDescription)
      """
    }
    return "[\n" + entries.joined(separator: ",\n") + "\n            ]"
  }

  private static func row(_ samples: [Element]) -> String {
    samples.isEmpty ? "nil" : samples.map(text).joined(separator: ", ")
  }

  private static func lines(_ samples: [Element]) -> String {
    samples.map { "            " + text($0) }.joined(separator: "\n")
  }

  private static func text(_ sample: Element) -> String {
    "\(sample.labels.fullDescription) \(GoFloat.exponential(sample.value))"
  }

  private static func diff(_ expected: String, _ found: String) -> String {
    let old = expected.split(separator: "\n").map(String.init)
    let new = found.split(separator: "\n").map(String.init)
    let changes = new.difference(from: old)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [String] = []
    var next = 0
    for (index, line) in old.enumerated() {
      if removed.contains(index) {
        lines.append("      - " + line)
        continue
      }
      while inserted.contains(next) {
        lines.append("      + " + new[next])
        next += 1
      }
      lines.append("        " + line)
      next += 1
    }
    lines += new[min(next, new.count)...].map { "      + " + $0 }
    return lines.joined(separator: "\n")
  }
}
