import Incidents

/// What the focus is on: what `a i s p u r y` act upon.
enum Subject: Equatable, Sendable {
  case none
  case alert(AlertIdentity)
  case endpoint(system: String, name: String)
  case incident(String)
  case routine(system: String, title: String)
  case ticket(String)

  var isSomething: Bool { self != .none }

  /// Names it in ``World/saving``.
  var key: String {
    switch self {
    case .none: ""
    case .alert(let identity): identity.key
    case .endpoint(let system, let name): "\(system)/\(name)"
    case .incident(let key), .ticket(let key): key
    case .routine(let system, let title): "\(system)/\(title)"
    }
  }
}
