import Values

/// Fields of CSV files as spreadsheets may open them, and what was meant.
package enum CSVText {
  /// One record, its line end included.
  package static func record(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\r\n"
  }

  /// What would be a formula begins with an apostrophe; so does what began with apostrophes and a formula.
  static func field(_ text: String) -> String {
    Inert.csv(text.unicodeScalars.first == "'" && isFormula(text) ? "'" + text : text)
  }

  /// What a field of a file means: without the apostrophe that keeps it from being a formula.
  package static func meant(_ field: String) -> String {
    field.unicodeScalars.first == "'" && isFormula(field) ? String(field.unicodeScalars.dropFirst()) : field
  }

  /// As ``Inert/csv(_:)`` sees it, behind apostrophes.
  private static func isFormula(_ text: String) -> Bool {
    text.unicodeScalars.drop { $0 == "'" }.first { !$0.properties.isWhitespace }
      .map { "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0) } ?? false
  }
}
