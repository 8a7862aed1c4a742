internal import Values

/// Values as reasons show them.
enum Shown {
  /// Characters of remote text in a reason.
  static let limit = 80

  /// In quotes, made harmless, cut with `…`.
  static func quoted(_ text: String) -> String {
    let cut = text.prefix(limit)
    return "\"\(Inert.terminal(String(cut)))\(cut.endIndex < text.endIndex ? "…" : "")\""
  }

  /// `5`, `0.25`, `1e+30`.
  static func number(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
  }

  /// `a`, `a and b`, `a, b and c`.
  static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return "\(names.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// `3d04h`; `expired 3d04h ago`.
  static func lifetime(_ left: Span) -> String {
    left < .zero ? "expired \((-left).short) ago" : left.short
  }
}
