import ArgumentParser

/// The command line; every view of the console has a twin here that scripts can use.
@main
struct Midwatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "midwatch",
    abstract: "The incident console for whoever has the watch.",
    discussion: """
      Without a subcommand it opens the console on your systems. `midwatch demo` shows everything on \
      simulated ones, with nothing to configure.
      """,
    version: Version.text,
    subcommands: [
      ConsoleVerb.self, AgentVerb.self, DemoVerb.self, InitVerb.self, CheckVerb.self, ProbeVerb.self,
      EndpointsVerb.self, ValidateVerb.self, TrustVerb.self,
      QueryVerb.self, PushVerb.self, NoteVerb.self, AckVerb.self, AlertsVerb.self, SilenceVerb.self,
      IncidentVerb.self, UpdateVerb.self, TicketVerb.self, SLOVerb.self, RoutineVerb.self, PlaybookVerb.self,
      TimelineVerb.self, ExportVerb.self, RetroVerb.self, BacktestVerb.self, RulesVerb.self, PromQLVerb.self,
      MetricsVerb.self,
      JournalVerb.self, ThemeVerb.self, KeysVerb.self, InfoVerb.self,
    ],
    defaultSubcommand: ConsoleVerb.self)

  /// As every command line is run, but a mistake that a verb finds only when it runs is told with the verb's own usage.
  static func main() {
    do {
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch let mistake as ValidationError {
        let verb = type(of: command)
        let name = path(to: verb).joined(separator: " ")
        Standard.plainError(
          "Error: \(mistake.message)\nUsage: \(usageString(for: verb))\n  See '\(name) --help' for more information."
        )
        throw ExitCode.validationFailure
      }
    } catch {
      exit(withError: error)
    }
  }

  /// The words by which a verb is called: `midwatch`, `retro`, `stats`.
  private static func path(
    to verb: any ParsableCommand.Type, from root: any ParsableCommand.Type = Midwatch.self
  ) -> [String] {
    let name = root.configuration.commandName ?? root._commandName
    if root == verb { return [name] }
    for one in root.configuration.subcommands {
      let rest = path(to: verb, from: one)
      if !rest.isEmpty { return [name] + rest }
    }
    return []
  }
}
