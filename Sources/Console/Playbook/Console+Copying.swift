import Incidents
import Playbooks
import Terminal
import Values

/// What of a step or of an output goes to the clipboard, or into the timeline.
extension Console {
  var copyables: [StepView.Copyable] {
    guard let step = playbook.selectedStep else { return [] }
    let view = playbook.view(of: step, world)
    return view.commands.isEmpty ? view.snippets + links : view.commands
  }

  /// Addresses that the selected step or section names.
  private var links: [StepView.Copyable] {
    let spans: [Inline]
    if let step = playbook.selectedStep {
      spans = step.text + step.blocks.flatMap(\.inlines)
    } else {
      spans =
        playbook.outline.section(playbook.steps.selected)?.groups.flatMap {
          $0.text + $0.blocks.flatMap(\.inlines)
        } ?? []
    }
    return spans.compactMap(\.link).filter { !$0.isEmpty }.map { link in
      StepView.Copyable(
        title: "link", preview: link, resolved: Resolution.plain(link, values: playbook.values(world)))
    }
  }

  /// Everything of the selected step or section that can be copied.
  private var everything: [StepView.Copyable] {
    guard let step = playbook.selectedStep else { return links }
    let view = playbook.view(of: step, world)
    return view.commands + view.snippets + links
  }

  var whyNoCopy: String? {
    if playbook.pane == .playbookOutput {
      return playbook.lines(world) == nil ? "There is no output to be copied." : nil
    }
    return everything.isEmpty ? "Nothing here is to be copied." : nil
  }

  /// Copies the step's next command exactly as it would run; asks first for what is missing. In the text one of all
  /// that can be copied is chosen, in the output all of it is taken.
  mutating func copyHere(at now: Instant) -> [Effect] {
    switch playbook.pane {
    case .playbookOutput: return copyOutput(at: now)
    case .playbookText: return copyChoice(at: now)
    default: return copyables.isEmpty ? copyChoice(at: now) : copyCommand(at: now)
    }
  }

  mutating func copyCommand(at now: Instant) -> [Effect] {
    let all = copyables
    guard !all.isEmpty else { return [] }
    let index = playbook.command % all.count
    let effects = copy(all[index], index, of: all.count, at: now)
    if shell.overlay == nil, !effects.isEmpty { playbook.command = (index + 1) % all.count }
    return effects
  }

  private mutating func copyChoice(at now: Instant) -> [Effect] {
    let all = everything
    guard all.count > 1 else { return all.first.map { copy($0, 0, of: 1, at: now) } ?? [] }
    let options = all.enumerated().map { index, item in
      Choice.Option(
        id: "\(index)", label: Inert.terminal(item.preview).truncatedEnd(to: 60), detail: item.title ?? "")
    }
    return open(.choice(Choice(.copy, title: "copy which?", options: options, selected: playbook.command)))
  }

  mutating func copy(chosen id: String, at now: Instant) -> [Effect] {
    let all = everything
    guard let index = Int(id), all.indices.contains(index) else { return [] }
    shell.overlay = nil
    return copy(all[index], index, of: all.count, at: now)
  }

  private mutating func copy(_ item: StepView.Copyable, _ index: Int, of count: Int, at now: Instant)
    -> [Effect]
  {
    switch item.resolved {
    case .success(let text):
      let which = count > 1 ? " \(index + 1) of \(count)" : ""
      let shown = Inert.terminal(text.shown).truncatedMiddle(to: 60)
      shell.say("copied\(which): \(shown)", at: now, tone: .done)
      return [.copy(text.exact.revealed())]
    case .failure(let why):
      let names = why.missing + why.undecided
      guard !names.isEmpty else {
        shell.say(why.description, at: now, tone: .failed)
        return []
      }
      return openVariables(only: names, undecided: Set(why.undecided), wanted: .copying)
    }
  }

  /// What a clipboard over the terminal takes.
  private static let longestCopy = 70_000

  private mutating func copyOutput(at now: Instant) -> [Effect] {
    guard let lines = playbook.lines(world) else { return [] }
    var text = ""
    var place = 0
    while place < lines.count, text.utf8.count < Self.longestCopy {
      text += lines[place].text + "\n"
      place += 1
    }
    let rest = lines.count - place
    let told = PlaybookScreen.count(place)
    shell.say(
      rest > 0 ? "copied the first \(told); \(rest) more are too many for the clipboard" : "copied \(told)",
      at: now,
      tone: .done)
    return [.copy(text)]
  }
}

extension Block {
  /// Everything inline in it, in order; not that of sub-steps.
  var inlines: [Inline] {
    switch self {
    case .prose(let prose): prose.spans
    case .quote(let blocks, _): blocks.flatMap(\.inlines)
    case .table(let table): table.header.flatMap { $0 } + table.rows.flatMap { $0.flatMap { $0 } }
    case .step(let step): step.text + step.blocks.flatMap(\.inlines)
    case .code, .navigation, .rule, .source: []
    }
  }
}
