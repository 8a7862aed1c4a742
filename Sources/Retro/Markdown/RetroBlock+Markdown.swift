import Playbooks
import Values

/// Blocks as CommonMark with GFM tables; every text of others in them is inert.
extension RetroBlock {
  /// - Parameter level: of the headings of its groups.
  func markdown(level: Int) -> [String] {
    switch self {
    // Four blanks before it would make code of it.
    case .paragraph(let text): [Inert.markdown(text.flush), ""]
    case .warning(let text): ["**Mind:** \(Inert.markdown(text))", ""]
    case .facts(let facts):
      facts.map { "- \(Inert.markdown($0.name)): \(Inert.markdown($0.text))" } + [""]
    case .list(let items): items.map { "- \(Inert.markdown($0.flush))" } + [""]
    case .table(let table): table.markdown + [""]
    case .verbatim(let text, let language): OutputExcerpt.fenced(text, as: language) + [""]
    case .written(let text): WrittenMarkdown.inert(text, under: level) + [""]
    case .conversation(let messages): messages.flatMap(\.markdown)
    case .chart(let chart): chart.markdown(level: level)
    case .group(let title, let blocks):
      [String(repeating: "#", count: min(level, 6)) + " " + Inert.markdown(title), ""]
        + blocks.flatMap { $0.markdown(level: level + 1) }
    }
  }
}

extension String {
  /// Without what is blank at its beginning.
  fileprivate var flush: String { String(drop(while: \.isWhitespace)) }
}

extension RetroTable {
  fileprivate var markdown: [String] {
    // Many rows as one text: 100,000 lines of their own take as long to put together as to write.
    let rows = rows.inParallel { rows in
      rows.map { Self.line($0.map(\.markdown)) }.joined(separator: "\n")
    }
    return [Self.line(headings.map(Inert.markdown)), Self.line(headings.map { _ in "---" })] + rows
  }

  private static func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}

extension RetroTable.Cell {
  fileprivate var markdown: String {
    let safe = Inert.markdown(text)
    return isStruck && !safe.isEmpty ? "~~\(safe)~~" : safe
  }
}

extension RetroMessage {
  fileprivate var markdown: [String] {
    let whom = isPublic ? "" : " (internal)"
    return ["**\(at.dateClockUTC) \(Inert.markdown(who))\(whom)**", ""]
      + OutputExcerpt.fenced(text, as: "text") + [""]
  }
}

extension RetroSection {
  /// Its blocks, without its heading: that is the template's.
  package var markdown: String {
    var lines = blocks.flatMap { $0.markdown(level: 3) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

extension RetroDocument {
  /// By a template, ending in one line end.
  package func markdown(_ template: RetroTemplate) -> String {
    var text = template.filled(with: self, section: \.markdown)
    while text.hasSuffix("\n") { text.removeLast() }
    return text + "\n"
  }
}

extension IncidentReport {
  /// By our own template, with the whole timeline.
  package var markdown: String {
    BuiltInRetroTemplates.template("midwatch").map { document().markdown($0) } ?? ""
  }
}
