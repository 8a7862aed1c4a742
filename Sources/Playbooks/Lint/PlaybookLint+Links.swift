import Values

extension PlaybookLint {
  /// Links to headings and files that are not there. Links of the table of contents were looked at when it was read.
  var deadLinks: [Problem] {
    var seen: Set<String> = []
    return links.compactMap { link, lines in
      guard let complaint = complaint(about: link), seen.insert("\(lines.lowerBound) \(link)").inserted else {
        return nil
      }
      return warning(
        complaint.what, remedy: complaint.remedy, at: source.position(ofLink: link, in: lines))
    }
  }

  private func complaint(about link: String) -> (what: String, remedy: String)? {
    guard !Self.leadsOutside(link) else { return nil }
    let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let path = Self.decoded(String(parts.first?.prefix { $0 != "?" } ?? ""))
    let anchor = parts.count > 1 ? Self.decoded(String(parts[1])) : ""
    let shown = Inert.terminal(link)
    if path.isEmpty {
      guard !anchor.isEmpty, document.section(anchor: anchor) == nil else { return nil }
      return ("no heading of this file has the anchor #\(Inert.terminal(anchor))", "correct the link")
    }
    switch find(path) {
    case .nothing:
      return ("the link leads to \(shown), and there is no such file", "correct the link, or write that file")
    case .file: return nil
    case .document(let anchors):
      guard !anchor.isEmpty, !anchors.contains(anchor) else { return nil }
      return (
        "\(Inert.terminal(path)) has no heading with the anchor #\(Inert.terminal(anchor))",
        "correct the link"
      )
    }
  }

  /// Addresses, and paths from a root that is not ours to know.
  private static func leadsOutside(_ link: String) -> Bool {
    if link.isEmpty || link.hasPrefix("/") || link.contains("{{") { return true }
    let scheme = link.prefix { $0 != ":" }
    guard scheme.count < link.count else { return false }
    return scheme.count > 1 && scheme.utf8.allSatisfy { $0.isNameByte || "+.-".utf8.contains($0) }
  }

  private static func decoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Every link of the text, with the lines it stands in.
  private var links: [(link: String, lines: SourceLines)] {
    document.sections.flatMap { section in
      section.groups.flatMap { group -> [(link: String, lines: SourceLines)] in
        let lines = group.lines ?? section.heading ?? 1...1
        return Self.links(of: group.text, lines) + group.blocks.flatMap(Self.links)
      }
    }
  }

  private static func links(of spans: [Inline], _ lines: SourceLines) -> [(link: String, lines: SourceLines)]
  {
    spans.compactMap { span in span.link.map { ($0, lines) } }
  }

  private static func links(of block: Block) -> [(link: String, lines: SourceLines)] {
    switch block {
    case .step(let step): links(of: step.text, step.lines) + step.blocks.flatMap(links)
    case .prose(let prose): links(of: prose.spans, prose.lines)
    case .table(let table):
      ([table.header] + table.rows).flatMap { $0 }.flatMap { links(of: $0, table.lines) }
    case .quote(let blocks, _): blocks.flatMap(links)
    case .code, .navigation, .rule, .source: []
    }
  }

  /// Anchors that something in the text leads to.
  var linkedAnchors: Set<String> {
    Set(links.map(\.link).filter { $0.hasPrefix("#") }.map { Self.decoded(String($0.dropFirst())) })
      .union(document.navigation.map(\.anchor))
  }
}
