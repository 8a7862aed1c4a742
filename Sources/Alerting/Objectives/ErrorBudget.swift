import Metrics
import PromQL
import Values

/// The rules that come from an objective: what is good and what there is at all are recorded, their sums over windows
/// tell how fast the budget burns, and an alert fires when that is too fast.
///
/// Only what the two recorded series say is kept for the whole window; everything else is as old as any rule needs.
package enum ErrorBudget {
  /// The alert's name.
  package static let name = "ErrorBudgetBurn"

  /// Names of the recorded series; each has the label `slo`, the burn rate `window` besides.
  package enum Series {
    /// What there is, per second; no sample where there is none.
    package static let total = "slo:total:rate"
    package static let good = "slo:good:rate"
    /// 1: as fast as spends the whole budget within the objective's window.
    package static let burn = "slo:burn:ratio"
    /// How many evaluations of the window had anything to count.
    package static let covered = "slo:covered:count"
  }

  /// An objective as its rules need it.
  package struct Target: Sendable {
    /// The label `slo`.
    package let title: String
    /// From 0 to 1, both left out.
    package let objective: Double
    package let window: Span
    /// Expressions in which `$window` stands for a range.
    package let good: String
    package let total: String
    /// Alerts are at most this loud; nil: there are none.
    package let loudest: Level?
    package let playbook: String?
    /// How often it is evaluated, and over what range each time.
    package let pace: Pace
    package let position: Position

    package init(
      title: String, objective: Double, window: Span, good: String, total: String, loudest: Level? = .page,
      playbook: String? = nil, pace: Pace, position: Position = .start
    ) {
      self.title = title
      self.objective = objective
      self.window = window
      self.good = good
      self.total = total
      self.loudest = loudest
      self.playbook = playbook
      self.pace = pace
      self.position = position
    }

    package var pairs: [BurnPair] { BurnPair.pairs(for: window, shortest: pace.range) }
  }

  /// How densely an objective is recorded.
  package struct Pace: Hashable, Sendable {
    /// Between two evaluations.
    package let step: Span
    /// What `$window` stands for: each rate looks back so far. Every event is in as many evaluations as every other,
    /// so the ratio of sums of rates is that of sums of events.
    package let range: Span

    /// - Parameter slowest: the longest that samples of one series are apart.
    package init(window: Span, slowest: Span) {
      step = window < .days(3) ? .seconds(30) : .minutes(1)
      // A rate wants four samples, so that one can be missing.
      range = max(step * 2, slowest * 4)
    }
  }

  /// The share of events that may be bad: 0.001 for 99.9 %, without what binary fractions add.
  package static func budget(of objective: Double) -> Double {
    ((1 - objective) * 1e9).rounded() / 1e9
  }

  /// The fastest that a budget can burn: when nothing is good.
  package static func fastest(of objective: Double) -> Double {
    let budget = budget(of: objective)
    return budget > 0 ? 1 / budget : .infinity
  }

  package static func group(_ target: Target, file: String) -> GroupDefinition {
    let pairs = target.pairs
    let windows = Set(pairs.flatMap { [$0.long, $0.short] } + [target.window]).sorted()
    var rules = [
      recording(Series.total, of: target, "sum(\(target.filled(target.total))) > 0", file),
      recording(Series.good, of: target, good(target), file),
    ]
    for window in windows {
      rules.append(recording(Series.burn, of: target, burn(target, over: window), file, over: window))
    }
    let covered = "count_over_time(\(target.series(Series.total))[\(target.window.prometheus)])"
    rules.append(recording(Series.covered, of: target, covered, file))
    if let loudest = target.loudest {
      rules += pairs.map { alert($0, of: target, level: min($0.level, loudest), file) }
    }
    let kept = [Series.total, Series.good].map { ($0, target.window + .minutes(5)) }
    return GroupDefinition(
      file: file, name: "slo \(target.title)", interval: target.pace.step, rules: rules.compactMap { $0 },
      position: target.position, kept: Dictionary(kept) { first, _ in first })
  }

  // MARK: Expressions

  /// Where there is something and no series says that any of it was good, none was.
  private static func good(_ target: Target) -> String {
    let total = target.series(Series.total)
    return "(sum(\(target.filled(target.good))) or on() \(total) * 0) and on() \(total)"
  }

  private static func burn(_ target: Target, over window: Span) -> String {
    func sum(_ name: String) -> String {
      "sum_over_time(\(target.series(name))[\(window.prometheus)])"
    }
    let bad = "1 - \(sum(Series.good)) / \(sum(Series.total))"
    // Two counters that are read at one time need not have been counted at one time. And what is exactly as fast as an
    // alert allows must not be a rounding error faster.
    return "round(clamp_min(\(bad), 0) / \(budget(of: target.objective)), 1e-6)"
  }

  private static func recording(
    _ name: String, of target: Target, _ source: String, _ file: String, over window: Span? = nil
  ) -> Rule? {
    guard let expr = try? PromQL.parse(source) else { return nil }
    var labels = [Rule.Text("slo", target.title, template: nil)]
    if let window { labels.append(Rule.Text("window", window.prometheus, template: nil)) }
    return Rule(
      kind: .recording(name), expr: expr, source: source, labels: labels, file: file,
      position: target.position, isBuiltIn: true)
  }

  private static func alert(_ pair: BurnPair, of target: Target, level: Level, _ file: String) -> Rule? {
    let (long, short) = (pair.long.prometheus, pair.short.prometheus)
    func series(_ window: String) -> String { target.series(Series.burn, ["window": window]) }
    // At first both windows hold the same few evaluations, and a single bad moment would be a page.
    let enough =
      "\(target.series(Series.covered)) >= \(pair.short.milliseconds / target.pace.step.milliseconds)"
    let source =
      "\(series(long)) > \(pair.factor.plain)"
      + " and on(slo) (\(series(short)) > \(pair.factor.plain) and on(slo) \(enough))"
    let summary =
      "{{ $labels.slo }}: the error budget burns {{ $value | humanize }} times as fast as it may, over \(long) "
      + "and \(short)"
    guard let expr = try? PromQL.parse(source), let template = try? AnnotationTemplate(summary) else {
      return nil
    }
    var annotations = [Rule.Text("summary", summary, template: template)]
    if let playbook = target.playbook {
      annotations.append(Rule.Text("playbook", playbook, template: nil))
    }
    return Rule(
      kind: .alerting(name), expr: expr, source: source,
      // They are on the result already; as labels of the rule they tell which of the three an alert of before is of.
      labels: [("severity", level.rawValue), ("slo", target.title), ("window", long)].map {
        Rule.Text($0.0, $0.1, template: nil)
      }, annotations: annotations, file: file,
      position: target.position, isBuiltIn: true)
  }
}

