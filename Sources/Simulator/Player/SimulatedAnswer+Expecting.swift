/// Finding an answer under which a list of assertions holds.
extension SimulatedAnswer {
  /// What a body is, as far as a probe's kind asks for it.
  package enum Content: Sendable {
    /// `ok`.
    case text
    /// An empty page in Prometheus' text format.
    case exposition
    /// `{}`.
    case json
  }

  /// A healthy answer for an endpoint whose `expect` says this, as written in system.yaml: a status, JSON
  /// values and lengths, headers and a body are made so that they hold; what is not understood is left out.
  ///
  /// Without a status it is 200; `content` is the body that no assertion asks for.
  package static func healthy(expecting assertions: [String], content: Content = .text) -> SimulatedAnswer {
    var answer = SimulatedAnswer()
    var document: JSONSketch?
    var text: String?
    for assertion in assertions {
      guard let claim = Claim(assertion) else { continue }
      switch claim.subject {
      case "status":
        if let status = claim.number.map(Int.init), (100...599).contains(status) { answer.status = status }
      case "body":
        text = claim.operand
      default:
        if let name = claim.argument(of: "header") {
          answer.headers[name.lowercased()] = claim.plainText
        } else if let path = claim.argument(of: "json") {
          document = (document ?? .empty).setting(JSONSketch.steps(of: path)[...], to: claim.value)
        } else if let path = claim.argument(of: "len(json") {
          let elements = JSONSketch.array(Array(repeating: .object([:]), count: claim.length))
          document = (document ?? .empty).setting(JSONSketch.steps(of: path)[...], to: elements)
        }
      }
    }
    if content == .json, document == nil, text == nil { document = .empty }
    let body = document?.text ?? text ?? (content == .exposition ? "" : "ok\n")
    answer.body = Array(body.utf8)
    if answer.headers["content-type"] == nil {
      answer.headers["content-type"] =
        document != nil
        ? "application/json"
        : content == .exposition
          ? "text/plain; version=0.0.4; charset=utf-8" : "text/plain; charset=utf-8"
    }
    return answer
  }
}

/// One assertion taken apart: `json("$.status") == "healthy"`.
private struct Claim {
  let subject: String
  let comparison: String
  /// Without its quotes.
  let operand: String
  private let isQuoted: Bool

  init?(_ text: String) {
    let symbols = [" == ", " >= ", " <= ", " =~ ", " > ", " < ", " in ", " contains "]
    let found = symbols.compactMap { symbol in text.range(ofFirst: symbol).map { (symbol, $0) } }
    guard let (symbol, range) = found.min(by: { $0.1.lowerBound < $1.1.lowerBound }) else { return nil }
    subject = String(text[..<range.lowerBound]).trimmed
    comparison = symbol.trimmed
    let right = String(text[range.upperBound...]).trimmed
    isQuoted = right.count >= 2 && right.hasPrefix("\"") && right.hasSuffix("\"")
    operand = isQuoted ? String(right.dropFirst().dropLast()) : right
  }

  /// What stands in quotes between `function(` and `)`.
  func argument(of function: String) -> String? {
    let opening = function + "(\""
    guard subject.hasPrefix(opening), let end = subject.dropFirst(opening.count).firstIndex(of: "\"") else {
      return nil
    }
    return String(subject.dropFirst(opening.count)[..<end])
  }

  /// A number that satisfies the comparison; the lower bound of a range.
  var number: Double? {
    let first = operand.range(ofFirst: "..").map { String(operand[..<$0.lowerBound]) } ?? operand
    guard let number = Double(first), number.magnitude < 1e15 else { return nil }
    return switch comparison {
    case ">": number + 1
    case "<": number - 1
    default: number
    }
  }

  var length: Int { min(1000, max(0, Int(number ?? 1))) }

  /// The operand without what only a pattern has.
  var plainText: String {
    let plain = operand.filter { !"^$\\*+?()[]|".contains($0) }
    return plain == "json" ? "application/json" : plain
  }

  var value: JSONSketch {
    if isQuoted { return .text(comparison == "=~" ? plainText : operand) }
    if let number { return .literal(Exposition.number(number)) }
    return .literal(["true", "false", "null"].contains(operand) ? operand : "null")
  }
}

/// As much of a JSON document as a healthy answer needs.
private indirect enum JSONSketch {
  case object([String: JSONSketch])
  case array([JSONSketch])
  case text(String)
  /// A number, `true`, `false` or `null`, as it is written.
  case literal(String)

  static var empty: JSONSketch { .object([:]) }

  /// The names in `$.a.b`; an index such as `[0]` is a step of digits.
  static func steps(of path: String) -> [String] {
    path.split { ".[]'$\"".contains($0) }.map(String.init)
  }

  func setting(_ steps: ArraySlice<String>, to value: JSONSketch) -> JSONSketch {
    guard let step = steps.first else { return value }
    let rest = steps.dropFirst()
    if Int(step) != nil {
      let first: JSONSketch = if case .array(let elements) = self { elements.first ?? .empty } else { .empty }
      return .array([first.setting(rest, to: value)])
    }
    var members: [String: JSONSketch] = [:]
    if case .object(let known) = self { members = known }
    members[step] = (members[step] ?? .empty).setting(rest, to: value)
    return .object(members)
  }

  var text: String {
    switch self {
    case .object(let members):
      let pairs = members.sorted { $0.key < $1.key }.map { "\(Self.quoted($0.key)):\($0.value.text)" }
      return "{\(pairs.joined(separator: ","))}"
    case .array(let elements): return "[\(elements.map(\.text).joined(separator: ","))]"
    case .text(let text): return Self.quoted(text)
    case .literal(let text): return text
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case _ where scalar.value < 32: quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = drop { $0 == " " }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }

  /// Where `part` first stands.
  fileprivate func range(ofFirst part: String) -> Range<Index>? {
    var from = startIndex
    while from < endIndex {
      if self[from...].hasPrefix(part), let end = index(from, offsetBy: part.count, limitedBy: endIndex) {
        return from..<end
      }
      from = index(after: from)
    }
    return nil
  }
}
