import Metrics
import Patterns
import Values

/// Reads matchers as Alertmanager writes them: `severity="page"`, `instance =~ "api-.*"`, `team=core`,
/// or several in braces or with commas between them.
package enum MatcherText {
  package struct Wrong: Error, Hashable, Sendable {
    package let what: String
  }

  package static func parse(_ text: String) throws(Wrong) -> [Matcher] {
    var rest = text.trimmed[...]
    if rest.hasPrefix("{") {
      guard rest.hasSuffix("}") else { throw Wrong(what: "the closing brace is missing") }
      rest = rest.dropFirst().dropLast()
    }
    var matchers: [Matcher] = []
    while !rest.allSatisfy(\.isWhitespace) {
      matchers.append(try matcher(&rest))
      rest = rest.drop(while: \.isWhitespace)
      guard rest.isEmpty || rest.first == "," else {
        throw Wrong(what: "a comma is missing before \"\(Inert.terminal(String(rest.prefix(20))))\"")
      }
      rest = rest.dropFirst()
    }
    guard !matchers.isEmpty else { throw Wrong(what: "there is no matcher") }
    return matchers
  }

  private static func matcher(_ rest: inout Substring) throws(Wrong) -> Matcher {
    rest = rest.drop(while: \.isWhitespace)
    let name =
      rest.first == "\""
      ? try quoted(&rest) : String(take(&rest) { !"=!~{},\"".contains($0) && !$0.isWhitespace })
    guard !name.isEmpty else { throw Wrong(what: "the name of a label is missing") }
    rest = rest.drop(while: \.isWhitespace)
    guard
      let op = Matcher.Operator.allCases.sorted(by: { $0.rawValue.count > $1.rawValue.count }).first(
        where: { rest.hasPrefix($0.rawValue) })
    else { throw Wrong(what: "after \"\(Inert.terminal(name))\" comes =, !=, =~ or !~") }
    rest = rest.dropFirst(op.rawValue.count).drop(while: \.isWhitespace)
    let value =
      rest.first == "\""
      ? try quoted(&rest) : String(take(&rest) { $0 != "," && $0 != "}" }).trimmed
    switch op {
    case .equal: return Matcher(name, value)
    case .notEqual: return Matcher(name, value, negated: true)
    case .matches, .doesNotMatch:
      do throws(Regex.BadPattern) {
        return Matcher(
          name, value, predicate: LabelPattern(regex: try Regex(value)), negated: op == .doesNotMatch)
      } catch {
        throw Wrong(what: "\"\(Inert.terminal(value))\" is no regular expression: \(error.reason)")
      }
    }
  }

  private static func take(_ rest: inout Substring, while isPart: (Character) -> Bool) -> Substring {
    let part = rest.prefix(while: isPart)
    rest = rest.dropFirst(part.count)
    return part
  }

  private static func quoted(_ rest: inout Substring) throws(Wrong) -> String {
    var inner = rest.dropFirst()
    var text = ""
    while let character = inner.popFirst() {
      if character == "\"" {
        rest = inner
        return text
      }
      guard character == "\\" else {
        text.append(character)
        continue
      }
      switch inner.popFirst() {
      case "n": text.append("\n")
      case let escaped? where escaped == "\"" || escaped == "\\": text.append(escaped)
      case let other?: text += "\\" + String(other)
      case nil: break
      }
    }
    throw Wrong(what: "the closing quotation mark is missing")
  }
}

private struct LabelPattern: TextPredicate {
  let regex: Regex

  var literals: [String]? { regex.literals }

  func matches(_ text: String) -> Bool { regex.matches(text) }
}
