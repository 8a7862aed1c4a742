import Values

/// Markdown as HTML in which nothing runs, loads or leads astray: every element is one of ours, tags are shown as
/// text, images are links to them, and links lead only to ``schemes``.
package struct MarkdownHTML {
  /// How the targets of links may begin; others are shown as text.
  package static let schemes = ["http://", "https://", "mailto:", "tel:", "#"]

  private let highest: Int
  private let dropsComments: Bool
  private var level: Int

  /// - Parameters:
  ///   - highest: what `#` becomes where it is written above that, 1 to 6.
  ///   - last: the level of the heading before this text; no heading is more than one deeper than the one before.
  ///   - dropsComments: whether HTML comments are left out, as where the author of a template wrote for themselves.
  package static func html(
    _ text: String, highest: Int, after last: Int, dropsComments: Bool = false
  ) -> String {
    var writer = MarkdownHTML(highest: highest, dropsComments: dropsComments, level: last)
    return writer.blocks(MarkdownNode.parse(Inert.terminalKeepingLines(text), firstLine: 1))
  }

  private mutating func blocks(_ nodes: [MarkdownNode]) -> String {
    nodes.map { block($0) }.joined()
  }

  private mutating func block(_ node: MarkdownNode) -> String {
    switch node.kind {
    case .paragraph: "<p>\(inline(node.spans))</p>\n"
    case .heading(let depth): heading(depth, node.spans)
    case .quote: "<blockquote>\n\(blocks(node.children))</blockquote>\n"
    case .list(let start): list(node, start: start)
    case .item: "<ul>\n\(item(node, isTight: false))</ul>\n"
    case .code: "<pre><code>\(Inert.html(node.literal))</code></pre>\n"
    case .html: raw(node.literal)
    case .gap: definitionless(node.literal)
    case .rule: "<hr>\n"
    case .table: table(node)
    case .row, .cell: "<p>\(inline(node.spans))</p>\n"
    }
  }

  private mutating func heading(_ depth: Int, _ spans: [Inline]) -> String {
    level = min(6, level + 1, max(highest, depth))
    return "<h\(level)>\(inline(spans))</h\(level)>\n"
  }

  /// What was meant as HTML, to read.
  private func raw(_ literal: String) -> String {
    let pieces = literal.split(separator: "-->", omittingEmptySubsequences: false)
    let isComment =
      literal.hasPrefix("<!--") && pieces.count == 2 && pieces.last?.allSatisfy(\.isWhitespace) == true
    return dropsComments && isComment ? "" : "<pre><code>\(Inert.html(literal))</code></pre>\n"
  }

  /// Link definitions are seen where they are used; the rest of what cmark left out is shown.
  private func definitionless(_ literal: String) -> String {
    let rest = literal.split(separator: "\n").filter { !($0.hasPrefix("[") && $0.contains("]:")) }
    return rest.isEmpty
      ? "" : "<pre><code>\(Inert.html(rest.joined(separator: "\n")))</code></pre>\n"
  }

  private mutating func list(_ node: MarkdownNode, start: Int?) -> String {
    let isTight = node.children.allSatisfy { item in
      item.children.count { $0.kind == .paragraph } <= 1
    }
    var items = ""
    for child in node.children { items += item(child, isTight: isTight) }
    guard let start else { return "<ul>\n\(items)</ul>\n" }
    return "<ol\(start == 1 ? "" : " start=\"\(start)\"")>\n\(items)</ol>\n"
  }

  private mutating func item(_ node: MarkdownNode, isTight: Bool) -> String {
    var content = ""
    if case .item(let task?) = node.kind { content += task ? "☑ (done) " : "☐ (to do) " }
    for child in node.children {
      content += isTight && child.kind == .paragraph ? inline(child.spans) + "\n" : block(child)
    }
    return "<li>\(content)</li>\n"
  }

  private func table(_ node: MarkdownNode) -> String {
    var head = ""
    var body = ""
    for row in node.children {
      let isHeader = row.kind == .row(isHeader: true)
      let cells = row.children.map { cell in
        let text = inline(cell.spans)
        return isHeader && !text.isEmpty ? "<th scope=\"col\">\(text)</th>" : "<td>\(text)</td>"
      }
      let line = "<tr>\(cells.joined())</tr>\n"
      if isHeader { head += line } else { body += line }
    }
    return "<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n"
      + (head.isEmpty ? "" : "<thead>\n\(head)</thead>\n")
      + (body.isEmpty ? "" : "<tbody>\n\(body)</tbody>\n")
      + "</table>\n</div>\n"
  }
}

/// Inline content.
extension MarkdownHTML {
  private func inline(_ spans: [Inline]) -> String {
    var html = ""
    var rest = spans[...]
    while let first = rest.first {
      let run = rest.prefix { $0.link == first.link }
      rest = rest.dropFirst(run.count)
      let text = run.map(Self.styled).joined()
      if let link = first.link {
        html += Self.link(to: link, text, said: run.map(\.text).joined())
      } else {
        html += text
      }
    }
    return html
  }

  private static func styled(_ span: Inline) -> String {
    var html = Inert.html(span.text)
    if span.style.contains(.code) { html = "<code>\(html)</code>" }
    if span.style.contains(.strike) { html = "<del>\(html)</del>" }
    if span.style.contains(.emphasis) { html = "<em>\(html)</em>" }
    if span.style.contains(.strong) { html = "<strong>\(html)</strong>" }
    return html
  }

  /// A link, or its text with the target behind it where that may not be followed.
  private static func link(to target: String, _ text: String, said: String) -> String {
    if said == target, target.contains("\\") {
      // An address that GFM found by itself in text that had been escaped: what was meant is without.
      let meant = unescaped(target)
      return anchor(meant, Inert.html(meant), said: meant) ?? Inert.html(meant)
    }
    return anchor(target, text, said: said) ?? "\(text) (\(Inert.html(target)))"
  }

  /// Without the backslashes that keep punctuation from meaning something (CommonMark 2.4).
  private static func unescaped(_ text: String) -> String {
    var plain = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if scalar == "\\", !isEscaped {
        isEscaped = true
      } else {
        plain.append(scalar)
        isEscaped = false
      }
    }
    return String(plain)
  }

  /// An `a` element, whose class `self` says that its text is its target; nil where that may not be followed.
  ///
  /// - Parameters:
  ///   - html: its text, already HTML.
  ///   - said: the same as plain text.
  package static func anchor(_ target: String, _ html: String, said: String) -> String? {
    let start = target.prefix(8).lowercased()
    guard schemes.contains(where: start.hasPrefix), target.utf8.count <= 4096 else { return nil }
    guard Inert.terminal(target) == target,
      !target.contains(where: { $0.isWhitespace || "<>\"\\^`{|}".contains($0) })
    else { return nil }
    let isSelf = said == target ? " class=\"self\"" : ""
    return "<a\(isSelf) href=\"\(Inert.html(target))\" rel=\"noreferrer noopener\">\(html)</a>"
  }
}
