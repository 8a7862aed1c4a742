import Desk
import Incidents

/// What a list of a few things is asked for at the desk.
enum DeskAsk: Equatable, Sendable {
  case assign([String])
  case severity([String])
  case state([String])
  case link([String])
  case canned([String])
  /// Which side of what was changed in both houses.
  case keep(String)
  /// Which filter the queue shows.
  case filter
  case forgetFilter
  /// What its customers are told, now that an incident is over.
  case replies(incident: String)
  /// Tickets of several tenants are linked to it.
  case announce(incident: String)
}

/// What one line is written for at the desk.
enum DeskLine: Equatable, Sendable {
  case assign([String])
  case reason([String], TicketState, isOverride: Bool)
  case pause([String])
  case merge([String])
  case tags([String])
  case unmerge(String)
  case attach([String])
  case filterName
}
