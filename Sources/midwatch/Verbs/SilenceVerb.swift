import ArgumentParser

struct SilenceVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence", abstract: "Silence alerts for a time, and see and end silences.",
    subcommands: [SilenceList.self, SilenceAdd.self, SilenceExtend.self, SilenceExpire.self],
    defaultSubcommand: SilenceList.self)
}
