import Foundation
import Values

/// Reads the rules of time zones where this host has them.
package enum ZoneReader {
  /// `$TZDIR`, else the place where every Linux has them.
  private static var folder: String {
    ProcessInfo.processInfo.environment["TZDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? "/usr/share/zoneinfo"
  }

  /// Nil when this host does not know such a zone. UTC needs no file.
  package static func zone(_ name: String) -> Zone? {
    if name == "UTC" { return .utc }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") }) else { return nil }
    return FolderReader.contents(of: folder + "/" + name).flatMap { Zone(name: name, tzif: $0) }
  }
}
