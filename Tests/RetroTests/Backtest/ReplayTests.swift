import Metrics
import PromQL
import Testing
import Values

@testable import Alerting
@testable import Retro

/// A replay works out much ahead and leaves out what nobody reads: its firings are those of groups that are evaluated
/// time by time, as they are live.
@Suite struct ReplayTests {
  private static let rules = """
    groups:
      - name: first
        interval: 30s
        query_offset: 10s
        rules:
          - {record: "job:work:rate", expr: "sum without (x) (rate(work_total[2m]))"}
          - {alert: Slow, expr: "job:work:rate < 0.15", for: 1m}
          - {alert: Gone, expr: "absent(depth{instance=\\"i1\\"}) or absent_over_time(depth{instance=\\"i2\\"}[45s])"}
      - name: second
        rules:
          - {alert: Deep, expr: "depth > 6", for: 30s, keep_firing_for: 45s, labels: {v: "{{ $value }}"}}
          - alert: Peak
            expr: "max_over_time(depth[1m]) - depth offset 30s >= 4"
            keep_firing_for: 2m
            annotations: {summary: "{{ $labels.instance }} fell by {{ $value }}"}
          - {alert: Later, expr: "last:depth > 5"}
          - {record: "last:depth", expr: "max by (instance) (depth)"}
          - {alert: Nested, expr: "avg_over_time((depth > 2)[3m:20s]) > 5"}
          - {alert: Two, expr: "{__name__=~\\"depth|work_total\\", instance=\\"i3\\"} > 3"}
    """

  /// Rules that can tell whether the alerts of the others are written.
  private static let readers = [
    "",
    "      - {alert: Many, expr: \"count(ALERTS{alertstate='firing'}) > 3\", for: 30s}\n",
    "      - {alert: Since, expr: \"time() - ALERTS_FOR_STATE > 60\"}\n",
    "      - {alert: Later, expr: \"last:depth > 3\"}\n",
    """
          - alert: Told
            expr: depth < 1
            labels: {a: "{{ range query `count(ALERTS)` }}{{ .Value }}{{ end }}"}

    """,
    "      - {alert: Ahead, expr: \"depth offset -1m > 8\"}\n",
  ]

  @Test(arguments: readers, 1...2 as ClosedRange<UInt64>)
  func firesAsGroupsThatAreEvaluatedTimeByTime(reader: String, seed: UInt64) throws {
    let text = Self.rules + "\n" + (reader.isEmpty ? "" : "  - name: third\n    rules:\n" + reader)
    let parsed = RuleFile.parse(text, file: "rules.yaml", as: .prometheus)
    try #require(!parsed.problems.contains { $0.weight == .error }, "\(parsed.problems)")
    let (source, groups) = SweepTests.source(seed: seed).prepared(for: parsed.groups)
    var replay = Replay(groups, over: source, every: .seconds(15))
    try replay.run { false }
    let expected = try Self.instants(groups, source)
    #expect(Self.lines(replay.firings) == expected.firings)
    #expect(replay.failures.map { Self.words($0.rule, $0.count, $0.reason) } == expected.failures)
    #expect(expected.firings.count > 40)
  }

  private static func lines(_ firings: [FiringSpan]) -> [String] {
    firings.map {
      "\($0.group) \($0.labels) \($0.activeAt) \($0.from) \($0.until.map { "\($0)" } ?? "-") "
        + "\($0.value.bitPattern)"
    }.sorted()
  }

  /// The same with nothing but groups and a store, which gets every sample when its time comes.
  private static func instants(
    _ groups: [GroupDefinition], _ source: BacktestSource
  ) throws -> (firings: [String], failures: [String]) {
    var all: [(labels: Labels, point: Point)] = []
    for id in source.store.select([]) {
      let labels = try #require(source.store.labels(of: id))
      all += source.store.samples(id, after: .min, through: .max).map { (labels, $0) }
    }
    // A stable order: series as they are in the source.
    let points = all.enumerated().sorted { ($0.element.point.t, $0.offset) < ($1.element.point.t, $1.offset) }
    var (store, known) = (Store(), 0)
    var running = groups.map { RuleGroup($0) }
    var firings: [FiringSpan] = []
    var failures: [(rule: String, count: Int, reason: String)] = []
    for step in 0...120 {
      let now = source.from + .seconds(15) * Int64(step)
      guard now <= source.until else { break }
      while known < points.count, points[known].element.point.t <= now.milliseconds {
        let sample = points[known].element
        store.append(sample.labels, t: sample.point.t, v: sample.point.v)
        known += 1
      }
      for index in running.indices where groups[index].interval != .seconds(30) || step % 2 == 0 {
        let result = running[index].evaluate(at: now.milliseconds, in: &store)
        for change in result.transitions {
          if change.to == .firing {
            firings.append(
              FiringSpan(
                group: result.group, rule: change.rule, labels: change.labels, activeAt: change.activeAt,
                from: change.at, until: nil, value: change.value))
          } else if change.from == .firing {
            let open = firings.lastIndex {
              $0.group == result.group && $0.rule == change.rule && $0.labels == change.labels
                && $0.until == nil
            }
            firings[try #require(open)].until = change.at
          }
        }
        for failure in result.failures {
          if let place = failures.firstIndex(where: { $0.rule == failure.rule }) {
            failures[place].count += 1
          } else {
            failures.append((failure.rule, 1, failure.reason))
          }
        }
      }
    }
    return (lines(firings), failures.map { words($0.0, $0.1, $0.2) })
  }

  /// Without the series that a reason names: of several it is any.
  private static func words(_ rule: String, _ count: Int, _ reason: String) -> String {
    let reason = reason.replacing(/instance="[^"]*"/, with: "instance")
    return "\(rule) \(count) \(reason)"
  }
}
