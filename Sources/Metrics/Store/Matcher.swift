/// Whether a text fits a pattern: how the store sees a compiled regular expression.
package protocol TextPredicate: Sendable {
  func matches(_ text: String) -> Bool
  /// The only texts that fit, when they are few and known.
  var literals: [String]? { get }
}

/// A condition on one label; an absent label counts as the empty text.
package struct Matcher: Sendable {
  package enum Operator: String, Hashable, CaseIterable, Sendable {
    case equal = "="
    case notEqual = "!="
    case matches = "=~"
    case doesNotMatch = "!~"
  }

  package let name: String
  package let op: Operator
  /// As written: the text or the regular expression.
  package let value: String
  let predicate: (any TextPredicate)?

  /// For `=` and `!=`.
  package init(_ name: String, _ value: String, negated: Bool = false) {
    self.name = name
    self.value = value
    op = negated ? .notEqual : .equal
    predicate = nil
  }

  /// For `=~` and `!~`: `value` is the text of `predicate`.
  package init(_ name: String, _ value: String, predicate: any TextPredicate, negated: Bool = false) {
    self.name = name
    self.value = value
    self.predicate = predicate
    op = negated ? .doesNotMatch : .matches
  }

  package func matches(_ text: String) -> Bool {
    switch op {
    case .equal: text.hasBytes(of: value)
    case .notEqual: !text.hasBytes(of: value)
    case .matches: predicate?.matches(text) ?? false
    case .doesNotMatch: !(predicate?.matches(text) ?? true)
    }
  }

  package func matches(_ labels: Labels) -> Bool { matches(labels[name] ?? "") }
}

extension Matcher: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.name == b.name && a.op == b.op && a.value == b.value }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(op)
    hasher.combine(value)
  }
}

extension Matcher: CustomStringConvertible {
  package var description: String { Labels.written(name) + op.rawValue + value.quotedAsInGo }
}
