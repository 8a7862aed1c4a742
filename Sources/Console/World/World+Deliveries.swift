import Comms
import Incidents
import Values

/// How far what was to go out has come.
extension World {
  /// Deliveries that nothing happens to before a person does something, the oldest first.
  var stuckDeliveries: [DeliveryRecord] { ledger.deliveries.filter(\.waitsForPerson) }

  /// Those that are on their way, or wait for their next try.
  var waitingDeliveries: [DeliveryRecord] {
    ledger.deliveries.filter { $0.isOpen && !$0.waitsForPerson }
  }

  /// Of one update, in the order in which its destinations were named.
  func deliveries(of draft: String) -> [DeliveryRecord] { ledger.deliveries.filter { $0.draft == draft } }

  /// What a destination called an incident when it was told of it.
  func remoteID(of incident: String, system: String, to: String) -> String? {
    ledger.deliveries.remoteID(of: incident, at: "\(system)/\(to)")
  }

  /// Names of the deliveries of a system that tell of alerts without a hand: its folder says so, and somebody trusts it.
  /// What came with the binary tells nobody.
  func pagers(of system: String) -> [String] {
    guard options.folders[system]?.isBundled == false, isTrusted(system) else { return [] }
    return guide(system)?.pagers.map(\.to) ?? []
  }
}
