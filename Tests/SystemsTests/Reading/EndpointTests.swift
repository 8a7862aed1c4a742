import Alerting
import Metrics
import Probes
import Systems
import Testing
import Values

struct EndpointTests {
  /// One mistake, and where it stands.
  @Test(arguments: [
    ("http: /x", "3:11: the target \"/x\" is relative"),
    ("http: ftp://x", "3:11: \"ftp://x\" is no URL"),
    ("htpt: http://x", "3:5: an endpoint has no kind, and \"htpt\" is none; did you mean \"http\"?"),
    ("http: http://x\n    scrape: http://x", "3:5: an endpoint has exactly one kind"),
    ("http: http://x\n    expect: [status = 200]", "4:21: "),
    ("http: http://x\n    expect:\n      - statsu == 200", "5:9: "),
    ("http: http://x\n    expect: ['dns_rcode == NOERROR']", "4:14: dns_rcode is known"),
    ("http: http://x\n    level: loud", "4:12: level cannot be \"loud\""),
    ("http: http://x\n    every: 10ms", "4:5: every is shorter than a second"),
    ("http: http://x\n    environment: moon", "4:18: there is no environment \"moon\""),
    ("http: http://x\n    backoff: 5m", "4:14: backoff cannot be \"5m\"; write none, or remove it"),
    ("http: http://x\n    ip: 5", "4:9: ip cannot be \"5\""),
    (
      "http: http://x\n    timout: 5s", "4:5: the endpoint a has no key \"timout\"; did you mean \"timeout\"?"
    ),
    ("tcp: nowhere", "3:10: \"nowhere\" is no host and port"),
    ("json: http://x\n    series: {n: 'len($.'}", "4:"),
    ("http: http://x\n    depends_on: [b]", "4:18: there is no endpoint \"b\""),
    ("http: http://x\n    depends_on: [a]", "4:18: the endpoint a depends on itself"),
    ("http: http://x\n    bearer: x\n    basic: {user: u, password: p}", "5:12: an endpoint has both"),
  ])
  func aMistakeHasItsPlace(_ text: String, _ expected: String) {
    let (_, found) = SystemFolder.read("endpoints:\n  a:\n    \(text)\ntitle: T\n")
    #expect(found.count == 1 && found.first?.hasPrefix("system.yaml:" + expected) ?? false, "\(found)")
  }

  @Test func twoEndpointsWithTheSameLabelsAreRefused() {
    let text = """
      title: T
      endpoints:
        a: {http: "http://h:1/x", job: j}
        b: {http: "http://h:1/y", job: j}
      """
    let (_, problems) = SystemFolder.read(text)
    #expect(problems.count == 1 && problems.first?.hasPrefix("system.yaml:4:3: ") ?? false, "\(problems)")
  }

  @Test func anEndpointThatStartsAProcessNeedsTrust() {
    let (system, problems) = SystemFolder.read(
      "title: T\nendpoints:\n  a: {exec: [rm, -rf, x]}\n  b: {http: \"http://h:1\"}\n")
    #expect(problems.isEmpty)
    #expect(system.endpoints.map(\.needsTrust) == [true, false])
    #expect(system.needsTrust == ["endpoint a starts rm -rf x"])
  }

  @Test func endpointDownWaitsForAllFailuresAndKeepsDependentsQuiet() throws {
    let text = """
      title: T
      endpoints:
        a: {http: "http://h:1", failures: 3, every: 10s, for: 1m}
        b: {http: "http://h:2", depends_on: [a], level: info}
        c: {http: "http://h:3", level: off}
      """
    let (system, problems) = SystemFolder.read(text)
    #expect(problems.isEmpty, "\(problems)")
    let rules = try #require(system.ruleGroups.first?.rules)
    #expect(rules.map(\.hold) == [.seconds(80), .zero])
    #expect(rules.compactMap { $0.label("severity") } == ["page", "info"])
    let down = { (name: String) in Labels(["alertname": EndpointDown.name, "endpoint": name]) }
    #expect(system.inhibitRules.contains { $0.inhibits(target: down("b"), source: down("a")) })
    #expect(!system.inhibitRules.contains { $0.inhibits(target: down("a"), source: down("b")) })
  }
}
