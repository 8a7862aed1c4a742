import ArgumentParser

struct PlaybookVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "playbook",
    abstract: "Find, read, check and work through runbooks, and write down what was done.",
    discussion: "Any Markdown file is a playbook as it is; docs/playbooks.md says what more it can have.",
    subcommands: [
      PlaybookList.self, PlaybookShow.self, PlaybookFind.self, PlaybookCheck.self, PlaybookRun.self,
      PlaybookNew.self, PlaybookExport.self,
    ],
    defaultSubcommand: PlaybookList.self)
}
