import Playbooks

/// A playbook as the list beside its text shows it: headings, labels and steps, made once for each text.
struct Outline: Sendable {
  enum Row: Sendable {
    /// `id` is nil where there is nothing to read under the heading but its steps.
    case section(title: String, id: String?)
    case group(String)
    case step(Step)

    var id: String? {
      switch self {
      case .section(_, let id): id
      case .group: nil
      case .step(let step): step.number
      }
    }
  }

  /// The playbook's escalation is a heading of its own, which no heading of a text can be.
  static let escalation = "escalation"
  static let escalationTitle = "Escalation"

  let rows: [Row]
  /// What can be selected: numbers of steps, and `#anchor` of sections.
  let ids: [String]
  /// Every step, sub-steps after their step.
  let steps: [Step]
  private let byNumber: [String: Int]
  private let sections: [String: Section]
  /// The ways out beside each way out.
  private let ways: [String: [String]]

  init(_ document: PlaybookDocument? = nil) {
    var rows: [Row] = []
    var sections: [String: Section] = [:]
    var ways: [String: [String]] = [:]
    let all = document?.sections ?? []
    for (place, section) in all.enumerated() {
      let id = Self.isReadable(section) ? "#\(section.anchor)" : nil
      let isParent = place + 1 < all.count && all[place + 1].level > max(1, section.level)
      guard id != nil || !section.steps.isEmpty || isParent else { continue }
      if let id { sections[id] = section }
      if !section.title.isEmpty {
        rows.append(.section(title: section.title, id: id))
      } else if id != nil {
        rows.append(.section(title: document?.title ?? "", id: id))
      }
      for group in section.groups {
        let steps = group.steps
        guard !steps.isEmpty else { continue }
        if let label = group.label { rows.append(.group(label)) }
        rows += steps.flatMap(\.flattened).map(Row.step)
        guard group.isChoice else { continue }
        let numbers = steps.map(\.number)
        for number in numbers { ways[number] = numbers.filter { $0 != number } }
      }
    }
    if document?.settings.escalation.isEmpty == false {
      rows.append(.section(title: Self.escalationTitle, id: Self.escalation))
    }
    self.rows = rows
    self.sections = sections
    self.ways = ways
    ids = rows.compactMap(\.id)
    steps = rows.compactMap { row in
      if case .step(let step) = row { step } else { nil }
    }
    byNumber = Dictionary(steps.enumerated().map { ($0.element.number, $0.offset) }) { first, _ in first }
  }

  func step(_ number: String?) -> Step? { number.flatMap { byNumber[$0] }.map { steps[$0] } }

  func section(_ id: String?) -> Section? { id.flatMap { sections[$0] } }

  /// The steps after this one, in order.
  func steps(after number: String) -> ArraySlice<Step> { byNumber[number].map { steps[($0 + 1)...] } ?? [] }

  /// The other ways out, where this step is one of several.
  func ways(beside number: String) -> [String] { ways[number] ?? [] }

  /// Whether there is something under the heading besides steps.
  private static func isReadable(_ section: Section) -> Bool {
    section.groups.contains { group in
      !group.text.isEmpty || (group.label != nil && group.steps.isEmpty)
        || group.blocks.contains { block in
          switch block {
          case .step, .rule: false
          default: true
          }
        }
    }
  }
}
