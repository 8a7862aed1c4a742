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
}
