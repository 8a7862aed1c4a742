import Desk
import Host
import Incidents
import Journal
import Systems
import Values

/// The desk as one run of the command line has it: the journal, who works, and the folders of the tickets' systems,
/// each read once.
final class TicketDesk {
  let options: TicketOptions
  let journal: Journal
  let actor: Actor
  let now: Instant
  private var folders: [String: SystemFolder?] = [:]
  private var zones: [String: Zone?] = [:]

  init(_ options: TicketOptions, readOnly: Bool = false) throws {
    self.options = options
    now = Clock.now()
    actor = try options.state.actor()
    journal = try options.state.open(readOnly: readOnly)
  }

  /// Of a journal that is open already.
  init(_ options: TicketOptions, journal: Journal, at now: Instant) throws {
    self.options = options
    self.journal = journal
    self.now = now
    actor = try options.state.actor()
  }

  /// By its key, `T-482`, `t-482` or `482`; throws a sentence when there is none.
  func ticket(_ text: String) throws -> Ticket {
    let key = TicketOptions.key(text)
    guard let ticket = try journal.entity(Ticket.self, key: key), ticket.opened != nil else {
      throw Refusal("There is no ticket \(Inert.terminal(key)); `midwatch ticket list` shows them.")
    }
    return ticket
  }

  /// Nil without a system, and where its folder is not here; that is told once.
  func folder(of system: String?) -> SystemFolder? {
    guard let system else { return nil }
    if let known = folders[system] { return known }
    let read = try? IncidentFolders([system], playbooks: options.playbooks)
    let folder = read?.folders.first
    folders[system] = .some(folder)
    if folder == nil {
      Standard.error(
        "There is no folder of \(Inert.terminal(system)) here, so that its roles and replies are unknown.")
    }
    return folder
  }

  /// What deciding about a ticket needs: the roles of its folder, the zones of its own plan.
  func hand(for ticket: Ticket) -> DeskHand { hand(system: ticket.system, plan: ticket.plan) }

  func hand(system: String?, plan: ClockPlan?) -> DeskHand {
    DeskHand(
      permissions: folder(of: system)?.deskPermissions ?? DeskPermissions(), roles: options.roles,
      isSure: options.sure, zones: zones(of: plan))
  }

  /// Those that its calendars name, as far as this host has them; what is missing is told once.
  func zones(of plan: ClockPlan?) -> [String: Zone] {
    var found: [String: Zone] = [:]
    for name in plan?.zones.sorted() ?? [] {
      if zones[name] == nil {
        zones[name] = .some(ZoneReader.zone(name))
        if zones[name] == .some(.none) {
          Standard.error(
            "This host has no rules of \(Inert.terminal(name)), so that no clock that keeps its hours can be moved; install tzdata."
          )
        }
      }
      found[name] = zones[name] ?? nil
    }
    return found
  }

  /// The zones of all tickets that an act on this incident may carry along.
  func zones(ofTicketsLinkedTo incident: String) throws -> [String: Zone] {
    let linked = IndexQuery<Ticket>(.compare(.incidents, .equal, .text(incident)))
    return try journal.entities(linked).reduce(into: [:]) { zones, ticket in
      zones.merge(self.zones(of: ticket.plan)) { first, _ in first }
    }
  }

  /// A comment, and the mail as which a public one goes to whoever asked, where the folder has a mail server.
  func answer(_ comment: CommentTicket, on ticket: Ticket) throws -> any Act {
    guard let folder = folder(of: ticket.system) else { return comment }
    return try folder.answer(comment, on: ticket, key: "\(UUIDv7(at: now))", at: now)
  }

  func impact(of incident: String) throws -> CustomerImpact {
    CustomerImpact(try journal.rows(CustomerImpact.query(of: incident)).rows)
  }

  /// What happened to a ticket, to those merged into it too, oldest first.
  func events(of ticket: Ticket) throws -> [Event] {
    let keys = try [ticket.key] + ticket.absorbedAll { try journal.entity(Ticket.self, key: $0) }
    return try keys.flatMap { try journal.events(matching: EventQuery(ticket: $0)) }
      .sorted { ($0.occurred, $0.recorded, $0.seq) < ($1.occurred, $1.recorded, $1.seq) }
  }
}
