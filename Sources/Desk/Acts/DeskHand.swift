import Incidents
import Values

/// Who works at the desk, and what a decision needs besides: the folder's rules for roles, and the zones of
/// its calendars.
package struct DeskHand: Sendable {
  package var permissions: DeskPermissions
  /// The actor's own roles.
  package var roles: Set<String>
  /// The actor was asked about an act outside these roles, and meant it.
  package var isSure: Bool
  /// What a refusal says that somebody who is sure does not meet.
  package static let asking = "say that you mean it"

  /// By name; what moves a clock by a calendar whose zone is missing throws ``UnknownZones``.
  package var zones: [String: Zone]

  package init(
    permissions: DeskPermissions = DeskPermissions(), roles: Set<String> = [], isSure: Bool = false,
    zones: [String: Zone] = [:]
  ) {
    self.permissions = permissions
    self.roles = roles
    self.isSure = isSure
    self.zones = zones
  }

  /// Refuses an act outside the actor's roles until it is confirmed; true when it was, nil within them.
  func outside(_ action: DeskPermissions.Action) throws -> Bool? {
    guard let objection = permissions.objection(to: action, by: roles) else { return nil }
    guard isSure else { throw Refusal("\(objection); \(Self.asking), and it is done and recorded.") }
    return true
  }
}
