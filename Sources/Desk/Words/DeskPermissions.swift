import Incidents

/// What of the desk's work is only for some roles. It prevents slips; it is no authentication: whoever can
/// write the journal may do any act, and an act outside one's roles asks once.
package struct DeskPermissions: Codable, Equatable, Sendable {
  /// What a folder's `tickets.may` may name.
  package enum Action: String, CaseIterable, Sendable {
    /// Comments that the customer reads, and those that stay in the house.
    case `public`, `internal`
    case assign, severity, link, merge, close, override
  }

  /// Roles by action; an action that is not named is everybody's.
  package let roles: [String: [String]]

  package init(_ roles: [String: [String]] = [:]) {
    self.roles = roles
  }

  /// The sentence that asks; nil when somebody with these roles may.
  package func objection(to action: Action, by own: Set<String>) -> String? {
    guard let wanted = roles[action.rawValue], own.isDisjoint(with: wanted) else { return nil }
    let who = wanted.isEmpty ? "nobody" : wanted.joined(separator: " or ")
    let said =
      own.isEmpty
      ? "you have named no role of yours (MIDWATCH_ROLES)" : "you are \(own.sorted().joined(separator: ", "))"
    return "\(action.words) is for \(who), and \(said)"
  }
}

extension DeskPermissions.Action {
  /// What is done, as the subject of a sentence.
  var words: String {
    switch self {
    case .public: "A public reply"
    case .internal: "An internal comment"
    case .assign: "Assigning"
    case .severity: "Setting the severity"
    case .link: "Linking to an incident"
    case .merge: "Merging and splitting"
    case .close: "Closing"
    case .override: "Setting a state against the rules"
    }
  }
}
