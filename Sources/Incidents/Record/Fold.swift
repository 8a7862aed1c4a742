/// One entity (incident, run, draft, ticket, alert, endpoint, delivery) as its events leave it.
///
/// A function of events alone: it reads no clock and no system folder.
package protocol Fold: Codable, Equatable, Sendable {
  /// Names its rows, and the version of their shape: another version is rebuilt.
  static var name: String { get }
  static var version: Int { get }
  /// The entities an event concerns.
  static func keys(of event: Event) -> [String]
  init(key: String)
  /// Total: an unknown kind or an erased body leaves it as it is.
  mutating func apply(_ event: Event)
  /// Whether work remains on it; ``Record/open(_:)`` lists those.
  var isOpen: Bool { get }
}
