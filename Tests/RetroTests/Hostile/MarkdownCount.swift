import CMarkdown

/// What cmark-gfm finds in a Markdown text.
struct MarkdownCount {
  private(set) var html: [String] = []
  private(set) var links: [String] = []
  private(set) var images = 0
  private(set) var headings: [Int] = []
  /// Cells of all tables.
  private(set) var cells = 0
  private(set) var items = 0
  private(set) var quotes = 0
  private(set) var fences = 0

  init(_ text: String) {
    let bytes = Array(text.utf8)
    let document = bytes.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cmd_parse($0.baseAddress, $0.count) }
    }
    guard let document else { return }
    defer { cmd_free(document) }
    var stack = [cmd_root(document)].compactMap { $0 }
    while let node = stack.popLast() {
      count(node)
      var child = cmd_first_child(node)
      while let current = child {
        stack.append(current)
        child = cmd_next(current)
      }
    }
    headings.reverse()
  }

  private mutating func count(_ node: OpaquePointer) {
    switch cmd_kind_of(node) {
    case CMD_HTML_BLOCK, CMD_HTML_INLINE: html.append(cmd_literal(node).map { String(cString: $0) } ?? "")
    case CMD_LINK: links.append(cmd_url(node).map { String(cString: $0) } ?? "")
    case CMD_IMAGE: images += 1
    case CMD_HEADING: headings.append(Int(cmd_heading_level(node)))
    case CMD_TABLE_CELL: cells += 1
    case CMD_ITEM: items += 1
    case CMD_QUOTE: quotes += 1
    case CMD_CODE_BLOCK: fences += 1
    default: break
    }
  }
}
