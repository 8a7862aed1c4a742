/// An annotation or label template: the language of Go's `text/template` with Prometheus' functions.
///
/// Reading it finds what Prometheus refuses when a rule file loads: wrong syntax, unknown functions and
/// variables. ``expand(_:)`` never fails as a whole: see there.
package struct AnnotationTemplate: Sendable {
  package let text: String
  private let nodes: [TemplateNode]
  private let definitions: [String: [TemplateNode]]

  /// Variables that are there from the beginning.
  static let variables = ["$", "$labels", "$externalLabels", "$externalURL", "$value"]

  package init(_ text: String) throws(TemplateError) {
    self.text = text
    guard text.hasAction else {
      nodes = text.isEmpty ? [] : [.text(text)]
      definitions = [:]
      return
    }
    var parser = try TemplateParser(
      text, variables: Self.variables, isFunction: TemplateFunctions.isDefined)
    nodes = try parser.parse()
    definitions = parser.definitions
  }

  /// Whether it says the same whatever it sees.
  package var isConstant: Bool {
    nodes.allSatisfy { node in
      if case .text = node { return true }
      return false
    }
  }

  /// Whether nothing stands in it but text, not even a named template.
  var isPlainText: Bool { definitions.isEmpty && isConstant }

  /// The text with everything filled in.
  package func render(_ context: TemplateContext) throws(TemplateError) -> String {
    if isConstant { return constantText }
    var evaluator = TemplateEvaluator(context: context, definitions: definitions)
    return try evaluator.run(nodes)
  }

  /// Every node, those of named templates included.
  var allNodes: [TemplateNode] {
    (nodes + definitions.values.joined()).flatMap(\.descendants)
  }

  private var constantText: String {
    nodes.map { node in
      if case .text(let text) = node { return text }
      return ""
    }.joined()
  }

  /// As ``render(_:)``; what goes wrong while it runs stands in the text, where a responder sees it, and the
  /// alert goes on (as in Prometheus).
  package func expand(_ context: TemplateContext) -> String {
    do {
      return try render(context)
    } catch {
      return "<error expanding template: \(error.what)>"
    }
  }
}

extension String {
  /// Whether `{{` stands in it: without that a template says what it says.
  fileprivate var hasAction: Bool {
    var before: UInt8 = 0
    for byte in utf8 {
      if byte == UInt8(ascii: "{"), before == byte { return true }
      before = byte
    }
    return false
  }
}
