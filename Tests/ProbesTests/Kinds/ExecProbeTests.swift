import Metrics
import Testing
import Values
import Wire

@testable import Probes

struct ExecProbeTests {
  private static let start = Instant(seconds: 1_800_000_000)

  private func endpoint(_ output: ProgramOutput, expect: [String] = []) throws -> Endpoint {
    var endpoint = Endpoint(name: "disk", kind: .exec, target: "check_disk -p /")
    endpoint.detail.command = ["check_disk", "-p", "/"]
    endpoint.detail.output = output
    endpoint.assertions = try expect.map { try Assertion($0) }
    return endpoint
  }

  private func outcome(_ ending: ProcessEnd.Ending, _ text: String = "", errors: String = "") -> Outcome {
    var end = ProcessEnd(ending)
    end.output = Array(text.utf8)
    end.errors = Array(errors.utf8)
    var response = Response(status: end.status, body: end.output)
    response.process = end
    return .success(response)
  }

  private func value(_ name: String, _ observation: Observation) -> Double? {
    observation.samples.first { $0.labels.metricName == name }?.value
  }

  /// What each ending of a plugin is: success, remark, reason, whether it is left open, `nagios_status`.
  @Test(arguments: [
    (ProcessEnd.Ending.status(0), "DISK OK|a=1", "", Optional(1.0), nil, nil, 0.0),
    (.status(1), "DISK WARNING|a=1", "", 1, "DISK WARNING", nil, 1),
    (.status(2), "DISK CRITICAL", "", 0, nil, "DISK CRITICAL", 2),
    (.status(2), "", "cannot open /\n\n", 0, nil, "cannot open /", 2),
    (.status(2), "", "", 0, nil, "the plugin ended with status 2 and said nothing", 2),
    (.status(3), "UNKNOWN - no such disk", "", nil, nil, "UNKNOWN - no such disk", 3),
    (.status(4), "odd", "", nil, nil, "odd", 3),
    (.status(127), "", "sh: no", nil, nil, "sh: no", 3),
    (.signal(11), "", "", nil, nil, "the plugin was ended by SIGSEGV and said nothing", 3),
    (.status(1), "a\u{1B}[31mb", "", 1, "a␛[31mb", nil, 1),
  ])
  func plugins(
    ending: ProcessEnd.Ending, text: String, errors: String, success: Double?, remark: String?,
    reason: String?,
    status: Double
  ) throws {
    var memory = ProbeMemory()
    let observation = try endpoint(.nagios).judge(
      outcome(ending, text, errors: errors), at: Self.start, with: &memory)
    #expect(value("probe_success", observation) == success)
    #expect(observation.remark == remark || remark?.contains("␛") == true && observation.remark != nil)
    #expect(!(observation.remark?.contains("\u{1B}") ?? false))
    #expect(observation.reason == reason)
    #expect((observation.verdict == .undecided) == (success == nil))
    #expect(value("nagios_status", observation) == status)
  }

  @Test func figuresAreSeries() throws {
    var memory = ProbeMemory()
    let observation = try endpoint(.nagios).judge(
      outcome(.status(0), "OK | /=40%;80;90"), at: Self.start, with: &memory)
    let figure = try #require(observation.samples.first)
    #expect(figure.labels["label"] == "/" && figure.labels["job"] == "disk" && figure.value == 0.4)
    #expect(observation.scraped == 3)
    #expect(value("probe_exit_status", observation) == 0)
  }

  @Test func notKnowingIsNoComingBack() throws {
    var memory = ProbeMemory()
    let disk = try endpoint(.nagios)
    func success(_ status: Int) -> Double? {
      value("probe_success", disk.judge(outcome(.status(status), "text"), at: Self.start, with: &memory))
    }
    #expect(success(3) == nil)
    #expect(success(0) == 1)
    #expect(success(3) == nil)
    #expect(success(2) == 0)
    #expect(success(3) == 0)
    #expect(success(3) == 0)
    #expect(success(1) == 1)
    #expect(success(3) == nil)
  }

