import Metrics
import PromQL

/// What an alerting rule makes of one element of its result: the alert's identity and its texts.
struct AlertForm: Sendable {
  /// The value's bits: ordinary NaNs are the same, too.
  let value: UInt64
  let labels: Labels
  let annotations: [String: String]
}

/// The forms of all places of the result's shape, filled in anew only where what they show has changed.
struct AlertForms: Sendable {
  private var shape: Shape?
  private var forms: [AlertForm?] = []
  /// Whether a text depends on more than the element: on the time, or on what a query answers.
  private let dependsOnMore: Bool
  private let labelsShowValue: Bool
  private let annotationsShowValue: Bool

  init(_ rule: Rule) {
    let templates = (rule.labels + rule.annotations).compactMap(\.template)
    dependsOnMore = templates.contains { $0.calls("query") || $0.calls("now") }
    labelsShowValue = rule.labels.contains { $0.template?.seesValue ?? false }
    annotationsShowValue = rule.annotations.contains { $0.template?.seesValue ?? false }
  }

  mutating func prepare(for shape: Shape) {
    if self.shape === shape { return }
    self.shape = shape
    forms = Array(repeating: nil, count: shape.count)
  }

  /// The form of a place whose value is `value`.
  ///
  /// - Parameter context: what the templates see; made only when something has to be filled in.
  mutating func form(
    _ place: Int, _ value: Double, _ element: Labels, of rule: Rule, _ context: () -> TemplateContext
  ) -> AlertForm {
    let bits = value.bitPattern
    let known = dependsOnMore ? nil : forms[place]
    if let known, known.value == bits || !(labelsShowValue || annotationsShowValue) { return known }
    let context = context()
    let labels = labelsShowValue ? nil : known?.labels
    let annotations = annotationsShowValue ? nil : known?.annotations
    let form = AlertForm(
      value: bits, labels: labels ?? rule.alertLabels(element, context),
      annotations: annotations ?? rule.alertAnnotations(context))
    forms[place] = form
    return form
  }
}

extension Rule {
  /// An alert's identity: the element's labels without the metric's name, the rule's over them, and `alertname`.
  fileprivate func alertLabels(_ element: Labels, _ context: TemplateContext) -> Labels {
    var labels = element.withoutMetricName
    for label in self.labels {
      labels = labels.setting(label.name, label.template?.expand(context) ?? label.text)
    }
    return labels.setting("alertname", name)
  }

  fileprivate func alertAnnotations(_ context: TemplateContext) -> [String: String] {
    var texts: [String: String] = [:]
    for annotation in annotations {
      texts[annotation.name] = annotation.template?.expand(context) ?? annotation.text
    }
    return texts
  }
}
