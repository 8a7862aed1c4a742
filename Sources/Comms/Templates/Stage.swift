import Incidents

/// What an update is about: an incident's status, or one of three other occasions.
package enum Stage: String, Codable, CaseIterable, Sendable {
  case investigating = "Investigating"
  case identified = "Identified"
  case monitoring = "Monitoring"
  case resolved = "Resolved"
  case announcement, maintenance, reply

  package init(_ status: Status) {
    switch status {
    case .investigating: self = .investigating
    case .identified: self = .identified
    case .monitoring: self = .monitoring
    case .resolved: self = .resolved
    }
  }

  /// Whether readers wait for another update after it.
  package var asksForNext: Bool { self == .investigating || self == .identified || self == .monitoring }
}
