import Alerting
import Metrics
import Testing

struct MatcherTests {
  @Test(arguments: [
    ("alertname = PackErrorRatePage", "[alertname=\"PackErrorRatePage\"]"),
    ("{a=\"b\",c=~\"d|e\"}", "[a=\"b\", c=~\"d|e\"]"),
    ("a!=\"b\", c !~ d.*", "[a!=\"b\", c!~\"d.*\"]"),
    ("tenant = \"x, y\"", "[tenant=\"x, y\"]"),
    ("\"my label\"=\"q\\\"q\"", "[\"my label\"=\"q\\\"q\"]"),
  ])
  func readsAlertmanagersNotation(_ text: String, _ shown: String) throws {
    #expect(try MatcherText.parse(text).description == shown)
  }

  @Test(arguments: ["", "{}", "a", "=b", "a=\"b", "a=~(", "{a=b", "a=\"b\" c=d"])
  func refusesWhatIsNone(_ text: String) {
    #expect(throws: MatcherText.Wrong.self) { try MatcherText.parse(text) }
  }

  @Test(arguments: [
    ("a=\"x\"", true), ("a!=\"x\"", false), ("a=~\"x|y\"", true), ("a=~\"\"", false), ("b=\"\"", true),
    ("b!=\"\"", false), ("a!~\"z.*\"", true),
  ])
  func matchesWholeValuesAndMissingLabels(_ text: String, _ isMatch: Bool) throws {
    let matcher = try #require(LabelMatcher(text))
    #expect(matcher.matches(Labels(["a": "x"])) == isMatch)
  }

  @Test func anInhibitRuleComparesTheNamedLabels() throws {
    let rule = InhibitRule(
      source: try MatcherText.parse("severity=page"), target: try MatcherText.parse("severity=warn"),
      equal: ["job", "zone"])
    let page = Labels(["severity": "page", "job": "api"])
    #expect(rule.inhibits(target: Labels(["severity": "warn", "job": "api"]), source: page))
    #expect(!rule.inhibits(target: Labels(["severity": "warn", "job": "db"]), source: page))
    #expect(!rule.inhibits(target: Labels(["severity": "info", "job": "api"]), source: page))
    #expect(!rule.inhibits(target: Labels(["severity": "warn", "job": "api", "zone": "1"]), source: page))
  }

  @Test func noAlertInhibitsItself() throws {
    let all = try MatcherText.parse("job=api")
    let rule = InhibitRule(source: all, target: all)
    let labels = Labels(["job": "api"])
    #expect(!rule.inhibits(target: labels, source: labels))
  }
}