extension ErrorBudget.Target {
  /// A selector of a recorded series of this objective.
  fileprivate func series(_ name: String, _ more: [String: String] = [:]) -> String {
    Labels(more.merging(["slo": title]) { $1 }).setting(.metricName, name).description
  }

  /// An expression over one step's range.
  fileprivate func filled(_ text: String) -> String {
    let filled = text.replacing(ErrorBudget.placeholder, with: pace.range.prometheus)
    // What stands behind it must not become part of a comment at its end.
    return filled.contains("#") ? "\n\(filled)\n" : filled
  }
}

extension ErrorBudget {
  /// Stands for a range in an objective's expressions.
  package static let placeholder = "$window"

  /// Why an expression cannot be one of an objective's; nil when it can. The offset is in characters of `text`.
  package static func objection(to text: String) -> (message: String, offset: Int)? {
    // As long as the placeholder, so that what is wrong behind it stays where it is.
    let sample = text.replacing(placeholder, with: "000005m")
    do throws(ParseError) {
      let expr = try PromQL.parse(sample)
      guard expr.valueType == .vector else {
        return ("it is \(expr.valueType.withArticle), and an objective counts series", 0)
      }
      return nil
    } catch {
      return (error.message, error.offset)
    }
  }
}

extension Double {
  /// `6` and `14.4`.
  fileprivate var plain: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
