import PromQL
import Values

/// One alerting or recording rule as its file has it.
package struct Rule: Sendable {
  package enum Kind: Hashable, Sendable {
    case alerting(String)
    case recording(String)
  }

  /// A label or annotation: the text as written, and the template it is (alerting rules only).
  package struct Text: Sendable {
    package let name: String
    package let text: String
    package let position: Position
    let template: AnnotationTemplate?

    init(_ name: String, _ text: String, template: AnnotationTemplate?, at position: Position = .start) {
      self.position = position
      self.name = name
      self.text = text
      self.template = template
    }
  }

  package let kind: Kind
  package let expr: Expr
  /// The expression as written, outer white space aside.
  package let source: String
  /// `for`: how long the condition holds before the alert fires.
  package let hold: Span
  /// `keep_firing_for`: how long it goes on firing after the condition ended.
  package let keep: Span
  /// The group's labels with the rule's over them, sorted by name.
  package let labels: [Text]
  /// Sorted by name.
  package let annotations: [Text]
  package let file: String
  package let position: Position
  package let isBuiltIn: Bool
  /// What an alert compares with, for screens.
  package let threshold: Threshold?
  /// From the names of the metrics in ``expr``.
  package let unit: Figure.Unit
  /// Whether a template of it asks `query`.
  package let asksQueries: Bool

  init(
    kind: Kind, expr: Expr, source: String, hold: Span = .zero, keep: Span = .zero, labels: [Text] = [],
    annotations: [Text] = [], file: String, position: Position = .start, isBuiltIn: Bool = false
  ) {
    self.isBuiltIn = isBuiltIn
    self.kind = kind
    self.expr = expr
    self.source = source
    self.hold = hold
    self.keep = keep
    self.labels = labels.sorted { $0.name < $1.name }
    self.annotations = annotations.sorted { $0.name < $1.name }
    self.file = file
    self.position = position
    threshold = expr.threshold
    unit = expr.unit
    asksQueries = (labels + annotations).contains { $0.template?.calls("query") ?? false }
  }

  /// The alert's name, or that of the series which it records.
  package var name: String {
    switch kind {
    case .alerting(let name), .recording(let name): name
    }
  }

  package var isAlerting: Bool {
    if case .alerting = kind { return true }
    return false
  }

  /// `rules.yaml:41`; a built-in rule stands nowhere.
  package var place: String { isBuiltIn ? "built in" : "\(file):\(position.line)" }

  /// The text of an annotation as written; nil when absent.
  package func annotation(_ name: String) -> String? {
    annotations.first { $0.name == name }?.text
  }

  package func label(_ name: String) -> String? {
    labels.first { $0.name == name }?.text
  }
}
