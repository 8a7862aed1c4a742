import Alerting
import Metrics
import Testing
import Values

struct AlertLifeTests {
  private static let rules = """
    groups:
      - name: g
        rules:
          - alert: Down
            expr: up == 0
            for: 2m
            labels: {severity: critical}
            annotations: {summary: '{{ $labels.instance }} is down', unit: ratio, playbook: 'restart#first'}
    """

  @Test func anAlertIsPendingThenFiresThenRecovers() throws {
    var post = Watchpost(Self.rules)
    let up = ["__name__": "up", "instance": "a"]
    post.put(up, 1, at: 0)
    #expect(post.transitions(at: 0).isEmpty)
    post.put(up, 0, at: 1)
    #expect(post.transitions(at: 1) == ["Down inactive→pending"])
    post.put(up, 0, at: 2)
    #expect(post.transitions(at: 2).isEmpty)
    post.put(up, 0, at: 3)
    let fired = try #require(post.evaluate(at: 3).first?.transitions.first)
    #expect(fired.from == .pending && fired.to == .firing && fired.at == .minute(3))
    #expect(fired.activeAt == .minute(1))
    #expect(fired.level == .page)
    #expect(fired.summary == "a is down")
    #expect(fired.playbook == "restart#first")
    #expect(fired.unit == .ratio)
    #expect(fired.threshold?.sign == "==" && fired.threshold?.value == 0)
    #expect(fired.source == "rules.yaml:4")
    #expect(fired.labels == Labels(["alertname": "Down", "instance": "a", "severity": "critical"]))
    post.put(up, 1, at: 4)
    #expect(post.transitions(at: 4) == ["Down firing→inactive recovered"])
    #expect(post.groups.first?.resolved.count == 1)
    #expect(post.groups.first?.instances.isEmpty ?? false)
  }

  @Test func aVanishedSeriesIsNoRecovery() {
    var post = Watchpost(Self.rules)
    let a = ["__name__": "up", "instance": "a"]
    let b = ["__name__": "up", "instance": "b"]
    for minute in 0...3 {
      post.put(a, 0, at: minute)
      post.put(b, 1, at: minute)
      _ = post.evaluate(at: minute)
    }
    // `a` ends with a stale marker while `b` lives on: the selector still finds something, but not for `a`.
    post.put(a, staleNaN, at: 4)
    post.put(b, 1, at: 4)
    #expect(post.transitions(at: 4) == ["Down firing→inactive noData"])
  }

  @Test func aScrapeThatStopsIsNoRecoveryEither() {
    var post = Watchpost(Self.rules)
    for minute in 0...2 {
      post.put(["__name__": "up", "instance": "a"], 0, at: minute)
      _ = post.evaluate(at: minute)
    }
    #expect(post.transitions(at: 6).isEmpty)
    #expect(post.transitions(at: 7) == ["Down firing→inactive noData"])
  }

  @Test(arguments: [
    ("absent(x)", false), ("y or x", false), ("y unless x", false), ("y * x", true), ("sum(x) > 1", true),
    ("x > 1 or vector(0)", false), ("rate(x[5m])", true), ("y + on () group_left scalar(x)", true),
  ])
  func onlyNeededSelectorsAreMissed(_ expr: String, _ isMissing: Bool) throws {
    var store = Store()
    store.append(Labels(["__name__": "y"]), t: 60_000, v: 1)
    let text = "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: '\(expr)'\n"
    let groups = RuleFile.parse(text, file: "rules.yaml").groups
    guard let rule = groups.first?.rules.first else { return }
    #expect(rule.expr.missingSelectors(for: .empty, at: 60_000, in: store).isEmpty == !isMissing)
  }

  @Test func rulesSeeWhatEarlierOnesWrote() throws {
    var post = Watchpost(
      """
      groups:
        - name: g
          rules:
            - {record: double, expr: x * 2, labels: {kind: made}}
            - {alert: Big, expr: double > 5}
      """)
    post.put(["__name__": "x"], 3, at: 0)
    #expect(post.transitions(at: 0) == ["Big inactive→firing"])
    #expect(try post.ask("double", at: 0) == ["double{kind=\"made\"} 6.0"])
    #expect(
      try post.ask("ALERTS", at: 0) == ["ALERTS{alertname=\"Big\", alertstate=\"firing\", kind=\"made\"} 1.0"]
    )
    // The input ends: what was made of it ends at once, not after five minutes.
    post.put(["__name__": "x"], staleNaN, at: 1)
    _ = post.evaluate(at: 1)
    #expect(try post.ask("double", at: 1).isEmpty)
    #expect(try post.ask("ALERTS", at: 1).isEmpty)
  }

  @Test func aFailedEvaluationKeepsItsAlerts() {
    var post = Watchpost(
      """
      groups:
        - name: g
          rules: [{alert: A, expr: x * on () y > 0}]
      """)
    post.put(["__name__": "x", "i": "1"], 1, at: 0)
    post.put(["__name__": "y"], 1, at: 0)
    #expect(post.transitions(at: 0) == ["A inactive→firing"])
    post.put(["__name__": "x", "i": "2"], 1, at: 1)
    let result = post.evaluate(at: 1).first
    #expect(result?.failures.map(\.rule) == ["A"])
    #expect(result?.transitions.isEmpty ?? false)
    #expect(post.groups.first?.instances.map(\.state) == [.firing])
  }

  @Test func aboveItsLimitARuleHasNoAlerts() {
    var post = Watchpost(
      """
      groups:
        - name: g
          limit: 1
          rules: [{alert: A, expr: x > 0}]
      """)
    post.put(["__name__": "x", "i": "1"], 1, at: 0)
    #expect(post.transitions(at: 0) == ["A inactive→firing"])
    post.put(["__name__": "x", "i": "2"], 1, at: 1)
    let result = post.evaluate(at: 1).first
    #expect(result?.failures.count == 1)
    #expect(result?.transitions.map(\.end) == [.limit])
    #expect(post.groups.first?.instances.isEmpty ?? false)
  }

  @Test func aSlotIsAlwaysTheSameAndNeverPast() throws {
    let group = try #require(Watchpost(Self.rules).groups.first)
    for minute in 0..<200 {
      let now = Instant(milliseconds: Int64(minute) * 7_919)
      let slot = group.slot(from: now, every: .seconds(30))
      #expect(slot >= now && slot < now + .seconds(30))
      #expect(group.slot(from: slot, every: .seconds(30)) == slot)
    }
  }
}
