/// Reads the blocks of one section after the other into groups of steps, prose and tables.
struct StepReader {
  private let rules: [PlaybookSettings.Rule]
  private var usedRules: Set<Int> = []
  private var title = ""
  private var number = ""
  private var count = 0
  private var groups: [Group] = []
  /// Whether a block of code that comes now belongs to the step before it.
  private var isAfterStep = false

  init(rules: [PlaybookSettings.Rule]) {
    self.rules = rules
  }

  var unusedRules: [PlaybookSettings.Rule] {
    rules.enumerated().filter { !usedRules.contains($0.offset) }.map(\.element)
  }

  /// Whether a top-level block becomes one step or several.
  static func makesStep(_ node: MarkdownNode) -> Bool {
    switch node.kind {
    case .list: node.navigationLinks() == nil
    case .code(let info): info != nil
    default: false
    }
  }

  mutating func begin(section title: String, number: Int?) {
    self.title = title
    self.number = number.map { "\($0)." } ?? ""
    count = 0
    groups = [Group(label: nil, text: [], lines: nil, blocks: [])]
    isAfterStep = false
  }

  /// The groups of the section; the first, unlabelled one only when something stands in it.
  mutating func finish() -> [Group] {
    groups.filter { $0.label != nil || !$0.blocks.isEmpty }
  }

  mutating func take(_ node: MarkdownNode) {
    var follows = false
    switch node.kind {
    case .list(let start):
      if let links = node.navigationLinks() {
        append(.navigation(links, node.shownLines))
      } else {
        takeSteps(node, start: start)
        follows = true
      }
    case .code(let info) where info != nil:
      if isAfterStep, attach(CodeBlock(node)) {
        follows = true
      } else {
        append(.step(blockStep(CodeBlock(node))))
      }
    case .paragraph: takeParagraph(node)
    default: if let block = block(node) { append(block) }
    }
    isAfterStep = follows
  }

  private mutating func append(_ block: Block) {
    groups[groups.count - 1].blocks.append(block)
  }

  private var group: Group? { groups.last }

  /// Whether list items of the current place are ways out.
  private var offersChoices: Bool { GroupLabel.offersChoices(group?.label ?? title) }
}

/// Paragraphs: prose, and labels that begin a group.
extension StepReader {
  private mutating func takeParagraph(_ node: MarkdownNode) {
    var prose: [[Inline]] = []
    var first = node.lines.lowerBound
    func lines(to end: Int) -> SourceLines {
      let bounded = min(max(first, end), node.lines.upperBound)
      return min(first, bounded)...bounded
    }
    let all = node.spans.lines
    for (index, line) in all.enumerated() {
      let here = node.lines.lowerBound + index
      guard let label = GroupLabel(line) else {
        prose.append(line)
        continue
      }
      flush(&prose, lines(to: here - 1))
      first = here
      let end = index == all.count - 1 ? node.lines.upperBound : here
      groups.append(Group(label: label.title, text: label.rest, lines: lines(to: end), blocks: []))
      first = min(here + 1, node.lines.upperBound)
    }
    flush(&prose, lines(to: node.lines.upperBound))
  }

  private mutating func flush(_ prose: inout [[Inline]], _ lines: SourceLines) {
    guard prose.contains(where: { !$0.isEmpty }) else { return }
    let spans = prose.enumerated().flatMap { index, line in index == 0 ? line : [Inline("\n")] + line }
    append(.prose(Prose(spans: spans, lines: lines)))
    prose = []
  }
}

/// Lists and blocks as steps.
extension StepReader {
  private mutating func takeSteps(_ list: MarkdownNode, start: Int?) {
    for (index, item) in list.children.enumerated() {
      count += 1
      append(.step(step(item, number: "\(number)\(count)", ordinal: start.map { $0 &+ index })))
    }
  }

  private mutating func step(_ item: MarkdownNode, number: String, ordinal: Int?) -> Step {
    var marker = ordinal.map { Step.Marker.ordered($0) } ?? .bullet
    if case .item(let task?) = item.kind { marker = .task(isTicked: task) }
    var rest = item.children[...]
    var text: [Inline] = []
    if let first = rest.first, first.kind == .paragraph {
      text = first.spans
      rest = rest.dropFirst()
    }
    var blocks: [Block] = []
    var substeps = 0
    for node in rest {
      if case .list(let start) = node.kind, node.navigationLinks() == nil {
        for (index, item) in node.children.enumerated() {
          substeps += 1
          let ordinal = start.map { $0 &+ index }
          blocks.append(.step(step(item, number: "\(number).\(substeps)", ordinal: ordinal)))
        }
      } else if let block = block(node) {
        blocks.append(block)
      }
    }
    let choice = offersChoices ? Choice(text) : nil
    var short = choice == nil ? Step.title(of: text) : text.marked.trimmed
    if short.hasSuffix(":") { short.removeLast() }
    if short.isEmpty { short = Self.title(of: blocks) ?? title }
    return Step(
      number: number, title: short, text: text, marker: marker, blocks: blocks, choice: choice,
      group: group?.label, settings: settings(number: number, text: text), lines: item.shownLines)
  }

