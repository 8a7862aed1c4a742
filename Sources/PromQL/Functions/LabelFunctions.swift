import Metrics
import Patterns

/// `label_replace` and `label_join`.
extension Function {
  static func labelReplace(_ evaluation: Evaluation, _ call: Call, _ time: Int64) throws(EvaluationError)
    -> [Element]
  {
    let texts = call.arguments.dropFirst().map { evaluation.string($0) }
    guard texts.count == 4 else { return [] }
    let (target, template, source, pattern) = (texts[0], texts[1], texts[2], texts[3])
    let regex: Regex
    do {
      regex = try Regex(pattern)
    } catch {
      throw EvaluationError(
        "invalid regular expression in label_replace(): \(pattern): \(error.reason)", at: call.place)
    }
    guard !target.isEmpty, call.arguments[1].isValidText else {
      throw EvaluationError("invalid destination label name in label_replace(): \(target)", at: call.place)
    }
    let elements = try evaluation.elements(call, at: time).map { element in
      let text = element.labels[source] ?? ""
      guard let match = regex.firstMatch(in: text) else { return element }
      let value = regex.expand(template, match: match, in: text)
      return Element(
        element.labels.setting(target, value), element.value,
        dropsName: target == .metricName ? false : element.dropsName)
    }
    return try evaluation.unique(elements)
  }

  static func labelJoin(_ evaluation: Evaluation, _ call: Call, _ time: Int64) throws(EvaluationError)
    -> [Element]
  {
    let texts = call.arguments.dropFirst().map { evaluation.string($0) }
    guard let target = texts.first, let separator = texts.dropFirst().first else { return [] }
    let sources = texts.dropFirst(2)
    guard !target.isEmpty, call.arguments[1].isValidText else {
      throw EvaluationError("invalid destination label name in label_join(): \(target)", at: call.place)
    }
    guard !sources.contains("") else {
      throw EvaluationError("invalid source label name in label_join(): an empty one", at: call.place)
    }
    let elements = try evaluation.elements(call, at: time).map { element in
      let value = sources.map { element.labels[$0] ?? "" }.joined(separator: separator)
      return Element(
        element.labels.setting(target, value), element.value,
        dropsName: target == .metricName ? false : element.dropsName)
    }
    return try evaluation.unique(elements)
  }
}

extension Expr {
  /// Whether a string's bytes are UTF-8.
  fileprivate var isValidText: Bool {
    guard case .string(let literal) = unwrapped else { return true }
    return literal.bytes == Array(literal.value.utf8)
  }
}
