/// A document as the order in which it is worked through: its steps, and the text between them.
struct RunScript: Sendable {
  enum Item: Equatable, Sendable {
    case heading([String], section: Int)
    case text([String])
    case step(String)
  }

  let items: [Item]
  let steps: [String: Step]
  /// Numbers in the order in which they are worked through.
  let order: [String]

  init(_ document: PlaybookDocument, section anchor: String?, text: PlaybookText) {
    var items: [Item] = []
    var steps: [String: Step] = [:]
    for (index, section) in document.sections(under: anchor).enumerated() {
      items.append(.heading(text.heading(of: section), section: index))
      for group in section.groups {
        let label = text.heading(of: group)
        if !label.isEmpty { items.append(.text(label)) }
        for block in group.blocks {
          switch block {
          case .step(let step):
            for part in step.flattened {
              steps[part.number] = part
              items.append(.step(part.number))
            }
          case .navigation: break
          default: items.append(.text(text.lines(of: block)))
          }
        }
      }
    }
    self.items = items
    self.steps = steps
    order = items.compactMap { if case .step(let number) = $0 { number } else { nil } }
  }

  /// Whether a step is nothing but its sub-steps: it is settled once they are, and nobody is asked.
  func isMadeOfParts(_ number: String) -> Bool {
    guard let step = steps[number] else { return false }
    return !step.substeps.isEmpty && step.runnable.isEmpty
  }

  func parts(of number: String) -> [String] { steps[number]?.substeps.map(\.number) ?? [] }

  /// What it is a sub-step of, the nearest first.
  func wholes(around number: String) -> [String] {
    var parts = number.split(separator: ".")
    var found: [String] = []
    while parts.count > 1 {
      parts.removeLast()
      let name = parts.joined(separator: ".")
      if steps[name] != nil { found.append(name) }
    }
    return found
  }

  /// The text before a step: since the place that was shown last, or from the beginning of the step's section.
  /// - Parameter place: behind the item that was shown last; becomes that of the step.
  func text(before number: String, from place: inout Int) -> [String] {
    guard let target = items.firstIndex(of: .step(number)) else { return [] }
    var start = place
    if start > target || start == 0 && target > 0 && !isFirst(target) {
      start = items[..<target].lastIndex { if case .heading = $0 { true } else { false } } ?? 0
    }
    place = target + 1
    return items[start..<target].flatMap { item -> [String] in
      switch item {
      case .heading(let lines, _): lines.isEmpty ? [] : lines + [""]
      case .text(let lines): lines + [""]
      case .step: []
      }
    }
  }

  private func isFirst(_ place: Int) -> Bool {
    !items[..<place].contains { if case .step = $0 { true } else { false } }
  }
}

extension Step {
  /// Places of those of its commands that could run as they stand in the text.
  package var runnable: [Int] {
    commands.indices.filter { !commands[$0].isAssignment && commands[$0].flaw == nil }
  }
}
