/// Cuts a document's top-level blocks into sections and groups.
struct SectionReader {
  private(set) var sections: [Section] = []
  private var anchors = AnchorMaker()
  private var numbered = 0
  private var steps: StepReader

  init(rules: [PlaybookSettings.Rule]) {
    steps = StepReader(rules: rules)
  }

  var unusedRules: [PlaybookSettings.Rule] { steps.unusedRules }

  mutating func read(_ nodes: [MarkdownNode]) {
    var start = nodes.startIndex
    func isHeading(_ node: MarkdownNode) -> Bool {
      if case .heading = node.kind { true } else { false }
    }
    while start < nodes.endIndex {
      let heading = isHeading(nodes[start]) ? nodes[start] : nil
      let body = nodes[(heading == nil ? start : start + 1)...].prefix { !isHeading($0) }
      addSection(heading, Array(body))
      start = body.endIndex
    }
  }

  private mutating func addSection(_ heading: MarkdownNode?, _ body: [MarkdownNode]) {
    let title = heading?.spans.plain ?? ""
    var level = 0
    if case .heading(let number)? = heading?.kind { level = number }
    let hasSteps = body.contains(where: StepReader.makesStep)
    if hasSteps { numbered += 1 }
    steps.begin(section: title, number: hasSteps ? numbered : nil)
    for node in body { steps.take(node) }
    sections.append(
      Section(
        title: title, level: level, anchor: heading == nil ? "" : anchors.anchor(for: title),
        number: hasSteps ? numbered : nil, groups: steps.finish(), heading: heading?.lines))
  }
}
