import ArgumentParser

struct RetroVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retro", abstract: "What is written, counted and to be done after incidents.",
    subcommands: [RetroStats.self, RetroWrite.self, RetroShow.self, RetroAppend.self, RetroAction.self])
}
