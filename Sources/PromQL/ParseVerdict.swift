/// What a parser says of a text, in the shape in which parsers are compared.
package struct ParseVerdict: Hashable, Sendable {
  /// `scalar`, `string`, `vector` or `matrix`; nil of a text that was refused.
  package let type: String?
  /// The expression on one line.
  package let canonical: String?
  /// The expression on several lines, where it is long.
  package let pretty: String?
  /// `line:column: what is wrong`; nil of a text that was accepted.
  package let error: String?

  package var isAccepted: Bool { error == nil }
}

extension PromQL {
  /// Reads a text and writes it again, or says why it cannot be read.
  package static func verdict(_ text: String, options: ParseOptions = ParseOptions()) -> ParseVerdict {
    do {
      let expr = try parse(text, options: options)
      return ParseVerdict(
        type: expr.valueType.rawValue, canonical: expr.description, pretty: expr.pretty, error: nil)
    } catch {
      return ParseVerdict(type: nil, canonical: nil, pretty: nil, error: error.description)
    }
  }
}
