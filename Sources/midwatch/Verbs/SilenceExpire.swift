import ArgumentParser
import Host
import Incidents
import Journal
import Values

struct SilenceExpire: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "expire", abstract: "End silences now; their alerts are heard again.")

  @OptionGroup var options: StateOptions
  @Option(help: "Why they end before their time.") var reason: String?
  @Argument(help: "SIL-1.") var silences: [String]

  func run() throws {
    try Standard.telling {
      let journal = try options.open()
      for key in silences {
        try journal.perform(EndSilence(key, reason: reason), by: try options.actor(), at: Clock.now())
        Standard.out("\(key) is ended")
      }
    }
  }
}

struct SilenceExtend: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extend", abstract: "Let a silence end at another time, with a reason.")

  @OptionGroup var options: StateOptions
  @Option(
    name: .customLong("for"), parsing: .unconditional,
    help: ArgumentHelp("How long from now, or until when: 2h, 06:00, tomorrow 06:00Z.", valueName: "time"))
  var length: String
  @Option(help: "Why.") var reason: String
  @Argument(help: "SIL-1.") var silence: String

  func run() throws {
    let now = Clock.now()
    let end = try CommandTime.coming(length, at: now)
    try Standard.telling {
      let journal = try options.open()
      try journal.perform(
        ExtendSilence(silence, until: end, reason: reason), by: try options.actor(), at: now)
      Standard.out("\(silence) ends at \(end.dateClockUTC)")
    }
  }
}
