/// Where an incident stands; Resolved ends it, and it can be reopened.
package enum Status: String, Codable, CaseIterable, Sendable {
  case investigating = "Investigating"
  case identified = "Identified"
  case monitoring = "Monitoring"
  case resolved = "Resolved"
}
