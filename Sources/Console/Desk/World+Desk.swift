import Desk
import Incidents
import Systems
import Values

/// What a system's folder promises those who ask, and whom it lets do what.
struct DeskGuide: Sendable {
  let system: String
  let plan: ClockPlan
  let permissions: DeskPermissions
  let replies: CannedReplies
  /// By which public replies go out as mails; nil where nobody has read it.
  let folder: SystemFolder?

  init(
    system: String, plan: ClockPlan = ClockPlan(), permissions: DeskPermissions = DeskPermissions(),
    replies: CannedReplies = CannedReplies(nil), folder: SystemFolder? = nil
  ) {
    self.folder = folder
    self.system = system
    self.plan = plan
    self.permissions = permissions
    self.replies = replies
  }

  init(_ folder: SystemFolder) {
    self.init(
      system: folder.name, plan: folder.ticketPlan, permissions: folder.deskPermissions,
      replies: CannedReplies(folder), folder: folder)
  }
}

extension World {
  /// Takes what the journal answered; zones that were once read stay.
  mutating func take(_ page: DeskPage) {
    var page = page
    // The queue stays as it was while another screen is shown.
    if page.question.queue == nil, let desk {
      let fresh = page
      page = desk
      (page.alarms, page.longLate, page.impact) = (fresh.alarms, fresh.longLate, fresh.impact)
    }
    zones.merge(page.zones) { $1 }
    if let impact = page.impact { impacts[impact.incident] = impact }
    desk = page
  }

  func ticket(_ key: String) -> TicketItem? {
    if let open = desk?.open, open.key == key { return open }
    return desk?.items.first { $0.key == key } ?? desk?.marked.first { $0.key == key }
  }

  func deskGuide(_ system: String?) -> DeskGuide {
    deskGuides.first { $0.system == system } ?? DeskGuide(system: system ?? "")
  }

  /// Who acts on that ticket.
  func hand(for key: String, isSure: Bool = false) -> DeskHand {
    hand(of: ticket(key)?.ticket.system, isSure: isSure)
  }

  func hand(of system: String?, isSure: Bool = false) -> DeskHand {
    DeskHand(
      permissions: deskGuide(system).permissions, roles: options.roles, isSure: isSure, zones: zones)
  }

  /// The work, a public reply with the mail as which it goes out by the ticket's own folder.
  func act(_ work: DeskWork, on key: String) -> any Act {
    let act = work.act(on: key, hand: hand(for: key, isSure: work.isSure))
    guard let comment = act as? CommentTicket else { return act }
    let folders = deskGuides.compactMap { guide in guide.folder.map { (guide.system, $0) } }
    // Another reply is written where the chain has gone on.
    let place = ledger.head.map { "\($0.count)-\($0.hash.prefix(24))" } ?? "0"
    return AnswerTicket(
      comment, folders: Dictionary(folders) { first, _ in first },
      key: "\(key)-\(work.seen[key] ?? 0)-\(place)")
  }

  /// What is said of an act that is not for this person's roles, each sentence once.
  func objections(to action: DeskPermissions.Action, on keys: [String]) -> [String] {
    var said: [String] = []
    for key in keys {
      let permissions = deskGuide(ticket(key)?.ticket.system).permissions
      if let one = permissions.objection(to: action, by: options.roles), !said.contains(one) {
        said.append(one)
      }
    }
    return said
  }

  /// How many customers wait on that incident; nil while nobody does, or nobody knows yet.
  func impact(of incident: String) -> IncidentImpact? {
    impacts[incident].flatMap { $0.customers.tickets > 0 ? $0 : nil }
  }

  /// Clocks of tickets that are overdue, and those that are warned of.
  func ticketAlarms(at now: Instant) -> (late: [TicketAlarm], soon: [TicketAlarm]) {
    let alarms = desk?.alarms ?? []
    return (
      alarms.filter { $0.due <= now },
      alarms.filter { $0.due > now && $0.warning.map { $0 <= now } ?? false }
    )
  }
}
