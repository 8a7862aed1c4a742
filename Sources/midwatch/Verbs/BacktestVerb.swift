import Alerting
import ArgumentParser
import Host
import Incidents
import Journal
import Retro
import Values
import Wire

struct BacktestVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Try rules on a past: when they would have fired, and how often for nothing.",
    discussion: """
      Replays what was copied while an incident was open (--incident INC-1), an OpenMetrics file with times \
      (--metrics), or a time of a Prometheus-compatible server (--from, --start, --end) against rule files. \
      Fires are false that touch no incident of the journal. --sweep tries one alert with many thresholds.
      """)

  @OptionGroup var options: StateOptions
  @Option(
    help: ArgumentHelp("The incident to compare with; without another source its series.", valueName: "INC-1")
  )
  var incident: String?
  @Option(help: ArgumentHelp("A file of OpenMetrics, or Prometheus' text with times.", valueName: "file"))
  var metrics: String?
  @Option(help: ArgumentHelp("The address of a Prometheus-compatible server.", valueName: "url"))
  var from: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The first instant asked of the server: 2h, 2026-11-21T03:00:00Z.", valueName: "time"))
  var start: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("The last one; default now.", valueName: "time"))
  var end: String?
  @Option(
    help: ArgumentHelp("Take the server's newest sample of each step instead of all.", valueName: "duration"))
  var step: String?
  @Option(help: ArgumentHelp("How long the server may think.", valueName: "duration")) var timeout = "30s"
  @Option(
    help: ArgumentHelp("The variable of the environment that holds the server's token.", valueName: "name"))
  var bearerEnv: String?
  @Option(
    help: ArgumentHelp("A file whose first line is the server's token.", valueName: "file"))
  var bearerFile: String?
  @Option(help: ArgumentHelp("Whose series and incidents are meant.", valueName: "name")) var system: String?
  @Option(
    help: ArgumentHelp(
      "Between evaluations of groups without an interval; default the `every` of the system's folder, else 30s.",
      valueName: "duration"))
  var every: String?
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(
    help: ArgumentHelp(
      "One alert with other thresholds, from one to another, so many; or RULE=1,2,5. Again for more.",
      valueName: "RULE=FROM..TO/STEPS"))
  var sweep: [String] = []
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(help: "Rule files, or patterns of files.") var rules: [String]

  func run() throws {
    let named = try every.map { text -> Span in
      guard let span = Span(prometheus: text), span > .zero else {
        throw ValidationError("--every is a duration such as 30s.")
      }
      return span
    }
    let sweeps = try sweep.map(Self.sweep)
    try Standard.telling {
      let past = try past()
      let groups = try Self.groups(RuleText.paths(rules).map { RuleText($0) })
      let hasJournal = options.hasJournal
      if incident != nil, !hasJournal {
        throw Refusal("There is no journal here that could have an incident.")
      }
      let journal = hasJournal ? try options.open(readOnly: true) : nil
      let result = try BacktestDesk.run(
        BacktestOrder(
          groups: groups, past: past, incident: incident, system: system,
          every: try named ?? pace(in: journal), sweeps: sweeps),
        in: journal)
      switch format {
      case .table: Standard.out(result.text)
      case .json: Standard.out(String(decoding: try result.json(), as: UTF8.self))
      }
    }
  }

  /// As the engine evaluates groups without an interval: the `every` of the system whose rules they are.
  private func pace(in journal: Journal?) throws -> Span {
    let systems = try incident.flatMap { try journal?.entity(Incident.self, key: $0)?.systems }
    let folders = try IncidentFolders(system.map { [$0] } ?? systems ?? [], playbooks: playbooks).folders
    return folders.first?.every ?? .seconds(30)
  }

  /// Wrong rules are told as `rules check` tells them.
  private static func groups(_ sources: [RuleText]) throws -> [GroupDefinition] {
    var groups: [GroupDefinition] = []
    var problems: [Problem] = []
    for source in sources {
      if let problem = source.problem { problems.append(problem) }
      guard let text = source.text else { continue }
      let parsed = RuleFile.parse(text, file: source.file, as: .prometheus)
      groups += parsed.groups
      problems += parsed.problems
    }
    for problem in problems { Standard.plainError(problem.description) }
    if problems.contains(where: { $0.weight == .error }) { throw ExitCode(1) }
    guard groups.contains(where: { $0.rules.contains(where: \.isAlerting) }) else {
      throw Refusal("These rules have no alert that could fire.")
    }
    return groups
  }

  private func past() throws -> BacktestOrder.Past {
    guard metrics == nil || from == nil else {
      throw ValidationError("--metrics and --from are two sources; name one.")
    }
    guard from != nil || start == nil && end == nil && step == nil else {
      throw ValidationError("--start, --end and --step say what to ask of the server of --from.")
    }
    guard from != nil || bearerEnv == nil && bearerFile == nil else {
      throw ValidationError("--bearer-env and --bearer-file are for the server of --from.")
    }
    guard bearerEnv == nil || bearerFile == nil else {
      throw ValidationError("--bearer-env and --bearer-file both say where the token is; name one.")
    }
    if let metrics { return .file(options.places.absolute(metrics)) }
    guard let from else {
      guard incident != nil else {
        throw ValidationError("Name a past: --incident INC-1, --metrics FILE, or --from URL --start TIME.")
      }
      return .evidence
    }
    guard let start else { throw ValidationError("--from needs --start, such as 2026-11-21T00:00:00Z.") }
    guard let timeout = Span(prometheus: timeout), timeout > .zero else {
      throw ValidationError("--timeout is a duration such as 30s.")
    }
    let step = try step.map { text -> Span in
      guard let span = Span(prometheus: text), span > .zero else {
        throw ValidationError("--step is a duration such as 15s.")
      }
      return span
    }
    guard from.hasPrefix("http://") || from.hasPrefix("https://") else {
      throw ValidationError("--from is an address such as http://127.0.0.1:9090.")
    }
    let now = Clock.now()
    var request = Request(url: from)
    request.timeout = timeout
    request.bodyLimit = RemoteServer.bodyLimit
    request.authorization = try token().map { .bearer($0) }
    return .remote(
      RemotePast(
        server: RemoteServer(request), start: try CommandTime.edge(start, "--start", at: now),
        end: try end.map { try CommandTime.edge($0, "--end", at: now) } ?? now, step: step,
        version: Version.text))
  }

  /// What the server wants to see: never on the command line, which everybody on the machine can read.
  private func token() throws -> Secret? {
    let token: Secret
    if let bearerEnv {
      guard let value = options.environment[bearerEnv], !value.isEmpty else {
        throw Refusal("The environment has no \(Inert.terminal(bearerEnv)) that could be the server's token.")
      }
      token = Secret(value)
    } else if let bearerFile {
      token = try SecretReader.secret(inFile: options.places.absolute(bearerFile))
    } else {
      return nil
    }
    guard token.revealed().utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw Refusal("The server's token has characters that a header cannot carry.")
    }
    return token
  }

  /// `RULE=0.01..0.1/10` or `RULE=1,2,5`.
  static func sweep(_ text: String) throws -> Sweep.Request {
    let shown = Inert.terminal(text)
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw ValidationError("--sweep \(shown) is no RULE=FROM..TO/STEPS, such as HighErrorRate=0.01..0.1/10.")
    }
    func number(_ text: some StringProtocol) throws -> Double {
      guard let value = Double(text), value.isFinite else {
        throw ValidationError("--sweep \(shown): \"\(Inert.terminal(String(text)))\" is no number.")
      }
      return value
    }
    guard let dots = parts[1].range(of: "..") else {
      let values = try parts[1].split(separator: ",", omittingEmptySubsequences: false).map { try number($0) }
      return Sweep.Request(rule: parts[0], thresholds: values)
    }
    let rest = parts[1][dots.upperBound...].split(separator: "/", omittingEmptySubsequences: false)
    guard rest.count == 2, let steps = Int(rest[1]) else {
      throw ValidationError("--sweep \(shown) says no number of thresholds; write FROM..TO/STEPS.")
    }
    let (low, high) = (try number(parts[1][..<dots.lowerBound]), try number(rest[0]))
    guard (2...Sweep.maximumThresholds).contains(steps), low != high else {
      throw ValidationError(
        "--sweep \(shown): from one threshold to another there are 2 to \(Sweep.maximumThresholds).")
    }
    return Sweep.Request(
      rule: parts[0],
      thresholds: (0..<steps).map { index in
        // Both ends exactly, and what lies between without the dust of additions.
        let share = Double(index) / Double(steps - 1)
        let value = low + (high - low) * share
        return index == steps - 1 ? high : (value * 1e12).rounded() / 1e12
      })
  }
}
