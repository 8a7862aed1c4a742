/// What a template uses, without running it.
extension AnnotationTemplate {
  /// Whether it calls a function somewhere.
  func calls(_ function: String) -> Bool {
    !isPlainText
      && allNodes.contains { node in
        node.pipelines.contains { pipeline in
          pipeline.operands.contains { operand in
            if case .function(function) = operand { return true }
            return false
          }
        }
      }
  }

  /// Whether the alert's value goes into the text (asking about it in an `if` does not count).
  var printsValue: Bool {
    !isPlainText
      && allNodes.contains { node in
        guard case .action(let pipeline) = node, pipeline.variables.isEmpty else { return false }
        return pipeline.operands.contains { operand in
          switch operand {
          case .variable("$value", _), .variable("$", fields: ["Value"]), .fields(["Value"]): true
          default: false
          }
        }
      }
  }

  /// Whether the text can depend on the alert's value; where that is hard to tell, it counts as if it did.
  var seesValue: Bool {
    allNodes.contains { node in
      node.pipelines.contains { pipeline in
        pipeline.operands.contains { operand in
          switch operand {
          case .dot, .variable("$value", _): true
          case .variable("$", let fields), .fields(let fields):
            fields.first.map { !["Labels", "ExternalLabels", "ExternalURL"].contains($0) } ?? true
          default: false
          }
        }
      }
    }
  }
}

extension TemplateNode {
  /// The node and everything inside it.
  var descendants: [TemplateNode] {
    switch self {
    case .condition(_, let then, let otherwise), .with(_, let then, let otherwise),
      .range(_, let then, let otherwise):
      [self] + (then + otherwise).flatMap(\.descendants)
    default: [self]
    }
  }

  var pipelines: [TemplatePipeline] {
    switch self {
    case .action(let pipeline), .condition(let pipeline, _, _), .with(let pipeline, _, _),
      .range(let pipeline, _, _):
      [pipeline]
    case .call(_, let pipeline, _): pipeline.map { [$0] } ?? []
    case .text, .breakLoop, .continueLoop: []
    }
  }
}

extension TemplatePipeline {
  /// All operands, those of inner pipelines included.
  var operands: [TemplateOperand] { commands.flatMap { $0.operands.flatMap(\.inner) } }
}

extension TemplateOperand {
  fileprivate var inner: [TemplateOperand] {
    switch self {
    case .pipeline(let pipeline): [self] + pipeline.operands
    case .chain(let operand, _): [self] + operand.inner
    default: [self]
    }
  }
}
