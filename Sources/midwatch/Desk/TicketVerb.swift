import ArgumentParser

struct TicketVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ticket", abstract: "Support requests: the queue, one ticket, and what is done with them.",
    discussion: """
      T-482, t-482 and 482 are the same; T-1,T-2 is two. What is done with several answers with a receipt for \
      each, and exit status 1 when one was refused. Roles are --role or $MIDWATCH_ROLES; what is outside them \
      asks for --sure.
      """,
    subcommands: [
      TicketList.self, TicketSearch.self, TicketShow.self, TicketOpen.self, TicketComment.self,
      TicketReply.self, TicketAssign.self, TicketSeverity.self, TicketRank.self, TicketTag.self,
      TicketStatus.self, TicketResolve.self, TicketClose.self, TicketReopen.self, TicketLink.self,
      TicketUnlink.self, TicketMerge.self, TicketUnmerge.self, TicketDivide.self, TicketPause.self,
      TicketResume.self, TicketBegin.self, TicketWhy.self, TicketFilterVerb.self,
      TicketImport.self, TicketExport.self, TicketSync.self, TicketKeep.self,
    ],
    defaultSubcommand: TicketList.self)
}
