/// What an export can be.
package enum RetroFormat: String, CaseIterable, Sendable {
  case md, html
  /// HTML for paper: a browser makes a good PDF of it.
  case print
  case json
  /// The timeline, one row an event.
  case csv

  /// Of a file's name, without a dot.
  package var ending: String { self == .print ? "print.html" : rawValue }

  /// Whether a template says what stands in it.
  package var hasTemplate: Bool { self == .md || self == .html || self == .print }
}
