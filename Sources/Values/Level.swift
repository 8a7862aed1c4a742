/// How loud an alert is.
package enum Level: String, Codable, CaseIterable, Comparable, Sendable {
  case info, warn, page

  package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

  /// Louder is higher.
  package var rank: Int {
    switch self {
    case .info: 0
    case .warn: 1
    case .page: 2
    }
  }
}
