import Foundation
import Values

/// The rules of time zones of the host that runs the tests.
enum HostZones {
  /// Nil where the host has no such zone.
  static func zone(_ name: String) -> Zone? {
    if name == "UTC" { return .utc }
    return FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)")
      .flatMap { Zone(name: name, tzif: Array($0)) }
  }

  static let areThere = zone("Europe/Paris") != nil
}
