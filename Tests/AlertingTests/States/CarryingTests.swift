import Alerting
import Metrics
import Testing
import Values

struct CarryingTests {
  private static func rules(_ hold: String = "2m", expr: String = "up == 0", name: String = "Down") -> String
  {
    """
    groups:
      - name: g
        rules: [{alert: \(name), expr: '\(expr)', for: \(hold)}]
    """
  }

  private static let up = ["__name__": "up", "instance": "a"]

  /// A group whose alert fires since minute 2, pending since 0.
  private static func firing() -> Watchpost {
    var post = Watchpost(rules())
    for minute in 0...2 {
      post.put(up, 0, at: minute)
      _ = post.evaluate(at: minute)
    }
    return post
  }

  @Test func aFiringAlertStaysFiringOverARestart() throws {
    let saved = try #require(Self.firing().groups.first).persisted
    #expect(saved.map(\.state) == [.firing])
    var post = Watchpost(Self.rules())
    let gone = post.groups[0].restore(saved, at: .minute(10))
    #expect(gone.isEmpty)
    // The store is empty: no data is no recovery while it fills.
    #expect(post.transitions(at: 10).isEmpty)
    #expect(post.groups[0].firing.first?.activeAt == .minute(0))
    #expect(post.groups[0].firing.first?.hasNoData ?? false)
    post.put(Self.up, 0, at: 11)
    #expect(post.transitions(at: 11).isEmpty)
    #expect(post.groups[0].firing.first?.hasNoData == false)
    post.put(Self.up, 1, at: 12)
    #expect(post.transitions(at: 12) == ["Down firing→inactive recovered"])
  }

  @Test func dataThatNeverComesBackEndsIt() throws {
    let saved = try #require(Self.firing().groups.first).persisted
    var post = Watchpost(Self.rules())
    post.groups[0].restore(saved, at: .minute(10))
    #expect(post.transitions(at: 14).isEmpty)
    #expect(post.transitions(at: 15) == ["Down firing→inactive noData"])
  }

  @Test func aPendingAlertKeepsTheTimeItSpent() throws {
    var before = Watchpost(Self.rules("10m"))
    for minute in 0...4 {
      before.put(Self.up, 0, at: minute)
      _ = before.evaluate(at: minute)
    }
    var post = Watchpost(Self.rules("10m"))
    post.groups[0].restore(try #require(before.groups.first).persisted, at: .minute(24))
    for minute in 24...29 {
      post.put(Self.up, 0, at: minute)
      #expect(post.transitions(at: minute).isEmpty)
    }
    // Four minutes before, six after; the twenty between do not count.
    post.put(Self.up, 0, at: 30)
    #expect(post.transitions(at: 30) == ["Down pending→firing"])
  }

  @Test func anAlertFromTheJournalNeedsNoGroup() {
    let alert = PersistedAlert(
      group: nil, rule: "Down", labels: Labels(["alertname": "Down", "instance": "a"]), state: .firing,
      activeAt: .minute(0), value: 0, savedAt: .minute(2))
    var post = Watchpost(Self.rules())
    #expect(post.groups[0].restore([alert], at: .minute(3)).isEmpty)
    #expect(post.groups[0].firing.count == 1)
    var other = Watchpost(Self.rules(name: "Other"))
    #expect(other.groups[0].restore([alert], at: .minute(3)).isEmpty)
    #expect(other.groups[0].firing.isEmpty)
  }

  @Test func aReloadKeepsStatesOfTheSameRule() {
    let before = Self.firing()
    var post = Watchpost(Self.rules("1m", expr: "up < 1"))
    post.store = before.store
    #expect(post.groups[0].inherit(from: before.groups[0], at: .minute(3)).isEmpty)
    #expect(post.groups[0].firing.first?.activeAt == .minute(0))
  }

  /// As in Prometheus; and the journal, where it fires, is told when it ends.
  @Test func aLongerForLeavesItFiring() {
    let before = Self.firing()
    var post = Watchpost(Self.rules("30m"))
    post.store = before.store
    #expect(post.groups[0].inherit(from: before.groups[0], at: .minute(3)).isEmpty)
    #expect(post.groups[0].instances.map(\.state) == [.firing])
    post.put(Self.up, 0, at: 4)
    #expect(post.transitions(at: 4).isEmpty)
    post.put(Self.up, 1, at: 5)
    #expect(post.transitions(at: 5) == ["Down firing→inactive recovered"])
  }

  @Test func aRuleThatIsGoneEndsItsAlerts() {
    let before = Self.firing()
    var post = Watchpost(Self.rules(name: "Other"))
    let ended = post.groups[0].inherit(from: before.groups[0], at: .minute(3))
    #expect(ended.map(\.end) == [.ruleGone])
    #expect(ended.map(\.from) == [.firing])
    #expect(before.groups[0].ended(at: .minute(3)).map(\.rule) == ["Down"])
  }

  @Test func endpointsKeepTheirStatesInAnyOrder() throws {
    func target(_ name: String) -> EndpointDown.Target {
      EndpointDown.Target(endpoint: name, labels: Labels(["job": name, "instance": "h:1"]))
    }
    var store = Store()
    let failed = Labels(["__name__": "probe_success", "job": "b", "instance": "h:1"])
    store.append(failed, t: 0, v: 0)
    var old = RuleGroup(EndpointDown.group([target("a"), target("b")], file: "system.yaml"))
    #expect(old.evaluate(at: 0, in: &store).transitions.map { $0.labels["job"] } == ["b"])
    var new = RuleGroup(EndpointDown.group([target("b"), target("c"), target("a")], file: "system.yaml"))
    #expect(new.inherit(from: old, at: .minute(1)).isEmpty)
    #expect(new.firing.map { $0.labels["job"] } == ["b"])
    #expect(new.evaluate(at: 30_000, in: &store).transitions.isEmpty)
    var restored = RuleGroup(EndpointDown.group([target("c"), target("b")], file: "system.yaml"))
    restored.restore(new.persisted, at: .minute(1))
    #expect(restored.evaluate(at: 60_000, in: &store).transitions.isEmpty)
    #expect(restored.firing.map(\.source) == ["built in"])
    #expect(restored.firing.map(\.level) == [.page])
  }
}
