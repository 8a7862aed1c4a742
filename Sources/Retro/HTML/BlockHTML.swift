import Playbooks
import Values

/// Blocks of a retro as HTML; every text of others in them is inert.
struct BlockHTML {
  /// Whether what can be folded away is open, as on paper.
  private let isOpen: Bool
  private var charts = 0
  /// Names of rows so far: a page may have each once.
  private var anchors: Set<String> = []

  init(isOpen: Bool) {
    self.isOpen = isOpen
  }

  /// - Parameters:
  ///   - level: of the headings of groups, 2 to 6.
  ///   - heading: what stands above; a table of the same name does not say it again to those who see it.
  mutating func html(_ blocks: [RetroBlock], level: Int, under heading: String) -> String {
    var html = ""
    for block in blocks { html += self.html(block, level: level, under: heading) }
    return html
  }

  private mutating func html(_ block: RetroBlock, level: Int, under heading: String) -> String {
    switch block {
    case .paragraph(let text): "<p class=\"told\">\(Self.text(text))</p>\n"
    case .warning(let text): "<p class=\"mind told\"><strong>⚠ Mind:</strong> \(Self.text(text))</p>\n"
    case .facts(let facts): Self.facts(facts)
    case .list(let items): Self.list(items)
    case .table(let table): self.table(table, isSaid: table.caption == heading)
    case .verbatim(let text, _): "<pre><code>\(Inert.html(text))</code></pre>\n"
    case .written(let text): MarkdownHTML.html(text, highest: level, after: level - 1)
    case .conversation(let messages): Self.conversation(messages)
    case .chart(let chart): figure(chart)
    case .group(let title, let blocks):
      "<h\(level)>\(Inert.html(Inert.terminal(title)))</h\(level)>\n"
        + html(blocks, level: min(6, level + 1), under: title)
    }
  }

  /// Text in which line ends stay; an address at its beginning is a link.
  private static func text(_ text: String) -> String {
    guard text.hasPrefix("http://") || text.hasPrefix("https://") else { return Inert.html(text) }
    var address = text.prefix { !$0.isWhitespace }
    while let last = address.last, ",.;:)".contains(last) { address = address.dropLast() }
    let target = String(address)
    guard let anchor = MarkdownHTML.anchor(target, Inert.html(target), said: target) else {
      return Inert.html(text)
    }
    return anchor + Inert.html(String(text[address.endIndex...]))
  }

  private static func list(_ items: [String]) -> String {
    let rows = items.map { "<li class=\"told\">\(text($0))</li>\n" }
    return items.isEmpty ? "" : "<ul>\n\(rows.joined())</ul>\n"
  }

  private static func facts(_ facts: [RetroFact]) -> String {
    let rows = facts.map { fact in
      "<dt>\(Inert.html(fact.name))</dt><dd class=\"told\">\(text(fact.text))</dd>\n"
    }
    return facts.isEmpty ? "" : "<dl>\n\(rows.joined())</dl>\n"
  }

  private mutating func table(_ table: RetroTable, isSaid: Bool) -> String {
    let caption = Inert.html(Inert.terminal(table.caption))
    let headings = table.headings.map { heading in
      heading.isEmpty ? "<td></td>" : "<th scope=\"col\"\(Self.kind(heading))>\(Inert.html(heading))</th>"
    }
    var html =
      "<div class=\"scroll\" role=\"region\" aria-label=\"\(caption)\" tabindex=\"0\">\n<table>\n"
      + "<caption\(isSaid ? " class=\"hidden\"" : "")>\(caption)</caption>\n"
      + "<thead><tr>\(headings.joined())</tr></thead>\n"
    if !table.rows.isEmpty { html += "<tbody>\n" }
    let names = table.rows.indices.map { index in
      let name = index < table.anchors.count ? HTMLName.of(table.anchors[index]) : ""
      return name.isEmpty || !anchors.insert(name).inserted ? "" : name
    }
    for piece in zip(table.rows, names).map(Row.init).inParallel(Self.html) { html += piece }
    if !table.rows.isEmpty { html += "</tbody>\n" }
    return html + "</table>\n</div>\n"
  }

  private struct Row: Sendable {
    let cells: [RetroTable.Cell]
    /// Empty: it cannot be linked to.
    let name: String
  }

  private static func html(_ rows: ArraySlice<Row>) -> String {
    var html = ""
    for row in rows {
      html += "<tr"
      if !row.name.isEmpty {
        html += " id=\""
        html += row.name
        html += "\""
      }
      html += ">"
      for cell in row.cells { write(cell, to: &html) }
      html += "</tr>\n"
    }
    return html
  }

  private static func write(_ cell: RetroTable.Cell, to html: inout String) {
    let isStruck = cell.isStruck && !cell.text.isEmpty
    html += "<td"
    html += kind(cell.text)
    html += isStruck ? "><s>" : ">"
    html += text(cell.text)
    if isStruck { html += cell.text.contains("taken back") ? "</s>" : "</s> (taken back)" }
    html += "</td>"
  }

  /// `when` for an instant, which is one word; `long` for what has a word that no column is wide enough for.
  private static func kind(_ text: String) -> String {
    if text.utf8.count == 20, text.hasSuffix("Z"), text.first?.isNumber == true { return " class=\"when\"" }
    var run = 0
    for byte in text.utf8 {
      run = byte == 32 || byte == 10 ? 0 : run + 1
      if run > 30 { return " class=\"long\"" }
    }
    return ""
  }

  private static func conversation(_ messages: [RetroMessage]) -> String {
    let items = messages.map { one in
      let whom = one.isPublic ? "seen by the customer" : "internal"
      return "<li class=\"\(one.isPublic ? "public" : "internal")\"><p class=\"who\"><strong>"
        + "\(Inert.html(one.who))</strong> "
        + "<time datetime=\"\(one.at.rfc3339)\">\(one.at.dateClockUTC)</time> "
        + "<span>\(whom)</span></p>\n<p class=\"told\">\(Inert.html(one.text))</p></li>\n"
    }
    return messages.isEmpty ? "" : "<ol class=\"talk\">\n\(items.joined())</ol>\n"
  }

  private mutating func figure(_ chart: SeriesChart) -> String {
    charts += 1
    let id = "chart-\(charts)"
    let title = SVGText.safe(chart.title, columns: 300)
    let table = chart.valueTable
    return "<figure>\n<figcaption>\(title)</figcaption>\n"
      + "<div class=\"scroll\" role=\"region\" aria-label=\"Chart: \(title)\" tabindex=\"0\">\n"
      + SVGChart(chart).text(id: id, style: nil)
      + SVGChart(chart, .narrow).text(id: id, isDescribed: false, style: nil) + "</div>\n"
      + "<details\(isOpen ? " open" : "")><summary>Table of values</summary>\n"
      + self.table(table, isSaid: false) + "</details>\n</figure>\n"
  }
}

/// Names of places in a page.
enum HTMLName {
  /// What an `id` can hold in every format that links: letters, digits, `-` and `_`; what is nothing of that goes.
  static func of(_ text: String) -> String {
    if isName(text) { return text }
    let kept = text.lowercased().unicodeScalars.prefix(64).map { scalar -> Character in
      let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
      return isPlain ? Character(scalar) : "-"
    }
    return String(kept).split(separator: "-").joined(separator: "-")
  }

  /// Whether it is one already.
  private static func isName(_ text: String) -> Bool {
    var last = UInt8(ascii: "-")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        break
      case UInt8(ascii: "-") where last != byte: break
      default: return false
      }
      last = byte
    }
    return last != UInt8(ascii: "-") && text.utf8.count <= 64
  }
}
