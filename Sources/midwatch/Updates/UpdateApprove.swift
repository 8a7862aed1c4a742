import ArgumentParser
import Comms
import Host
import Incidents
import Systems
import Values

struct UpdateApprove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Stand for a draft's text as it is; another text needs another approval.",
    discussion: """
      Where a destination asks for the approval of a role, such as `approval: commander`, only who has that role in \
      the incident can give it. About no incident it is somebody else than who wrote it.
      """)

  @OptionGroup var options: UpdateOptions
  @Option(help: ArgumentHelp("The role; default what its destinations ask for.", valueName: "role")) var role:
    String?
  @Flag(help: "The text was read; do not ask.") var yes = false
  @Argument(help: "D-1.") var draft: String

  private struct Document: Encodable {
    var schema = "midwatch.update_approval/1"
    let draft: String
    let roles: [String]
    let textSha256: String
  }

  func run() throws {
    let now = Clock.now()
    try Standard.telling {
      let journal = try options.state.open()
      let state = try UpdateOptions.draft(draft, in: journal)
      let desk = try UpdateDesk(state, in: journal, playbooks: options.playbooks, at: now)
      let asked =
        try role
        ?? desk.routes(of: state, to: nil).compactMap(\.delivery.approval).first { !state.isApproved(as: $0) }
      if !yes {
        for copy in state.copies.prefix(3) {
          Standard.plainError(
            "Subject: \(Inert.terminal(copy.subject))\n\n\(Inert.terminalKeepingLines(copy.text))\n")
        }
        if state.copies.count > 3 { Standard.plainError("and \(state.copies.count - 3) more copies\n") }
      }
      try Question.confirm("approve \(state.key)\(asked.map { " as \($0)" } ?? "")", isSaid: yes)
      let act = ApproveDraft(
        state.key, revision: state.revision, textDigest: HexDigest.of(state.approvedBytes), as: asked)
      let events = try journal.perform(act, by: try options.state.actor(), at: now)
      guard let fact = events.compactMap({ $0.fact(DraftApproved.self) }).first else { return }
      if options.format == .json {
        return try Standard.json(
          Document(draft: state.key, roles: fact.roles ?? [], textSha256: fact.textDigest))
      }
      let roles = fact.roles.map { " as \($0.joined(separator: ", "))" } ?? ""
      Standard.out("approved \(state.key)\(roles)")
    }
  }
}
