/// What an incident is measured by: the time from one of its key times to another.
package enum Measure: String, Codable, CaseIterable, Sendable {
  case detect, acknowledge, declare
  case firstUpdate = "first_update"
  case mitigate, resolve

  /// The names of the ``KeyTime``s between which it lies, so that nobody has to guess what was measured.
  package var ends: (from: String, to: String) {
    switch self {
    case .detect: ("started", "detected")
    case .acknowledge: ("detected", "acknowledged")
    case .declare: ("started", "declared")
    case .firstUpdate: ("declared", "first_update")
    case .mitigate: ("started", "mitigated")
    case .resolve: ("started", "resolved")
    }
  }

  /// `time to first update, from declared`.
  package var words: String { "time to \(rawValue.replacing("_", with: " ")), from \(ends.from)" }
}
