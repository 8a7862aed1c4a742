package import JSON
internal import Patterns

/// How a line of a log is taken apart.
package enum LogFormat: Hashable, Sendable {
  /// A JSON object on each line.
  case json
  /// A regular expression, whose named groups are the fields.
  case pattern(LogPattern)

  /// `json`, or a regular expression.
  package init(_ text: String) throws(Mistake) {
    self = text == "json" ? .json : .pattern(try LogPattern(text))
  }

  /// The fields of a line, as an object; nil when the line is of another format.
  package func fields(of line: ArraySlice<UInt8>) -> JSONValue? {
    switch self {
    case .json:
      guard case .success(let document) = JSONValue.read(Array(line)), case .object = document else {
        return nil
      }
      return document
    case .pattern(let pattern): return pattern.fields(of: line)
    }
  }

  /// An object with every field that a line can have, each `1`; nil where that is not known beforehand.
  package var allFields: JSONValue? {
    guard case .pattern(let pattern) = self else { return nil }
    return .object(pattern.groups.map { JSONValue.Member($0, .string("1")) })
  }
}

/// A regular expression in RE2's syntax that is looked for in a line, and the names of its groups.
package struct LogPattern: Sendable {
  package let text: String
  /// In their order; those without a name are none.
  package let groups: [String]
  private let regex: Regex
  /// By group, from 1 on; empty for one without a name.
  private let names: [String]

  package init(_ text: String) throws(Mistake) {
    do throws(Regex.BadPattern) {
      regex = try Regex(text, anchored: false)
    } catch {
      throw Mistake(
        column: 1, "this is no regular expression: \(error.reason)",
        remedy: "write one in RE2's syntax, with named groups such as (?P<level>ERROR|WARN), or json")
    }
    self.text = text
    names = regex.groupNames
    groups = names.filter { !$0.isEmpty }
  }

  func fields(of line: ArraySlice<UInt8>) -> JSONValue? {
    let text = String(decoding: line, as: UTF8.self)
    guard let match = regex.firstMatch(in: text) else { return nil }
    let bytes = Array(text.utf8)
    var members: [JSONValue.Member] = []
    for (name, range) in zip(names, match.ranges.dropFirst()) where !name.isEmpty {
      guard let range, range.upperBound <= bytes.count else { continue }
      members.append(JSONValue.Member(name, .string(String(decoding: bytes[range], as: UTF8.self))))
    }
    return .object(members)
  }
}

extension LogPattern: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.text == b.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