  /// A block by itself is a step, named by its one command, by the words that lead to it, by its label or
  /// by its heading.
  private mutating func blockStep(_ code: CodeBlock) -> Step {
    count += 1
    let stepNumber = "\(number)\(count)"
    var name = group?.label ?? title
    if case .prose(let lead)? = group?.blocks.last, lead.plain.trimmed.hasSuffix(":") {
      name = String(lead.plain.trimmed.dropLast())
    }
    if code.commands.count == 1, let own = code.commands.first?.title { name = own }
    if name.isEmpty { name = code.commands.first?.text ?? code.text }
    let text = [Inline(name)]
    return Step(
      number: stepNumber, title: Step.title(of: text), text: text, marker: .block, blocks: [.code(code)],
      choice: nil, group: group?.label, settings: settings(number: stepNumber, text: text),
      lines: code.lines)
  }

  /// Adds `code` to the last step; false when there is none.
  private mutating func attach(_ code: CodeBlock) -> Bool {
    guard case .step(let step)? = group?.blocks.last else { return false }
    groups[groups.count - 1].blocks.removeLast()
    append(
      .step(
        Step(
          number: step.number, title: step.title, text: step.text, marker: step.marker,
          blocks: step.blocks + [.code(code)], choice: step.choice, group: step.group,
          settings: step.settings, lines: step.lines.lowerBound...code.lines.upperBound)))
    return true
  }

  private static func title(of blocks: [Block]) -> String? {
    for case .code(let code) in blocks {
      if let command = code.commands.first { return command.title ?? command.text.firstLine }
    }
    return nil
  }

  private mutating func settings(number: String, text: [Inline]) -> StepSettings {
    let plain = text.plain
    let marked = text.marked
    let fits = rules.enumerated().filter {
      $0.element.key == number || plain.hasPrefix($0.element.key) || marked.hasPrefix($0.element.key)
    }
    for fit in fits { usedRules.insert(fit.offset) }
    return fits.max { $0.element.key.count < $1.element.key.count }?.element.settings ?? StepSettings()
  }
}

/// Everything that is shown and not done.
extension StepReader {
  private func block(_ node: MarkdownNode) -> Block? {
    switch node.kind {
    case .paragraph: return .prose(Prose(spans: node.spans, lines: node.lines))
    case .heading:
      let spans = node.spans.map { Inline($0.text, style: $0.style.union(.strong), link: $0.link) }
      return .prose(Prose(spans: spans, lines: node.lines))
    case .code: return .code(CodeBlock(node))
    case .html, .gap: return .source(node.literal, node.lines)
    case .rule: return .rule(node.lines)
    case .quote: return .quote(node.children.flatMap { quoted($0) }, node.lines)
    case .list:
      guard let links = node.navigationLinks() else { return .quote(quoted(node), node.lines) }
      return .navigation(links, node.shownLines)
    case .table:
      let rows = node.children.map { row in (row.kind == .row(isHeader: true), row.children.map(\.spans)) }
      return .table(
        Table(
          header: rows.first { $0.0 }?.1 ?? [], rows: rows.filter { !$0.0 }.map(\.1), lines: node.lines))
    case .item, .row, .cell: return nil
    }
  }

  /// A list in a quote is text, not steps: its items become paragraphs that begin with their markers.
  private func quoted(_ node: MarkdownNode) -> [Block] {
    guard case .list(let start) = node.kind else { return block(node).map { [$0] } ?? [] }
    return node.children.enumerated().flatMap { index, item in
      let marker = start.map { "\($0 &+ index). " } ?? "- "
      var rest = item.children[...]
      var spans = [Inline(marker)]
      var lines = item.lines.lowerBound...item.lines.lowerBound
      if let first = rest.first, first.kind == .paragraph {
        spans += first.spans
        lines = first.lines
        rest = rest.dropFirst()
      }
      return [Block.prose(Prose(spans: spans, lines: lines))] + rest.flatMap { quoted($0) }
    }
  }
}

extension MarkdownNode {
  /// The links of a list of nothing but links to headings (`#…`), nested lists included; nil for any other.
  func navigationLinks(depth: Int = 0) -> [NavigationLink]? {
    guard case .list = kind, !children.isEmpty else { return nil }
    var links: [NavigationLink] = []
    for item in children {
      guard let first = item.children.first, first.kind == .paragraph,
        let link = first.spans.first?.link, link.hasPrefix("#"),
        first.spans.allSatisfy({ $0.link == link || $0.text.allSatisfy(\.isWhitespace) })
      else { return nil }
      links.append(
        NavigationLink(
          title: first.spans.plain, anchor: String(link.dropFirst()), depth: depth,
          line: item.lines.lowerBound))
      for rest in item.children.dropFirst() {
        guard let inner = rest.navigationLinks(depth: depth + 1) else { return nil }
        links += inner
      }
    }
    return links
  }

  /// Without the blank lines that cmark counts to the end of an item.
  var shownLines: SourceLines {
    let end = children.map(\.shownLines.upperBound).max() ?? lines.upperBound
    switch kind {
    case .item, .list, .quote: return lines.lowerBound...max(lines.lowerBound, end)
    default: return lines
    }
  }
}

extension String {
  var firstLine: String { String(prefix { !$0.isNewline }) }
}
