import Playbooks
import Values

/// The frame of a page with every section in its place, and its table of contents.
struct PageBody {
  struct Entry {
    var id: String
    /// As HTML without elements.
    var title: String
  }

  /// The page's one `h1`, as HTML; empty where the template has none.
  private(set) var title = ""
  private(set) var contents: [Entry] = []
  private(set) var html = ""

  private let sections: [RetroSection]
  private let sign: String
  private var blocks: BlockHTML
  private var ids: Set<String> = []
  private var level = 1
  private var heading = ""

  init(sections: [RetroSection], sign: String, isOpen: Bool) {
    self.sections = sections
    self.sign = sign
    blocks = BlockHTML(isOpen: isOpen)
  }

  /// Takes a frame as ``MarkdownHTML`` writes it: a heading is a line of its own, and no text holds a raw `<`.
  mutating func read(_ frame: String) {
    let lines = frame.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if let (depth, inner) = Self.headingLine(line) {
        begin(depth, inner, before: lines[(index + 1)...])
      } else {
        html += placed(line) + "\n"
      }
    }
  }

  private static func headingLine(_ line: Substring) -> (Int, String)? {
    guard line.hasPrefix("<h"), let digit = line.dropFirst(2).first?.wholeNumberValue,
      (1...6).contains(digit),
      line.hasPrefix("<h\(digit)>"), line.hasSuffix("</h\(digit)>")
    else { return nil }
    return (digit, String(line.dropFirst(4).dropLast(5)))
  }

  /// A heading's text: a link within a link is none.
  private static func withoutTags(_ html: String) -> String {
    html.split(separator: "<", omittingEmptySubsequences: false).enumerated().map { index, piece in
      index == 0 ? piece : piece.drop { $0 != ">" }.dropFirst()
    }.joined()
  }

  private mutating func begin(_ depth: Int, _ inner: String, before rest: ArraySlice<Substring>) {
    if depth == 1, title.isEmpty {
      (title, heading) = (inner, inner)
      return
    }
    level = max(2, depth)
    heading = inner
    guard level == 2 else {
      html += "<h\(level)>\(inner)</h\(level)>\n"
      return
    }
    let id = name(rest)
    contents.append(Entry(id: id, title: Self.withoutTags(inner)))
    html += "<h2 id=\"\(id)\">\(inner)</h2>\n"
  }

  /// The name of the section that follows a heading, else a number.
  private mutating func name(_ rest: ArraySlice<Substring>) -> String {
    var section = ""
    for line in rest {
      if Self.headingLine(line) != nil { break }
      section = sections(in: line).first.map { HTMLName.of($0.section.id) } ?? ""
      if !section.isEmpty { break }
    }
    let number = "part-\(contents.count + 1)"
    let id = section.isEmpty || ids.contains(section) ? number : section
    ids.insert(id)
    return id
  }

  /// The sections that stand in a line, with what stands for each.
  private func sections(in line: Substring) -> [(sign: String, section: RetroSection)] {
    line.components(by: sign).dropFirst().compactMap { rest in
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard rest.dropFirst(digits.count).first == "e", let index = Int(digits),
        sections.indices.contains(index)
      else { return nil }
      return ("\(sign)\(digits)e", sections[index])
    }
  }

  /// Blocks where blocks may stand; within a sentence the section's Markdown as text.
  private mutating func placed(_ line: Substring) -> String {
    let found = sections(in: line)
    guard !found.isEmpty else { return String(line) }
    if found.count == 1, let one = found.first {
      for start in ["", "<li>"] where line == "\(start)<p>\(one.sign)</p>" {
        return start + blocks.html(one.section.blocks, level: min(6, level + 1), under: heading)
      }
    }
    var text = String(line)
    for one in found {
      text = text.components(by: one.sign).joined(separator: Inert.html(one.section.markdown))
    }
    return text
  }
}

extension StringProtocol {
  /// The pieces between each `separator`, which is not empty.
  fileprivate func components(by separator: String) -> [SubSequence] {
    var pieces: [SubSequence] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      pieces.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return pieces + [rest]
  }
}
