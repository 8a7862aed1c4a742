import Mustache
import Values

/// A subject or a text, ready to be filled.
package struct TemplateBody: Sendable {
  /// Fields that are shown, each once; those of sections are not: they may be absent.
  package let names: [String]
  /// First parts of dotted names.
  private let groups: Set<String>
  private let mustache: MustacheTemplate?
  /// Mustache cannot read a text that ends with a brace; such a one gets a newline that is taken off again.
  private let endsWithBrace: Bool

  /// Marks the name of a section for ``FieldRoot``: Mustache asks for both alike, and a section's field may
  /// be absent while a shown one may not.
  static let sectionMark = "?"
  /// Plain text: nothing is escaped for HTML. Stands on a line of its own, which Mustache removes.
  private static let header = "{{% CONTENT_TYPE:TEXT }}\n"

  package init(_ text: String, file: String, at start: Position, problems: inout [Problem]) {
    var found: [Problem] = []
    let tags = MustacheTag.tags(in: text, file: file, at: start, problems: &found)
    names = tags.filter { $0.kind == .name && $0.name != "." }.map(\.name).uniqued
    groups = Set(
      tags.compactMap { tag in
        tag.name.contains(".") && tag.name != "."
          ? tag.name.split(separator: ".").first.map(String.init) : nil
      })
    var marked: [UInt8] = []
    let bytes = Array(text.utf8)
    var end = 0
    for tag in tags where tag.kind != .name && tag.kind != .comment && tag.name != "." {
      marked += bytes[end..<tag.nameBytes.lowerBound] + Array(Self.sectionMark.utf8)
      end = tag.nameBytes.lowerBound
    }
    marked += bytes[end...]
    endsWithBrace = bytes.last == UInt8(ascii: "{")
    if endsWithBrace { marked.append(UInt8(ascii: "\n")) }
    var template: MustacheTemplate?
    if found.isEmpty {
      do {
        template = try MustacheTemplate(string: Self.header + String(decoding: marked, as: UTF8.self))
      } catch {
        found.append(
          Problem(
            "this template cannot be read: \(Inert.terminal("\(error)"))", remedy: "correct its fields",
            file: file, at: start))
      }
    }
    mustache = template
    problems += found
  }

  /// What stands where a field has no value.
  package enum Gap: Sendable {
    /// `{{name}}`, for somebody to fill it.
    case shown
    case empty
  }

  /// The text with its fields filled, and the names of those without a value.
  package func filled(_ fields: [String: Field], missing gap: Gap = .shown) -> (
    text: String, missing: [String]
  ) {
    let root = FieldRoot(fields, groups: groups, gap: gap)
    var text = mustache?.render(root) ?? ""
    if endsWithBrace, text.hasSuffix("\n") { text.removeLast() }
    return (text, root.misses.names)
  }
}
