import Playbooks
import Terminal
import Values

/// What a document says, as lines to draw: prose, code, tables, quotes and links, placeholders filled as far as known.
struct BlockText {
  let width: Int
  var values: [String: RunValue] = [:]
  var declared: Set<String> = []
  /// What stands before a command of the step that is read, and how the command looks, by its number.
  var commands: [(mark: (String, Style), style: Style)] = []

  private(set) var rows: [Spans] = []
  private var command = 0
  private var indent = 0
  private var quotes = 0

  init(width: Int) {
    self.width = max(8, width)
  }

  mutating func blank() {
    if let last = rows.last, !last.isEmpty { rows.append([]) }
  }

  /// One paragraph; `first` stands before its first line.
  mutating func add(_ spans: Spans, first: Spans = []) {
    let lead = first.displayWidth
    let room = max(4, self.room - lead)
    for (index, line) in spans.wrapped(to: room).enumerated() {
      let begin: Spans = index == 0 ? first : lead > 0 ? [(String(repeating: " ", count: lead), .text)] : []
      rows.append(margin + begin + line)
    }
  }

  /// A line that is as wide as it is meant to be.
  mutating func append(_ spans: Spans) { rows.append(margin + spans) }

  /// Columns for text where it is added now.
  var room: Int { max(4, width - indent - quotes * 2) }

  mutating func add(_ text: String, _ style: Style, first: Spans = []) { add([(text, style)], first: first) }

  private var margin: Spans {
    (indent > 0 ? [(String(repeating: " ", count: indent), .text)] : [])
      + (quotes > 0 ? [(String(repeating: "│ ", count: quotes), .rule)] : [])
  }

  mutating func add(_ blocks: [Block]) { for block in blocks { add(block) } }

  mutating func add(_ block: Block) {
    switch block {
    case .step(let step): add(step)
    case .prose(let prose):
      blank()
      add(styled(prose.spans))
    case .quote(let blocks, _):
      blank()
      add(quote: blocks)
    case .table(let table):
      blank()
      add(table)
    case .navigation(let links, _):
      blank()
      for link in links {
        let lead = String(repeating: "  ", count: link.depth)
        add([(link.title, .text), ("  #\(link.anchor)", .dim)], first: [("\(lead)· ", .dim)])
      }
    case .rule:
      blank()
      rows.append([(String(repeating: "─", count: max(0, min(width - indent, 24))), .rule)])
    case .source(let text, _):
      blank()
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) { exact(String(line), .dim) }
    case .code(let code):
      blank()
      add(code)
    }
  }

  /// A sub-step inside its step, or a step inside its section: a line, and what stands below it.
  mutating func add(_ step: Step) {
    let mark = step.choice == nil ? Sign.todo.glyph : Sign.choice.glyph
    let text = step.text.isEmpty ? [(step.title, Style.text)] : styled(step.text)
    add(text, first: [("\(mark) \(step.number) ", .dim)])
    indent += 2
    let commands = commands
    self.commands = []
    let count = command
    add(step.blocks)
    command = count
    self.commands = commands
    indent -= 2
  }

  private mutating func add(quote blocks: [Block]) {
    var blocks = blocks
    if case .prose(let prose)? = blocks.first, let note = Admonition(prose.spans) {
      add([(note.sign, note.style), (" \(note.word)", note.style)])
      blocks.removeFirst()
      quotes += 1
      if !note.rest.isEmpty { add(styled(note.rest)) }
    } else {
      quotes += 1
    }
    for (index, block) in blocks.enumerated() {
      if index > 0 { rows.append(margin) }
      let count = rows.count
      add(block)
      // The bar is not interrupted.
      if rows.indices.contains(count), rows[count].isEmpty { rows.remove(at: count) }
    }
    quotes -= 1
  }

  private mutating func add(_ code: CodeBlock) {
    guard code.kind != .text else {
      for line in code.text.split(separator: "\n", omittingEmptySubsequences: false) {
        exact(String(line), .text, first: [("  ", .text)])
      }
      return
    }
    for part in code.parts {
      switch part {
      case .comment(let text): add(text, .dim, first: [("# ", .dim)])
      case .output(let text): exact(text, .text, first: [("  ", .text)])
      case .command(let index) where code.commands.indices.contains(index):
        add(code.commands[index], number: command + index)
      case .command: break
      }
    }
    command += code.commands.count
  }

  private mutating func add(_ item: Command, number: Int) {
    let look = commands.indices.contains(number) ? commands[number] : (("$", .key), .strong)
    let shown = Resolution.preview(item.text, values: values, declared: declared)
    for (place, line) in shown.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      exact(String(line), look.1, first: [(place == 0 ? "\(look.0.0) " : "  ", look.0.1)])
    }
  }

  /// A line with nothing changed in it; what does not fit goes on below, marked.
  mutating func exact(_ text: String, _ style: Style, first: Spans = []) {
    let lead = first.displayWidth
    let room = max(4, self.room - lead)
    for (index, line) in text.cutHard(to: room).enumerated() {
      let begin: Spans = index == 0 ? first : [("↳".paddedRight(to: max(1, lead)), .dim)]
      rows.append(margin + begin + [(line, style)])
    }
  }

  /// Emphasis, code in its backticks, and where links lead.
  func styled(_ spans: [Inline]) -> Spans {
    spans.flatMap { span -> Spans in
      var text = span.text
      if span.style.contains(.code) {
        text = "`\(Resolution.preview(text, values: values, declared: declared))`"
      }
      if span.style.contains(.strike) { text = "~\(text)~" }
      let style: Style = span.style.contains(.strong) ? .strong : .text
      guard let link = span.link, !link.isEmpty else { return [(text, style)] }
      let address = link == span.text || link == "mailto:\(span.text)" ? "" : " <\(link)>"
      return [(text, Style(style.slot, underline: true)), (address, .dim)]
    }
  }
}

/// A quote that begins with `[!WARNING]`, as GitHub marks them.
struct Admonition {
  let word: String
  let sign: String
  let style: Style
  let rest: [Inline]

  init?(_ spans: [Inline]) {
    guard let first = spans.first, first.text.hasPrefix("[!"), let end = first.text.firstIndex(of: "]") else {
      return nil
    }
    let word = first.text[first.text.index(first.text.startIndex, offsetBy: 2)..<end]
    switch word.uppercased() {
    case "NOTE", "TIP", "IMPORTANT": (sign, style) = (Sign.info.glyph, .info)
    case "WARNING", "CAUTION": (sign, style) = (Sign.warn.glyph, .warn)
    default: return nil
    }
    self.word = word.uppercased()
    var rest = spans
    rest[0].text = String(first.text[first.text.index(after: end)...].drop(while: \.isWhitespace))
    self.rest = rest.filter { !$0.text.isEmpty }
  }
}
