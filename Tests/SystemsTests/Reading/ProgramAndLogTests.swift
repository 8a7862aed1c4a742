import Probes
import Systems
import Testing
import Values
import Wire

/// `exec:` and `log:` in a system.yaml.
struct ProgramAndLogTests {
  /// One mistake, and where it stands.
  @Test(arguments: [
    ("exec: []", "3:5: exec has no command"),
    (
      "exec: [x]\n    output: nagois",
      "4:13: output cannot be \"nagois\"; write one of nagios, prometheus, none"
    ),
    ("exec: [x]\n    env: {A=B: c}", "4:11: \"A=B\" cannot be the name of a variable"),
    ("exec: [x]\n    env: [A]", "4:10: env is a mapping"),
    ("exec: [x]\n    expect: ['header(\"a\") == \"b\"']", "4:14: "),
    ("exec: ['${TOKEN}']", "3:12: the secret TOKEN cannot stand here"),
    ("http: http://h:1\n    env: {A: b}", "4:5: the endpoint a has no key \"env\""),
    ("log: {command: [x], loki: 'http://h', query: q}", "3:10: a source of log lines is"),
    ("log: {loki: 'http://h:3100'}", "3:10: a source of log lines is"),
    ("log: {loki: 'ftp://h', query: q}", "3:17: \"ftp://h\" is no URL"),
    ("log: x\n    format: '(?P<a>'", "4:14: this is no regular expression"),
    ("log: x\n    series_limit: 0", "4:19: series_limit is a whole number"),
    ("log: x\n    expect: [status == 200]", "4:14: status is known of"),
    (
      "log: x\n    format: json\n    series: {n: {value: '$.ms /'}}",
      "5:32: a value is missing before the end"
    ),
    ("log: x\n    format: json\n    series: {n: {valeu: $.ms}}", "5:18: the series n has no key \"valeu\""),
    (
      "log: x\n    format: '(?P<ms>.)'\n    series: {n: {value: 2 * $.m}}",
      "5:25: $.m is no field: no group of the format has that name; write one of $.ms"
    ),
    (
      "log: x\n    format: '(?P<ms>.)'\n    series: {n: {labels: {l: $.level}}}",
      "5:30: $.level is no field: no group of the format has that name; write one of $.ms"
    ),
    (
      "log: x\n    series: {n: {labels: {l: $.level}}}",
      "4:30: $.level is no field, for the lines have no format; add `format: json`"
    ),
    (
      "log: x\n    format: json\n    series: {n: {labels: {l: '$.a[*]'}}}",
      "5:31: $.a[*] names several values"
    ),
    (
      "log: x\n    format: json\n    series: {n: {value: $.a, buckets: [1, x]}}", "5:43: a bucket is a number"
    ),
    (
      "log: x\n    format: json\n    series: {n: {value: $.a, buckets: [2, 1]}}",
      "5:43: the bucket 1 does not exceed"
    ),
    ("log: x\n    format: json\n    series: {n: {buckets: [1]}}", "5:18: buckets are of values"),
    (
      "log: x\n    format: json\n    series: {n: {value: $.a, labels: {le: b}, buckets: [1]}}",
      "5:39: \"le\" cannot be the name of a label here"
    ),
  ])
  func aMistakeHasItsPlace(_ text: String, _ expected: String) {
    let (_, found) = SystemFolder.read(
      "endpoints:\n  a:\n    \(text)\ntitle: T\nsecrets: {TOKEN: }\n", environment: ["TOKEN": "s3cret"])
    #expect(found.count == 1 && found.first?.hasPrefix("system.yaml:" + expected) ?? false, "\(found)")
  }

  @Test func programs() throws {
    let text = """
      title: T
      secrets: {TOKEN: , OTHER: , PASS: {command: [pass, x]}}
      endpoints:
        disk: {exec: [check_disk, -w, 20%], output: nagios}
        page: {exec: ./page, output: prometheus, directory: checks, env: {AUTH: "Bearer ${TOKEN}", MODE: fast}}
        plain: {exec: ["true"]}
        waits: {exec: ["true"], env: {P: "${PASS}"}}
      """
    let (system, problems) = SystemFolder.read(text, environment: ["TOKEN": "s3cret", "OTHER": "0ther"])
    #expect(problems == [], "\(problems)")
    let details = system.endpoints.map(\.detail)
    #expect(details.map(\.output) == [.nagios, .prometheus, .none, .none])
    let page = try #require(system.endpoints.first { $0.name == "page" })
    #expect(page.detail.environment == ["AUTH": Secret("Bearer s3cret"), "MODE": Secret("fast")])
    #expect(page.detail.masked == [Secret("Bearer s3cret")])
    #expect(page.detail.withheld == ["TOKEN", "OTHER"])
    #expect(system.endpoints.allSatisfy { $0.needsTrust && $0.heldBack(isTrusted: false) != nil })
    #expect(system.needsTrust.contains("endpoint page uses TOKEN"))
    #expect(system.endpoints.last?.heldBack == "the secret PASS is not known")
    #expect(!"\(system)".contains("s3cret"))
    guard case .process(let request) = page.rooted(at: "/srv/shop").plan() else {
      Issue.record("an exec plans a process")
      return
    }
    #expect(request.words == ["./page"] && request.directory == "/srv/shop/checks")
  }

  @Test func logs() throws {
    let text = """
      title: T
      base: http://loki:3100
      endpoints:
        files:
          log: logs/*.log
          format: '(?P<level>ERROR|WARN).*?(?P<ms>[0-9]+)ms'
          series_limit: 50
          series:
            lines_total: {labels: {level: $.level, tier: core}}
            took_seconds: {value: $.ms / 1000, buckets: [0.5, 1]}
        command: {log: {command: [journalctl, -f]}, series: {lines_total: }, env: {LANG: C}, instance: b}
        loki: {log: {loki: /, query: '{app="shop"}'}, bearer: t, ca: ca.pem, format: json}
      """
    let (system, problems) = SystemFolder.read(text)
    #expect(problems == [], "\(problems)")
    let files = try #require(system.endpoints.first?.detail)
    #expect(files.log == .files("logs/*.log") && files.seriesLimit == 50)
    #expect(files.logSeries.map(\.name) == ["lines_total", "took_seconds"])
    #expect(files.logSeries.map(\.buckets) == [[], [0.5, 1]])
    #expect(files.logSeries.first?.labels["tier"] == .constant("core"))
    #expect(system.endpoints.map(\.needsTrust) == [false, true, false])
    #expect(system.endpoints[1].detail.logSeries.map(\.name) == ["lines_total"])
    guard case .lines(let request) = system.endpoints[2].plan(),
      case .loki(let base, let query) = request.source
    else {
      Issue.record("a log plans lines")
      return
    }
    #expect(base.url == "http://loki:3100/" && query == #"{app="shop"}"#)
    #expect(base.authorization == .bearer(Secret("t")) && base.tls.ca == "ca.pem")
  }
}
