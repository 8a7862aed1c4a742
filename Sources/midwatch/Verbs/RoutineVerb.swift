import ArgumentParser

struct RoutineVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "routine", abstract: "See what is due regularly, and say that it was done.",
    subcommands: [RoutineList.self, RoutineFinish.self, RoutineTell.self],
    defaultSubcommand: RoutineList.self)
}
