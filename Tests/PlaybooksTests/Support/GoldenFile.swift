import Foundation
import Testing

@testable import Playbooks

/// What a document is read as, item by item, one a line: source lines, what it is, its first words and a digest of all
/// of them. Enough to check against the document, and nothing of its text beyond a name.
struct DocumentListing {
  private(set) var lines: [String] = []
  private let declared: Set<String>

  init(_ document: PlaybookDocument) {
    declared = document.declared()
    add("title", nil, name: document.title)
    for section in document.sections {
      let number = section.number.map { " steps \($0)" } ?? ""
      add(
        "\(String(repeating: "#", count: section.level)) section\(number)", section.heading,
        name: section.title,
        note: "#\(digest(section.anchor))")
      for group in section.groups {
        if let label = group.label {
          add("  group\(group.isChoice ? " of choices" : "")", group.lines, name: label)
          if !group.text.isEmpty { add("    label text", nil, group.text.marked) }
        }
        for block in group.blocks { add(block, "  ") }
      }
    }
  }

  /// A name is shown by its first words; of everything else only the digest.
  private mutating func add(_ kind: String, _ span: SourceLines?, name: String, note: String = "") {
    let words = name.split(whereSeparator: \.isWhitespace).prefix(3).joined(separator: " ")
    add("\(kind) \"\(words.prefix(40))\"", span, name, note: note)
  }

  private mutating func add(_ kind: String, _ span: SourceLines?, _ text: String, note: String = "") {
    let place = span.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" } ?? ""
    let padded = place + String(repeating: " ", count: max(1, 8 - place.count))
    let parts = [kind, note, text.isEmpty ? "" : digest(text)].filter { !$0.isEmpty }
    lines.append(padded + parts.joined(separator: " "))
  }

  private mutating func add(_ block: Block, _ indent: String) {
    switch block {
    case .step(let step): add(step, indent)
    case .prose(let prose): add("\(indent)prose", prose.lines, prose.spans.marked, note: links(prose.spans))
    case .code(let code): add(code, indent)
    case .table(let table):
      add("\(indent)table \(table.header.count)x\(table.rows.count)", table.lines, "")
      for row in [table.header] + table.rows {
        add("\(indent)  row", nil, row.map(\.marked).joined(separator: " | "))
      }
    case .quote(let blocks, let span):
      add("\(indent)quote", span, "")
      for block in blocks { add(block, indent + "  ") }
    case .navigation(let links, let span):
      add("\(indent)navigation", span, "")
      for link in links {
        add(
          "\(indent)  link at depth \(link.depth)", link.line...link.line, name: link.title,
          note: "#\(digest(link.anchor))")
      }
    case .rule(let span): add("\(indent)rule", span, "")
    case .source(let text, let span): add("\(indent)source", span, text)
    }
  }

  private mutating func add(_ step: Step, _ indent: String) {
    let marker =
      switch step.marker {
      case .ordered(let number): "\(number)."
      case .bullet: "-"
      case .task(let isTicked): isTicked ? "[x]" : "[ ]"
      case .block: "block"
      }
    let choice = step.choice == nil ? "" : " choice"
    add(
      "\(indent)step \(step.number) (\(marker))\(choice)", step.lines, name: step.title,
      note: links(step.text))
    if step.text.marked != step.title { add("\(indent)  text", nil, step.text.marked) }
    let codes = step.inlineCodes
    if !codes.isEmpty { add("\(indent)  inline code x\(codes.count)", nil, codes.joined(separator: "\n")) }
    let names = step.placeholders(declared: declared).filter { $0.certainty == .certain }.map(\.name)
    let suspects = step.placeholders(declared: declared).filter { $0.certainty == .suspected }.map(\.name)
    if !names.isEmpty { lines.append("        \(indent)  asks for \(names.joined(separator: ", "))") }
    if !suspects.isEmpty {
      lines.append("        \(indent)  may ask for \(suspects.joined(separator: ", "))")
    }
    for block in step.blocks { add(block, indent + "  ") }
  }

  private mutating func add(_ code: CodeBlock, _ indent: String) {
    add("\(indent)code \(code.kind) \(code.language ?? "untagged")", code.lines, code.text)
    for command in code.commands {
      let count = command.text.split(separator: "\n", omittingEmptySubsequences: false).count
      let span = command.line...(command.line + count - 1)
      let kind = command.isAssignment ? "assignment" : "command"
      add("\(indent)  \(kind)", span, command.text)
      if let title = command.title { add("\(indent)    titled", nil, title) }
    }
  }

  private func links(_ spans: [Inline]) -> String {
    let links = Set(spans.compactMap(\.link))
    return links.isEmpty ? "" : "links x\(links.count) \(digest(links.sorted().joined(separator: " ")))"
  }

  /// FNV-1a, 32 bits, in hexadecimal: tells texts apart without having them.
  private func digest(_ text: String) -> String {
    var hash: UInt32 = 0x811c_9dc5
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    let hex = String(hash, radix: 16)
    return String(repeating: "0", count: 8 - hex.count) + hex
  }
}

enum GoldenFile {
  static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Document/Golden")

  /// Compares with the file of that name; with `MIDWATCH_GOLDEN=write` writes it, to be read through against the
  /// document.
  static func expect(
    _ lines: [String], _ name: String, location: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: "\(name).txt")
    let text = lines.map { $0 + "\n" }.joined()
    if ProcessInfo.processInfo.environment["MIDWATCH_GOLDEN"] == "write" {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let known = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    guard known != text else { return }
    let old = known.split(separator: "\n").map(String.init)
    let place =
      zip(old, lines).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(old.count, lines.count)
    Issue.record(
      "\(name).txt differs from line \(place + 1) on: \(lines.dropFirst(place).first ?? "nothing")",
      sourceLocation: location)
  }
}
