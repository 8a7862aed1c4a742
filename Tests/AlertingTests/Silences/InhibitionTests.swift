import Alerting
import Metrics
import Testing

struct InhibitionTests {
  private func rule(_ source: String, _ target: String, equal: [String] = []) throws -> InhibitRule {
    InhibitRule(source: try MatcherText.parse(source), target: try MatcherText.parse(target), equal: equal)
  }

  /// Source and target matchers, `equal`, the labels of what fires, and of the alert that is asked about.
  @Test(arguments: [
    (
      "severity=page", "severity=warn", ["job"], ["severity": "page", "job": "a"],
      ["severity": "warn", "job": "a"], true
    ),
    (
      "severity=page", "severity=warn", ["job"], ["severity": "page", "job": "a"],
      ["severity": "warn", "job": "b"], false
    ),
    // Missing, empty and missing on both sides are the same, as in Alertmanager.
    ("severity=page", "severity=warn", ["zone"], ["severity": "page"], ["severity": "warn"], true),
    (
      "severity=page", "severity=warn", ["zone"], ["severity": "page", "zone": ""], ["severity": "warn"], true
    ),
    (
      "severity=page", "severity=warn", ["zone"], ["severity": "page", "zone": "1"], ["severity": "warn"],
      false
    ),
    ("severity=page", "severity=warn", [], ["severity": "warn"], ["severity": "warn"], false),
    ("severity=~\"page|crit.*\"", "severity!=page", [], ["severity": "critical"], ["severity": "warn"], true),
    // An alert that fits both sides is inhibited by one that fits only the source …
    ("job=api", "job=~\".+\"", [], ["job": "api"], ["job": "db"], true),
    // … and not by another that fits both.
    ("job=api", "job=~\".+\"", [], ["job": "api", "n": "1"], ["job": "api", "n": "2"], false),
  ])
  func followsAlertmanager(
    _ source: String, _ target: String, _ equal: [String], _ fires: [String: String],
    _ asked: [String: String],
    _ isInhibited: Bool
  ) throws {
    let inhibition = Inhibition([try rule(source, target, equal: equal)], firing: [Labels(fires)])
    #expect((inhibition.inhibitor(of: Labels(asked)) != nil) == isInhibited)
  }

  @Test func findsTheOneSidedSourceAmongTwoSidedOnes() throws {
    let rule = try rule("team=core", "level=warn")
    let both = Labels(["team": "core", "level": "warn", "n": "1"])
    let asked = Labels(["team": "core", "level": "warn", "n": "2"])
    let source = Labels(["team": "core", "level": "page"])
    #expect(Inhibition([rule], firing: [both]).inhibitor(of: asked) == nil)
    #expect(Inhibition([rule], firing: [both, source]).inhibitor(of: asked) == source)
    #expect(Inhibition([rule], firing: [source, both]).inhibitor(of: both) == source)
  }

  /// The answer is that of looking at every pair.
  @Test func agreesWithLookingAtEveryPair() throws {
    let rules = [
      try rule("a=1", "b=1", equal: ["c"]), try rule("a=~\"1|2\"", "a=~\"2|3\"", equal: ["b", "c"]),
      try rule("c!=0", "b=0"),
    ]
    var all: [Labels] = []
    for a in ["", "1", "2", "3"] {
      for b in ["", "0", "1"] { for c in ["", "0", "1"] { all.append(Labels(["a": a, "b": b, "c": c])) } }
    }
    for skip in 1...7 {
      let firing = all.enumerated().filter { $0.offset % skip == 0 }.map(\.element)
      let inhibition = Inhibition(rules, firing: firing)
      for labels in all {
        let isInhibited = rules.contains { rule in
          func fits(_ matchers: [Matcher], _ labels: Labels) -> Bool {
            matchers.allSatisfy { $0.matches(labels) }
          }
          return fits(rule.target, labels)
            && firing.contains { other in
              fits(rule.source, other) && rule.equal.allSatisfy { (other[$0] ?? "") == (labels[$0] ?? "") }
                && !(fits(rule.source, labels) && fits(rule.target, other))
            }
        }
        #expect((inhibition.inhibitor(of: labels) != nil) == isInhibited, "\(labels) every \(skip)")
      }
    }
  }
}
