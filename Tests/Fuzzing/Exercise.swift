/// One reader of hostile text, and what must hold whatever it is given: it ends, and what it accepted it
/// can write and read again.
package enum Exercise: String, CaseIterable, Sendable {
  case exposition, promql, template, rules

  /// A broken promise: a sentence. A crash is one, too, but cannot be returned.
  package struct Broken: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
  }

  package func run(_ bytes: [UInt8]) throws(Broken) {
    switch self {
    case .exposition: try Self.exposition(bytes)
    case .promql: try Self.promql(bytes)
    case .template: try Self.template(bytes)
    case .rules: try Self.rules(bytes)
    }
  }
}
