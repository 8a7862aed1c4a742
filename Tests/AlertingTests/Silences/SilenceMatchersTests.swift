import Alerting
import Metrics
import Testing

struct SilenceMatchersTests {
  @Test(arguments: [
    (
      "alertname=\"QueueBacklog\", queue=~\"bill.*\"", ["alertname": "QueueBacklog", "queue": "billing"], true
    ),
    (
      "alertname=\"QueueBacklog\", queue=~\"bill.*\"", ["alertname": "QueueBacklog", "queue": "xbilling"],
      false
    ),
    ("alertname=\"QueueBacklog\", queue!=\"\"", ["alertname": "QueueBacklog"], false),
    ("{alertname=Q,queue!~\"a|b\"}", ["alertname": "Q", "queue": "c"], true),
    ("{alertname=Q,queue!~\"a|b\"}", ["alertname": "Q"], true),
  ])
  func matchAsInAlertmanager(_ text: String, _ labels: [String: String], _ isMatch: Bool) throws {
    #expect(try SilenceMatchers(text).matches(Labels(labels)) == isMatch)
  }

  @Test(arguments: [
    "alertname=~\".*\"", "alertname=\"\"", "alertname!=\"x\"", "a!~\"b\", c=~\"d?\"", "alertname", "",
    "a=~\"(\"",
  ])
  func refuseWhatSaysNothing(_ text: String) {
    let error = #expect(throws: SilenceMatchers.Objection.self) { try SilenceMatchers(text) }
    #expect(error?.sentence.hasSuffix(".") == true)
  }

  @Test(arguments: [
    ("alertname=~\".+\"", true), ("alertname!=\"\"", true), ("alertname=~\".+\", severity=~\".+\"", true),
    ("alertname!=\"\", alertname!=\"Watchdog\"", true), ("alertname=~\"Pack.*\"", false),
    ("alertname=~\".+\", severity=\"page\"", false), ("alertname=~\"[A-Z].*\"", false),
  ])
  func knowWhenTheyHideEverything(_ text: String, _ everything: Bool) throws {
    #expect(try SilenceMatchers(text).matchesEverything == everything)
  }

  @Test func prefillAnAlertsLabelsSoThatTheyReadBack() throws {
    let labels = ["alertname": "Q", "severity": "page", "path": "a\"b\\c\nd, e", "über": "ä"]
    let matchers = try SilenceMatchers(SilenceMatchers.exactly(labels))
    #expect(matchers.matches(Labels(labels)))
    #expect(matchers.matchers.map(\.name) == ["alertname", "path", "über"])
    #expect(SilenceMatchers(stored: matchers.texts) == matchers)
  }

  @Test func ofWhichOneCannotBeReadHideNothing() {
    #expect(SilenceMatchers(stored: ["alertname=\"Q\"", "queue=~\"(\""]) == nil)
    #expect(SilenceMatchers(stored: []) == nil)
  }

  @Test(arguments: [
    ("alertname=~\"Pack.*\"", "PackDown", true), ("alertname=~\"Pack.*\"", "Queue", false),
    ("queue=x", "Queue", true),
  ])
  func knowWhichRulesTheyCouldHide(_ text: String, _ rule: String, _ could: Bool) throws {
    #expect(try SilenceMatchers(text).couldMatch(rule: rule) == could)
  }
}
