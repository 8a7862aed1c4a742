import ArgumentParser

struct UpdateVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Write, check, approve and send updates and announcements.",
    discussion: "docs/updates.md says what templates can show, and what is checked.",
    subcommands: [
      UpdateDraft.self, UpdateLint.self, UpdatePreview.self, UpdateApprove.self, UpdateSend.self,
      UpdateList.self, UpdateDeliveries.self, UpdateDiscard.self,
    ],
    defaultSubcommand: UpdateList.self)
}
