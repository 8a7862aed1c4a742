import Desk
import Values

/// Zones of tickets' own calendars, which the folder may name no longer.
enum TicketZones {
  /// Those that the plan names, as far as this host has them.
  static func of(_ plan: ClockPlan) -> [String: Zone] {
    let zones = plan.zones.compactMap { name in ZoneReader.zone(name).map { (name, $0) } }
    return Dictionary(zones, uniquingKeysWith: { $1 })
  }

  /// Gives the hand the zones for want of which acts were refused, and says which of them are to be done again.
  ///
  /// - Parameter problem: gets a sentence for each zone that this host does not have; its hours count in UTC.
  static func complete<Done>(
    _ hand: inout DeskHand, after results: [Result<Done, any Error>], problem: (String) -> Void
  ) -> [Int] {
    var again: [Int] = []
    for (index, result) in results.enumerated() {
      guard case .failure(let error as UnknownZones) = result else { continue }
      again.append(index)
      for name in error.names where hand.zones[name] == nil {
        let zone = ZoneReader.zone(name)
        hand.zones[name] = zone ?? .utc
        if zone == nil {
          problem(
            "This host has no rules of \(Inert.terminal(name)), so that hours of tickets that name it count in "
              + "UTC; install tzdata.")
        }
      }
    }
    return again
  }
}
