import PromQL
import Values

/// What a rule of a file is made of, all of it sound or told.
struct RuleParts: Sendable {
  let kind: Rule.Kind
  let expr: Expr
  /// As written, outer white space too.
  let source: String
  let hold: Span
  let keep: Span
  /// The group's with the rule's over them.
  let labels: [Rule.Text]
  let annotations: [Rule.Text]
  let position: Position
}

extension Rule {
  init(_ parts: RuleParts, file: String) {
    self.init(
      kind: parts.kind, expr: parts.expr, source: parts.source.trimmed, hold: parts.hold, keep: parts.keep,
      labels: parts.labels, annotations: parts.annotations, file: file, position: parts.position)
  }
}
