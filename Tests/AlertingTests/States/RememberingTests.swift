import Metrics
import PromQL
import Testing
import Values

@testable import Alerting

/// What rules keep between evaluations changes nothing that they say.
struct RuleRememberingTests {
  private static let rules = """
    groups:
      - name: g
        rules:
          - {record: r, expr: x * 2, labels: {kind: double}}
          - alert: A
            expr: x > 1
            labels: {size: '{{ if gt $value 5.0 }}big{{ else }}small{{ end }}'}
            annotations: {value: '{{ $value }}', fixed: 'i is {{ $labels.i }}', asked: '{{ with query "y" }}{{ . | first | value }}{{ end }}'}
    """

  @Test func textsFollowTheirValueAndTheirQueries() throws {
    var post = Watchpost(Self.rules)
    var seen: [[String]] = []
    for (minute, value) in [(0, 2.0), (1, 3.0), (2, 3.0), (3, 7.0)] {
      post.put(["__name__": "x", "i": "1"], value, at: minute)
      post.put(["__name__": "y"], Double(minute), at: minute)
      _ = post.evaluate(at: minute)
      let alert = try #require(post.groups[0].instances.first { $0.value == value })
      seen.append(
        [
          alert.labels["size"], alert.annotations["value"], alert.annotations["fixed"],
          alert.annotations["asked"],
        ]
        .map { $0 ?? "" })
    }
    #expect(
      seen == [
        ["small", "2", "i is 1", "0"], ["small", "3", "i is 1", "1"], ["small", "3", "i is 1", "2"],
        ["big", "7", "i is 1", "3"],
      ])
    #expect(
      try post.ask("ALERTS", at: 3) == [
        "ALERTS{alertname=\"A\", alertstate=\"firing\", i=\"1\", size=\"big\"} 1.0"
      ])
  }

  @Test func seriesThatTheStoreForgotAreWrittenAgain() throws {
    var post = Watchpost(Self.rules)
    for minute in [0, 1, 100, 101] {
      post.put(["__name__": "x", "i": "1"], 4, at: minute)
      _ = post.evaluate(at: minute)
      #expect(try post.ask("r", at: minute) == ["r{i=\"1\", kind=\"double\"} 8.0"])
      #expect(try post.ask("count(ALERTS) + count(ALERTS_FOR_STATE)", at: minute) == ["{} 2.0"])
      if minute == 1 {
        _ = post.evaluate(at: 30)
        #expect(try post.ask("r", at: 30).isEmpty)
        post.store.trim(before: 90 * 60_000)
        #expect(post.store.seriesCount == 0)
      }
    }
  }

  @Test func anInheritedAlertWhoseConditionEndedIsOver() throws {
    var post = Watchpost(Self.rules)
    post.put(["__name__": "x", "i": "1"], 4, at: 0)
    #expect(post.transitions(at: 0) == ["A inactive→firing"])
    var fresh = Watchpost(Self.rules).groups[0]
    fresh.inherit(from: post.groups[0], at: .minute(1))
    post.groups = [fresh]
    post.put(["__name__": "x", "i": "1"], 0, at: 1)
    #expect(post.transitions(at: 1) == ["A firing→inactive recovered"])
    #expect(try post.ask("ALERTS", at: 1).isEmpty)
  }
}
