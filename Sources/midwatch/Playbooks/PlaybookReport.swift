import Playbooks
import Systems
import Values

/// A playbook as a JSON document.
struct PlaybookReport: Encodable {
  var schema = "midwatch.playbook/1"
  let system: String?
  let name: String
  let title: String
  let file: String
  let sha256: String
  let alerts: [String]
  let services: [String]
  let reviewed: Instant?
  let escalation: [RungRow]
  let variables: [Question]
  let sections: [SectionRow]

  struct Question: Encodable {
    let name: String
    let ask: String?
    let `default`: String?
    let choices: [String]
    let pattern: String?
    let secret: Bool
  }

  struct RungRow: Encodable {
    let name: String
    /// From the run's start.
    let afterMs: Int64
    let contact: String?
    let reach: String?
    let playbook: String?
  }

  struct SectionRow: Encodable {
    let title: String
    let level: Int
    let anchor: String
    let line: Int?
    let groups: [GroupRow]
  }

  struct GroupRow: Encodable {
    let label: String?
    let text: String?
    let isChoice: Bool
    let blocks: [BlockRow]
  }

  /// Which fields it has depends on its type.
  struct BlockRow: Encodable {
    let type: String
    let line: Int
    var text: String?
    var step: StepRow?
    var code: CodeRow?
    var header: [String]?
    var rows: [[String]]?
    var blocks: [BlockRow]?
    var links: [LinkRow]?
  }

  struct StepRow: Encodable {
    let number: String
    let title: String
    let text: String
    let choice: Bool
    let ticked: Bool?
    let role: String?
    let due: String?
    let undo: String?
    let isCheck: Bool
    let placeholders: [String]
    let blocks: [BlockRow]
  }

  struct CodeRow: Encodable {
    /// commands, manual or text.
    let kind: String
    let language: String?
    let text: String
    let commands: [CommandRow]
  }

  struct CommandRow: Encodable {
    let title: String?
    let text: String
    let line: Int
    let canRun: Bool
    /// The pattern for which it counts as hard to take back.
    let destructive: String?
  }

  struct LinkRow: Encodable {
    let title: String
    let anchor: String
  }
}

extension PlaybookReport {
  /// - Parameters:
  ///   - anchor: limits it to a section and those below it.
  ///   - questions: what is asked for.
  init(
    _ document: PlaybookDocument, under anchor: String?, of system: String?, digest: String,
    asking questions: [Variable], _ rungs: [PlaybookRung]
  ) {
    self.system = system
    name = document.name
    title = document.title
    file = document.file
    sha256 = digest
    alerts = document.settings.alerts
    services = document.settings.services
    reviewed = document.settings.reviewed
    escalation = rungs.map { rung in
      RungRow(
        name: rung.name, afterMs: rung.after.milliseconds, contact: rung.role, reach: rung.contact?.reach,
        playbook: rung.playbook)
    }
    variables = questions.map { variable in
      Question(
        name: variable.name, ask: variable.ask, default: variable.isSecret ? nil : variable.defaultValue,
        choices: variable.choices, pattern: variable.pattern, secret: variable.isSecret)
    }
    let maker = Maker(
      patterns: DestructivePatterns(adding: document.settings.destructive),
      declared: Set(questions.map(\.name)))
    sections = document.sections(under: anchor).map(maker.row)
  }

  private struct Maker {
    let patterns: DestructivePatterns
    let declared: Set<String>

    func row(_ section: Section) -> SectionRow {
      SectionRow(
        title: section.title, level: section.level, anchor: section.anchor, line: section.heading?.lowerBound,
        groups: section.groups.map { group in
          GroupRow(
            label: group.label, text: group.text.isEmpty ? nil : group.text.marked, isChoice: group.isChoice,
            blocks: group.blocks.map(row))
        })
    }

    func row(_ block: Block) -> BlockRow {
      let line = block.lines.lowerBound
      switch block {
      case .step(let step): return BlockRow(type: "step", line: line, step: row(step))
      case .prose(let prose): return BlockRow(type: "prose", line: line, text: prose.spans.marked)
      case .code(let code): return BlockRow(type: "code", line: line, code: row(code))
      case .table(let table):
        return BlockRow(
          type: "table", line: line, header: table.header.map(\.marked),
          rows: table.rows.map { $0.map(\.marked) })
      case .quote(let blocks, _): return BlockRow(type: "quote", line: line, blocks: blocks.map(row))
      case .navigation(let links, _):
        return BlockRow(
          type: "navigation", line: line, links: links.map { LinkRow(title: $0.title, anchor: $0.anchor) })
      case .rule: return BlockRow(type: "rule", line: line)
      case .source(let text, _): return BlockRow(type: "source", line: line, text: text)
      }
    }

    private func row(_ step: Step) -> StepRow {
      var ticked: Bool?
      if case .task(let isTicked) = step.marker { ticked = isTicked }
      return StepRow(
        number: step.number, title: step.title, text: step.text.marked, choice: step.choice != nil,
        ticked: ticked, role: step.settings.role, due: step.settings.due?.short, undo: step.settings.undo,
        isCheck: step.settings.isCheck,
        placeholders: step.placeholders(declared: declared).map(\.name), blocks: step.blocks.map(row))
    }

    private func row(_ code: CodeBlock) -> CodeRow {
      let kind =
        switch code.kind {
        case .commands: "commands"
        case .manual: "manual"
        case .text: "text"
        }
      return CodeRow(
        kind: kind, language: code.language, text: code.text,
        commands: code.commands.map { command in
          CommandRow(
            title: command.title, text: command.text, line: command.line,
            canRun: !command.isAssignment && command.flaw == nil, destructive: patterns.match(command.text))
        })
    }
  }
}
