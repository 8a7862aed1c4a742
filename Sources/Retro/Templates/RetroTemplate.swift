import Comms
import Values

/// Which sections a retro has, in which order and under which headings: Mustache over Markdown.
///
/// `{{{timeline}}}` stands for a section, `{{#timeline}}…{{/timeline}}` keeps what is around it only where the section
/// has something to say, `{{title}}` and the like are ``values``. One template serves Markdown and HTML.
package struct RetroTemplate: Sendable {
  /// `midwatch`, or the file's name without its ending.
  package let name: String
  private let body: TemplateBody

  /// Short texts for the middle of a line.
  package static let values = [
    "title", "incident", "severity", "status", "systems", "started", "declared", "resolved", "duration",
    "commander", "made", "zone", "inside",
  ]

  /// Longer ones are refused: a template is a page, not a book.
  package static let longest = 1 << 20

  /// Nil when something keeps it from being used; `problems` say what, all at once.
  package init?(_ text: String, name: String, file: String, problems: inout [Problem]) {
    guard text.utf8.count <= Self.longest else {
      problems.append(Problem("this template is longer than 1 MiB", remedy: "shorten it", file: file))
      return nil
    }
    var found: [Problem] = []
    body = TemplateBody(text, file: file, at: .start, problems: &found)
    let known = Set(RetroSection.told + RetroSection.writtenOnly + Self.values)
    for use in TemplateUse.all(in: text) where !known.contains(use.name) && !RetroSection.isKnown(use.name) {
      found.append(
        Problem(
          "a retro has no section and no value \"\(Inert.terminal(use.name))\"",
          remedy: Self.remedy(for: use.name, among: known), file: file, at: use.position))
    }
    self.name = name
    problems += found
    if found.contains(where: { $0.weight == .error }) { return nil }
  }

  /// The names that begin alike, else all of them.
  private static func remedy(for name: String, among known: Set<String>) -> String {
    let near = known.filter { $0.hasPrefix(name.prefix(3)) }.sorted()
    return "write one of \((near.isEmpty ? known.sorted() : near).joined(separator: ", "))"
  }

  /// The template with a document's values and sections in their places; the values are made inert for Markdown.
  ///
  /// - Parameter section: a section's blocks in the format at hand; asked only for those that have any.
  package func filled(with document: RetroDocument, section: (RetroSection) -> String) -> String {
    var fields: [String: Field] = [:]
    for (name, value) in document.values { fields[name] = .text(Inert.markdown(value)) }
    for one in document.sections where !one.blocks.isEmpty { fields[one.id] = .text(section(one)) }
    return body.filled(fields, missing: .empty).text
  }
}
