import ArgumentParser

struct RulesVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Check and test Prometheus rules, without Prometheus.",
    subcommands: [RulesCheckVerb.self, RulesTestVerb.self, RulesTemplateVerb.self])
}
