import ArgumentParser
import Foundation
import Host
import Incidents
import Probes
import Values

struct ProbeVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Probe once and print the whole trace: exit 0 up, 2 down, 3 unknown.",
    discussion: """
      TARGET is an endpoint, as NAME or SYSTEM/NAME, or an address that need not be configured: a URL of http or \
      https, tcp://HOST:PORT, tls://HOST:PORT, dns://NAME, icmp://HOST. Nothing is recorded, and no engine is \
      needed. Secrets are masked.
      """)

  private struct Document: Encodable {
    var schema = "midwatch.probe/1"
    let system: String?
    let trace: ProbeTrace
  }

  @OptionGroup var options: StateOptions
  @OptionGroup var changes: ProbeOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: ArgumentHelp("What to probe.", valueName: "target")) var target: String

  func run() throws {
    var verdict = Verdict.unknown
    try Standard.telling(status: Verdict.unknown.rawValue) {
      var (system, endpoint) = try found()
      try changes.change(&endpoint)
      guard let trace = ProbeOnce.run(endpoint, version: Version.text) else {
        throw Refusal("The probe did not end in its time; that is a fault of midwatch, not of the endpoint.")
      }
      verdict = trace.isUnknown ? .unknown : trace.isSuccess ? .fine : .page
      if format == .json {
        try Standard.json(Document(system: system, trace: trace))
      } else {
        Standard.out(TraceText.text(trace, at: Clock.now()))
      }
    }
    if verdict != .fine { throw ExitCode(verdict.rawValue) }
  }

  private func found() throws -> (system: String?, endpoint: Endpoint) {
    if let endpoint = try AdHocEndpoint.endpoint(target) { return (nil, endpoint) }
    let environment = ProcessInfo.processInfo.environment
    let root = Places(environment: environment).playbooks(option: playbooks)
    let sources = SystemSource.all(in: root, environment: environment)
    guard !sources.isEmpty else {
      throw Refusal("No system is configured; begin with `midwatch init NAME --health URL`, or name a URL.")
    }
    let (system, endpoint) = try LiveState(options, sources: sources).endpoint(target)
    return (system, endpoint)
  }
}
