import Metrics
import Patterns

/// `label_replace` and `label_join`.
extension Function {
  static func labelReplace(_ evaluation: Evaluation, _ call: CallPlan, _ time: Int64) throws(EvaluationError)
    -> Vector
  {
    let input = try evaluation.argument(call, at: time)
    return try evaluation.relabelled(input, call) { () throws(EvaluationError) in
      let texts = call.arguments.dropFirst().map { evaluation.string($0) }
      guard texts.count == 4 else { return { _ in nil } }
      let (target, template, source, pattern) = (texts[0], texts[1], texts[2], texts[3])
      let regex: Regex
      do throws(Regex.BadPattern) {
        regex = try Regex(pattern)
      } catch {
        throw EvaluationError(
          "invalid regular expression in label_replace(): \(pattern): \(error.reason)", at: call.place)
      }
      guard !target.isEmpty, call.arguments[1].expr.isValidText else {
        throw EvaluationError("invalid destination label name in label_replace(): \(target)", at: call.place)
      }
      return { labels in
        let text = labels[source] ?? ""
        guard let match = regex.firstMatch(in: text) else { return nil }
        return (target, regex.expand(template, match: match, in: text))
      }
    }
  }

  static func labelJoin(_ evaluation: Evaluation, _ call: CallPlan, _ time: Int64) throws(EvaluationError)
    -> Vector
  {
    let input = try evaluation.argument(call, at: time)
    return try evaluation.relabelled(input, call) { () throws(EvaluationError) in
      let texts = call.arguments.dropFirst().map { evaluation.string($0) }
      guard let target = texts.first, let separator = texts.dropFirst().first else { return { _ in nil } }
      let sources = texts.dropFirst(2)
      guard !target.isEmpty, call.arguments[1].expr.isValidText else {
        throw EvaluationError("invalid destination label name in label_join(): \(target)", at: call.place)
      }
      guard !sources.contains("") else {
        throw EvaluationError("invalid source label name in label_join(): an empty one", at: call.place)
      }
      return { labels in (target, sources.map { labels[$0] ?? "" }.joined(separator: separator)) }
    }
  }
}

extension Evaluation {
  /// The vector with one label of each element set as `change` says; nil leaves an element as it is.
  fileprivate func relabelled(
    _ input: Vector, _ call: CallPlan,
    _ change: () throws(EvaluationError) -> (Labels) -> (name: String, value: String)?
  ) throws(EvaluationError) -> Vector {
    if case .derived(let from, let to) = memory.findings[call.slot], from === input.shape {
      return try unique(Vector(to, input.values, as: input))
    }
    let change = try change()
    var labels: [Labels] = []
    var dropsName: [Bool] = []
    for (place, own) in input.shape.labels.enumerated() {
      let label = change(own)
      labels.append(label.map { own.setting($0.name, $0.value) } ?? own)
      dropsName.append(label?.name == .metricName ? false : input.shape.drops(place))
    }
    let shape = Shape(labels, dropsName: dropsName)
    memory.findings[call.slot] = .derived(from: input.shape, to: shape)
    return try unique(Vector(shape, input.values, as: input))
  }
}

extension Expr {
  /// Whether a string's bytes are UTF-8.
  fileprivate var isValidText: Bool {
    guard case .string(let literal) = unwrapped else { return true }
    return literal.bytes == Array(literal.value.utf8)
  }
}
