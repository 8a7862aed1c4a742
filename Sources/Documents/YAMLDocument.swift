import Values
import Yams

/// A YAML document as nodes with positions, read by Yams' `compose`, never by plain `Decodable`.
///
/// Aliases are expanded by Yams while it composes (linear); ``YAMLDocument/maximumNodes`` bounds what a
/// hostile file can make of them.
package struct YAMLDocument: Sendable {
  package let root: YAMLNode?
  package let file: String

  /// Nodes visited at most while converting; aliases count each time they are used.
  static let maximumNodes = 2_000_000

  /// Reads the first document of `text`; ``root`` is nil when there is none or when it has no syntax.
  ///
  /// - Parameter firstLine: the line of the file on which `text` begins (front matter does not begin at 1).
  package init(_ text: String, file: String, firstLine: Int = 1, problems: inout [Problem]) {
    self.file = file
    var found: YAMLNode?
    do {
      var budget = Self.maximumNodes
      let parser = try Parser(yaml: text)
      if let first = try parser.nextRoot() {
        found = try YAMLNode(first, lineOffset: firstLine - 1, budget: &budget)
        if let second = try parser.nextRoot() {
          let line = (second.mark?.line ?? 1) + firstLine - 1
          problems.append(
            Problem(
              "a second document begins in this file, and only the first counts",
              remedy: "move it to a file of its own", file: file,
              at: Position(line: line, column: second.mark?.column ?? 1), weight: .warning))
        }
      }
    } catch is YAMLNode.TooLarge {
      found = nil
      problems.append(
        Problem(
          "the document expands to more than \(Self.maximumNodes) values",
          remedy: "remove nested aliases", file: file))
    } catch {
      found = nil
      problems.append(Self.problem(from: error, file: file, lineOffset: firstLine - 1))
    }
    root = found
  }

  private static func problem(from error: any Error, file: String, lineOffset: Int) -> Problem {
    var mark: Mark?
    var what = "\(error)"
    switch error as? YamlError {
    case .scanner(_, let problem, let at, _), .parser(_, let problem, let at, _),
      .composer(_, let problem, let at, _):
      mark = at
      what = problem
    case .duplicatedKeysInMapping(let duplicates, let context):
      mark = context.mark
      let names = duplicates.map { "\"\($0)\"" }.joined(separator: ", ")
      what = "the key \(names) stands twice in one mapping"
    default: break
    }
    return Problem(
      "this is not YAML: \(what.trimmingSpaces)", remedy: "correct it", file: file,
      at: Position(line: (mark?.line ?? 1) + lineOffset, column: mark?.column ?? 1))
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
