import ArgumentParser
import Host
import Incidents
import Journal
import Playbooks
import Values

struct IncidentStatus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract:
      "Move an incident: investigating, identified, monitoring, resolved; resolved needs --data-lost.",
    discussion: "Any other status reopens a resolved one: name it with --incident.")

  @OptionGroup var options: IncidentOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "Why, or what was found.") var reason: String?
  @Option(help: ArgumentHelp("Whether data was lost: no, or what.", valueName: "words")) var dataLost: String?
  @Flag(help: "Resolve it although a folder, and so its follow-ups, is not here.") var withoutFollowUps =
    false
  @Argument(help: "The new status.") var status: String

  func run() throws {
    guard let to = Status.allCases.first(where: { $0.rawValue.lowercased() == status.lowercased() }) else {
      let all = Status.allCases.map { $0.rawValue.lowercased() }.joined(separator: ", ")
      throw ValidationError("\"\(Inert.terminal(status))\" is no status; write one of \(all).")
    }
    guard to == .resolved || dataLost == nil else {
      throw ValidationError("--data-lost belongs to resolved; write a note of what you know until then.")
    }
    guard to != .resolved || dataLost != nil else {
      throw ValidationError("Say whether data was lost: --data-lost no, or what.")
    }
    try options.perform { incident, journal, _ in
      guard to == .resolved else { return ChangeStatus(incident: incident.key, to: to, reason: reason) }
      let folders = try IncidentFolders(incident.systems, playbooks: playbooks)
      guard folders.missing.isEmpty || !incident.hasPromises || withoutFollowUps else {
        let names = folders.missing.map(Inert.terminal).joined(separator: ", ")
        throw Refusal(
          "There is no folder of \(names) here, so that no follow-up and no postmortem would be "
            + "due: name one with "
            + "--playbooks, or write --without-follow-ups.")
      }
      try Self.tellInForce(incident, in: journal)
      return ChangeStatus(
        incident: incident.key, to: to, reason: reason, dataLost: dataLost,
        followUps: folders.plans[incident.severity]?.followUps ?? [])
    }
  }

  /// What steps have left in force outlives the incident, unless somebody is told.
  private static func tellInForce(_ incident: Incident, in journal: Journal) throws {
    for key in incident.runs {
      for effect in try journal.entity(Run.self, key: key)?.effects ?? [] {
        Standard.error(
          Inert.terminal("Still in force: \(effect.what) (\(key) \(effect.step)). Undo: \(effect.undo)."))
      }
    }
  }
}

extension Incident {
  /// Whether a folder promised something when it was declared: then that folder knows what is due afterwards.
  fileprivate var hasPromises: Bool {
    guard let declared else { return false }
    return !(declared.clocks.isEmpty && declared.escalation.isEmpty && declared.cadence.isEmpty)
  }
}
