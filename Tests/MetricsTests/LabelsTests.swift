import Foundation
import Metrics
import Testing

struct LabelsTests {
  @Test func pairsAreSortedUniqueAndWithoutEmptyValues() {
    let labels = Labels([("b", "1"), ("a", "x"), ("b", "2"), ("c", "")])
    #expect(labels.pairs == [Label("a", "x"), Label("b", "2")])
    #expect(labels["b"] == "2")
    #expect(labels["c"] == nil)
  }

  @Test func equalLabelsAreEqualHoweverTheyWereMade() {
    let direct = Labels([("__name__", "up"), ("job", "api")])
    let made = Labels([("job", "web"), ("x", "y")]).setting("job", "api").setting("__name__", "up").removing(
      "x")
    #expect(direct == made)
    #expect(direct.hashValue == made.hashValue)
    #expect(direct.setting("job", "") == Labels([("__name__", "up")]))
    #expect(direct.keeping(["job"]) == Labels([("job", "api")]))
    #expect(direct.withoutMetricName == Labels([("job", "api")]))
    #expect(direct.setting(Labels([("job", "b"), ("a", "c")])).description == #"up{a="c", job="b"}"#)
  }

  @Test func aValueCannotPassForTwoLabels() {
    #expect(Labels([("a", "1b2")]) != Labels([("a", "1"), ("b", "2")]))
    #expect(Labels([("ab", "c")]).fingerprint != Labels([("a", "bc")]).fingerprint)
  }

  @Test(arguments: [
    (Labels([("__name__", "up")]), "up"),
    (Labels.empty, "{}"),
    (Labels([("__name__", "up"), ("job", "a\"b\n"), ("instance", "x")]), #"up{instance="x", job="a\"b\n"}"#),
    (Labels([("__name__", "my.metric"), ("my label", "é")]), #"{"my.metric", "my label"="é"}"#),
  ])
  func textIsThatOfPrometheus(labels: Labels, text: String) {
    #expect(labels.description == text)
  }

  @Test func jsonIsAnObject() throws {
    let labels = Labels([("__name__", "up"), ("job", "api")])
    let data = try JSONEncoder().encode(labels)
    #expect(try JSONDecoder().decode(Labels.self, from: data) == labels)
    #expect(try JSONDecoder().decode([String: String].self, from: data) == labels.dictionary)
  }

  @Test func orderIsPairByPairThenByLength() {
    let short = Labels([("a", "1")])
    let long = Labels([("a", "1"), ("b", "1")])
    let other = Labels([("a", "2")])
    #expect([other, long, short].sorted() == [short, long, other])
  }

  @Test func textsThatOnlyLookTheSameAreDifferent() {
    let (one, two) = ("\u{e9}", "e\u{301}")
    #expect(Labels([("a", one)]) != Labels([("a", two)]))
    let both = Labels([(one, "1"), (two, "2")])
    #expect(both.count == 2)
    #expect(both == Labels([(two, "2"), (one, "1")]))
    #expect(Matcher("a", one).matches(one) && !Matcher("a", one).matches(two))
    #expect(Matcher("a", one, negated: true).matches(two))
  }
}
