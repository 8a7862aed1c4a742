import CMarkdown

/// A block of a Markdown document as a value: what the C tree says, without the C tree.
struct MarkdownNode {
  enum Kind: Equatable {
    case quote
    case list(start: Int?)
    case item(task: Bool?)
    /// `info` is nil for an indented block.
    case code(info: String?)
    case html
    case paragraph
    case heading(Int)
    case rule
    case table
    case row(isHeader: Bool)
    case cell
    /// Lines that belong to no block: link definitions, and what nests too deep.
    case gap
  }

  let kind: Kind
  var lines: SourceLines
  /// Of paragraphs, headings and cells.
  var spans: [Inline] = []
  /// Of code, HTML and gaps.
  var literal = ""
  var children: [MarkdownNode] = []
}

extension MarkdownNode {
  /// Deeper blocks become ``Kind/gap``: nobody reads them, and the walk keeps its stack.
  static let maximumDepth = 40
  /// Longer files are read up to here; the rest is a gap. Some of cmark's passes are quadratic.
  static let maximumBytes = 4 << 20

  /// The top-level blocks of `text`, every non-blank line of which is in one of them.
  ///
  /// - Parameter firstLine: the line of the file on which `text` begins.
  static func parse(_ text: String, firstLine: Int) -> [MarkdownNode] {
    var utf8 = Array(text.utf8)
    if utf8.count > maximumBytes {
      utf8 = Array(utf8.prefix(maximumBytes))
      while let last = utf8.last, last != 10 { utf8.removeLast() }
    }
    let nodes = utf8.withUnsafeBufferPointer { bytes -> [MarkdownNode] in
      let parsed = bytes.withMemoryRebound(to: CChar.self) { cmd_parse($0.baseAddress, $0.count) }
      guard let document = parsed else { return [] }
      defer { cmd_free(document) }
      return children(of: cmd_root(document), offset: firstLine - 1, depth: 0)
    }
    return fillingGaps(nodes, in: text, firstLine: firstLine)
  }

  private static func children(of node: OpaquePointer?, offset: Int, depth: Int) -> [MarkdownNode] {
    guard let node, depth < maximumDepth else { return [] }
    var nodes: [MarkdownNode] = []
    var child = cmd_first_child(node)
    while let current = child {
      if let made = MarkdownNode(current, offset: offset, depth: depth) { nodes.append(made) }
      child = cmd_next(current)
    }
    return nodes
  }

  private init?(_ node: OpaquePointer, offset: Int, depth: Int) {
    let literal = cmd_literal(node).map { String(cString: $0) } ?? ""
    switch cmd_kind_of(node) {
    case CMD_QUOTE: kind = .quote
    case CMD_LIST: kind = .list(start: cmd_is_ordered(node) == 1 ? Int(cmd_list_start(node)) : nil)
    case CMD_ITEM:
      let state = cmd_task_state(node)
      kind = .item(task: state < 0 ? nil : state == 1)
    case CMD_CODE_BLOCK:
      kind = .code(info: cmd_fence_info(node).map { String(cString: $0) })
      self.literal = literal
    case CMD_HTML_BLOCK:
      kind = .html
      self.literal = literal
    case CMD_PARAGRAPH: kind = .paragraph
    case CMD_HEADING: kind = .heading(Int(cmd_heading_level(node)))
    case CMD_RULE: kind = .rule
    case CMD_TABLE: kind = .table
    case CMD_TABLE_ROW: kind = .row(isHeader: cmd_is_header_row(node) == 1)
    case CMD_TABLE_CELL: kind = .cell
    default: return nil
    }
    let place = cmd_place_of(node)
    let start = max(1, Int(place.start_line)) + offset
    // cmark ends a rule behind the blank lines that follow it, and a comment before its last line.
    switch kind {
    case .rule: lines = start...start
    case .html:
      let count = literal.utf8.count { $0 == 10 } + (literal.hasSuffix("\n") || literal.isEmpty ? 0 : 1)
      lines = start...(start + max(1, count) - 1)
    default: lines = start...max(start, Int(place.end_line) + offset)
    }
    switch kind {
    case .paragraph, .heading, .cell: spans = Self.spans(of: node)
    case .quote, .list, .item, .table, .row:
      children = Self.children(of: node, offset: offset, depth: depth + 1)
      // cmark lets a fence that is open at the end of its quote end on the line behind it.
      for index in children.indices where children[index].lines.upperBound > lines.upperBound {
        guard case .code = children[index].kind, children[index].lines.lowerBound <= lines.upperBound else {
          continue
        }
        children[index].lines = children[index].lines.lowerBound...lines.upperBound
      }
    case .code, .html, .rule, .gap: break
    }
  }
}

/// Inline content.
extension MarkdownNode {
  /// Nested styles flattened into runs; with a stack of its own, for emphasis nests without limit.
  private static func spans(of block: OpaquePointer) -> [Inline] {
    var spans: [Inline] = []
    var stack: [(node: OpaquePointer, style: Inline.Style, link: String?)] = []
    func push(_ node: OpaquePointer, _ style: Inline.Style, _ link: String?) {
      var found: [OpaquePointer] = []
      var child = cmd_first_child(node)
      while let current = child {
        found.append(current)
        child = cmd_next(current)
      }
      for child in found.reversed() { stack.append((child, style, link)) }
    }
    push(block, [], nil)
    while let (node, style, link) = stack.popLast() {
      switch cmd_kind_of(node) {
      case CMD_TEXT, CMD_HTML_INLINE:
        add(cmd_literal(node).map { String(cString: $0) } ?? "", style, link, to: &spans)
      case CMD_CODE:
        let code = cmd_literal(node).map { String(cString: $0) } ?? ""
        spans.append(Inline(code, style: style.union(.code), link: link))
      case CMD_SOFT_BREAK, CMD_HARD_BREAK: add("\n", style, link, to: &spans)
      case CMD_EMPHASIS: push(node, style.union(.emphasis), link)
      case CMD_STRONG: push(node, style.union(.strong), link)
      case CMD_STRIKE: push(node, style.union(.strike), link)
      case CMD_LINK, CMD_IMAGE: push(node, style, cmd_url(node).map { String(cString: $0) } ?? link)
      default: push(node, style, link)
      }
    }
    return spans
  }

  private static func add(_ text: String, _ style: Inline.Style, _ link: String?, to spans: inout [Inline]) {
    if let last = spans.last, last.style == style, last.link == link, !last.style.contains(.code) {
      spans[spans.count - 1].text += text
    } else if !text.isEmpty {
      spans.append(Inline(text, style: style, link: link))
    }
  }
}
