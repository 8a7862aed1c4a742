import Comms
import Host
import Values

/// Zones as this machine knows them.
enum KnownZones {
  /// Gives a check the machine's own zone, and the rules of those that the text names whole, `Europe/Berlin`.
  static func tell(_ check: inout DraftCheck, of text: String) {
    let zone = Clock.zone(at: check.now ?? Clock.now())
    if zone.name.allSatisfy(\.isLetter) { check.zoneNames = [zone.name: zone.offset] }
    check.zones = PromiseText.zoneNames(in: text).compactMap(ZoneReader.zone)
  }
}
