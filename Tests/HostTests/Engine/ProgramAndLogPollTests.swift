import Foundation
import Host
import Probes
import Systems
import Testing
import Transfer
import Values
import Watch

/// `exec` and `log` endpoints of a real folder, polled by a courier with real programs and files.
@Suite(.timeLimit(.minutes(2)))
final class ProgramAndLogPollTests {
  private let folder: TestFolder
  private let answers = Mailbox<Observation>()
  private let courier: Courier
  private var polls: [String: Poll] = [:]

  init() throws {
    folder = try TestFolder()
    let answers = answers
    courier = Courier(version: "test") { _, observation in answers.post(observation) }
  }

  deinit { courier.stop() }

  private func load(_ text: String) throws -> SystemFolder {
    try folder.write("title: Shop\n" + text, to: "system.yaml")
    let (loaded, problems) = SystemSource(
      name: "shop", path: folder.path, environment: ["TOKEN": "s3cret"]
    ).load()
    #expect(problems.isEmpty, "\(problems)")
    return loaded
  }

  private func poll(_ name: String, in system: SystemFolder) throws -> Observation {
    let endpoint = try #require(system.endpoints.first { $0.name == name })
    let plan = try #require(endpoint.plan())
    // The same object is the same definition.
    let poll = polls[name] ?? Poll(endpoint, of: system.name, plan: plan)
    polls[name] = poll
    courier.send([poll], at: Instant(seconds: 1_800_000_000))
    _ = answers.wait(timeout: nil)
    return try #require(answers.drain().first)
  }

  private func value(_ name: String, _ observation: Observation) -> Double? {
    observation.samples.first { $0.labels.metricName == name }?.value
  }

  @Test func programs() throws {
    try folder.write(
      "#!/bin/sh\necho \"DISK WARNING $(pwd) | /=90%;80;95\"\nexit 1\n", to: "check", mode: 0o700)
    try folder.write("#!/bin/sh\nprintf 'queue_depth %s\\n' \"${#AUTH}\"\n", to: "page", mode: 0o700)
    let system = try load(
      """
      secrets: {TOKEN: }
      endpoints:
        disk: {exec: [./check], output: nagios}
        page: {exec: [./page], output: prometheus, env: {AUTH: "${TOKEN}"}}
        leak: {exec: [sh, -c, 'echo "no ${TOKEN-token}: $AUTH" >&2; exit 1'], env: {AUTH: "${TOKEN}"}}
        late: {exec: [sleep, "600"], timeout: 200ms}
        none: {exec: [./missing]}
      """.replacingOccurrences(of: "${TOKEN-token}", with: "$(printenv TOKEN)"))
    let disk = try poll("disk", in: system)
    #expect(disk.isSuccess && value("nagios_perfdata", disk) == 0.9)
    #expect(disk.remark?.hasPrefix("DISK WARNING /") == true)
    let page = try poll("page", in: system)
    #expect(page.isSuccess && page.page?.values == [6])
    #expect(try poll("leak", in: system).reason == "sh ended with status 1: no : •••")
    #expect(try poll("late", in: system).reason == "sleep did not end in 200ms")
    let missing = try poll("none", in: system)
    #expect(
      missing.verdict == .unable && missing.reason == "there is no program ./missing"
        && missing.samples.isEmpty)
  }

  @Test func logsOfFilesAndCommands() throws {
    try folder.write("old ERROR\n", to: "logs/a.log")
    let system = try load(
      """
      endpoints:
        files:
          log: logs/*.log
          format: (?P<level>ERROR|WARN)
          series: {events_total: {labels: {level: $.level}}}
        command:
          log: {command: [sh, -c, 'echo WARN; sleep 600']}
          format: (?P<level>ERROR|WARN)
          series: {events_total: {labels: {level: $.level}}}
      """)
    #expect(value("events_total", try poll("files", in: system)) == nil)
    try folder.write("new ERROR\nfine\nERROR again\n", to: "logs/b.log")
    let files = try poll("files", in: system)
    #expect(value("events_total", files) == 2 && value("log_lines_unmatched_total", files) == 1)
    #expect(value("events_total", try poll("files", in: system)) == 2)
    var command = try poll("command", in: system)
    while value("events_total", command) == nil { command = try poll("command", in: system) }
    #expect(value("events_total", command) == 1 && command.isSuccess)
  }

  @Test func linesOfLoki() throws {
    let body = #"{"status":"success","data":{"resultType":"streams","result":[]}}"#
    let server = try PageServer { _ in body }
    defer { server.stop() }
    let system = try load(
      "endpoints:\n  loki: {log: {loki: 'http://127.0.0.1:\(server.port)', query: '{a=\"b\"}'}, series: {lines_total: }}\n"
    )
    let observation = try poll("loki", in: system)
    #expect(observation.isSuccess && value("lines_total", observation) == 0, "\(observation)")
  }
}