  @Test func notKnowingInTheMonitor() throws {
    var monitor = EndpointMonitor(try endpoint(.nagios))
    var states: [String] = []
    var reasons: [String?] = []
    for (index, status) in [3, 0, 3, 2, 3, 0].enumerated() {
      let observation = try endpoint(.nagios).judge(outcome(.status(status), "s\(status)"), at: Self.start)
      let change = monitor.receive(observation, at: Self.start + .seconds(Int64(index)))
      states.append(monitor.state.rawValue)
      reasons.append(change?.reason)
    }
    #expect(states == ["unknown", "up", "unknown", "down", "down", "up"])
    #expect(reasons == [nil, nil, "s3", "s2", nil, "answers again after 1 failure"])
  }

  @Test func whoSaysWhatTheStatusShouldBeHasSaidIt() throws {
    var memory = ProbeMemory()
    let strict = try endpoint(.nagios, expect: ["status == 0"])
    let warning = strict.judge(outcome(.status(1), "WARN"), at: Self.start, with: &memory)
    #expect(warning.reason == "status is 1, expected 0" || !warning.isSuccess)
    let lax = try endpoint(.none, expect: ["status in 0..2"])
    #expect(lax.judge(outcome(.status(2)), at: Self.start, with: &memory).isSuccess)
    let body = try endpoint(.none, expect: [#"body contains "ready""#])
    #expect(body.judge(outcome(.status(0), "ready"), at: Self.start, with: &memory).isSuccess)
    #expect(!body.judge(outcome(.status(1), "ready"), at: Self.start, with: &memory).isSuccess)
  }

  @Test func theStatusAlone() throws {
    var memory = ProbeMemory()
    let plain = try endpoint(.none)
    #expect(plain.judge(outcome(.status(0), "|a=1"), at: Self.start, with: &memory).scraped == nil)
    let failed = plain.judge(
      outcome(.status(1), errors: "first\nno route\n"), at: Self.start, with: &memory)
    #expect(failed.reason == "check_disk ended with status 1: no route")
    #expect(value("probe_exit_status", failed) == 1 && value("probe_success", failed) == 0)
    let killed = plain.judge(outcome(.signal(9)), at: Self.start, with: &memory)
    #expect(killed.reason == "check_disk was ended by SIGKILL" && value("probe_exit_status", killed) == 137)
    let late = plain.judge(
      .failure(Failure(.timeout, reason: "check_disk did not end in 10s")), at: Self.start, with: &memory)
    #expect(late.reason == "check_disk did not end in 10s" && value("probe_success", late) == 0)
  }

  @Test func pagesOfMetrics() throws {
    let exporter = try endpoint(.prometheus)
    let page = "# TYPE a counter\na_total{x=\"1\"} 5\nb 2\n"
    let good = exporter.judge(outcome(.status(0), page), at: Self.start)
    #expect(good.isSuccess && good.scraped == 2 && value("a_total", good) == 5)
    let bad = exporter.judge(outcome(.status(0), "a 1\nb{ 2\n"), at: Self.start)
    #expect(bad.reason?.hasPrefix("its output, line 2: ") == true && value("a", bad) == nil)
    let failed = exporter.judge(outcome(.status(1), page), at: Self.start)
    #expect(!failed.isSuccess && value("b", failed) == nil)
    var end = ProcessEnd(.status(0))
    end.isCut = true
    var response = Response(status: 0)
    response.process = end
    #expect(exporter.judge(.success(response), at: Self.start).reason == "it printed more than 8 MiB")
  }

  @Test func plansAndSecrets() throws {
    var exec = try endpoint(.none).rooted(at: "/etc/shop")
    exec.detail.environment = ["TOKEN": Secret("s3cret")]
    exec.detail.masked = [Secret("s3cret")]
    exec.detail.withheld = ["OTHER"]
    exec.detail.directory = "checks"
    exec.timeout = .seconds(3)
    guard case .process(let request) = exec.plan() else {
      Issue.record("an exec plans a process")
      return
    }
    #expect(request.words == ["check_disk", "-p", "/"] && request.directory == "/etc/shop/checks")
    #expect(request.environment == ["TOKEN": Secret("s3cret")] && request.withheld == ["OTHER"])
    #expect(request.timeout == .seconds(3))
    let observation = exec.judge(outcome(.status(1), errors: "bad token s3cret"), at: Self.start)
    #expect(observation.reason == "check_disk ended with status 1: bad token •••")
  }
}
