import ArgumentParser

struct IncidentVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incident", abstract: "Declare incidents, see them, and work on them.",
    discussion: """
      Without --incident a verb is about the one open incident. Whatever is refused says why in a sentence, \
      with exit status 1.
      """,
    subcommands: [
      IncidentList.self, IncidentShow.self, IncidentHandOff.self, IncidentGuide.self, IncidentDeclare.self,
      IncidentNote.self,
      IncidentStatus.self, IncidentSeverity.self, IncidentRole.self, IncidentTask.self, IncidentDecide.self,
      IncidentDescribe.self, IncidentClock.self, IncidentLink.self, IncidentUnlink.self, IncidentMerge.self,
      IncidentAmend.self,
      IncidentRetract.self, IncidentPin.self,
    ],
    defaultSubcommand: IncidentList.self)
}
