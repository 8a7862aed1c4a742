import ArgumentParser
import Host
import Incidents
import Playbooks
import Systems
import Values

struct PlaybookShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a playbook, or a section of it, as plain text.",
    discussion: "NAME may be the path of any Markdown file: what midwatch reads in it is what is shown.")

  @OptionGroup var options: StateOptions
  @Option(help: ArgumentHelp("The folder of system folders.", valueName: "dir")) var playbooks: String?
  @Option(help: "How to answer.") var format = OutputFormat.table
  @Argument(
    help: ArgumentHelp("high-error-rate, high-error-rate#recover, or a path.", valueName: "name"),
    completion: PlaybookCompletion.names)
  var reference: String
  @Argument(help: "The system's name, or the path of its folder.") var system: String?

  func run() throws {
    try Standard.telling {
      let places = options.places
      if system == nil, let file = PlaybookFile.path(in: reference, places: places) {
        let (document, problems) = try PlaybookFile.read(file.path, shown: file.path)
        for problem in problems { Standard.error(problem.description) }
        let anchor = try PlaybookFile.known(file.anchor, in: document)
        return try tell(document, under: anchor, of: nil, variables: [], values: [:], contacts: [])
      }
      var which = try SystemOptions.parse(system.map { [$0] } ?? [])
      which.playbooks = playbooks
      let (book, document, anchor) = try PlaybookShelf(try which.sources()).find(reference)
      try tell(
        document, under: anchor, of: book.folder.name, variables: book.folder.variables,
        values: book.defaults.values(for: document, of: nil), contacts: book.folder.contacts)
    }
  }

  private func tell(
    _ document: PlaybookDocument, under anchor: String?, of system: String?, variables: [Variable],
    values: [String: String], contacts: [Contact]
  ) throws {
    let rungs = PlaybookRung.all(of: document, contacts)
    let known = document.declared(with: variables)
    let questions = document.questions(of: document.steps(under: anchor), with: variables).filter {
      known.contains($0.name) || values[$0.name] == nil
    }
    if format == .json {
      return try Standard.json(
        PlaybookReport(document, under: anchor, of: system, digest: document.digest, asking: questions, rungs)
      )
    }
    let declared = document.declared(with: variables)
    let text = PlaybookText(values: values.mapValues { .plain($0) }, declared: declared)
    var lines = header(document, of: system, questions, rungs)
    for section in document.sections(under: anchor) { lines += text.lines(of: section) }
    while lines.last == "" { lines.removeLast() }
    Standard.out(lines.joined(separator: "\n"))
  }

  private func header(
    _ document: PlaybookDocument, of system: String?, _ questions: [Variable], _ rungs: [PlaybookRung]
  ) -> [String] {
    let settings = document.settings
    let commands = document.steps.reduce(0) { $0 + $1.runnable.count }
    var lines = [
      "\(document.title) — " + (system.map { "\($0), " } ?? "")
        + "\(document.file), \(document.steps.count) steps, \(commands) commands"
    ]
    if !settings.alerts.isEmpty { lines.append("answers \(settings.alerts.joined(separator: ", "))") }
    if !settings.services.isEmpty { lines.append("for \(settings.services.joined(separator: ", "))") }
    for variable in questions {
      let parts: [String?] = [
        variable.ask, variable.choices.isEmpty ? nil : "one of \(variable.choices.joined(separator: ", "))",
        variable.pattern.map { "matches \($0)" }, variable.isSecret ? "secret" : nil,
        variable.isSecret ? nil : variable.defaultValue.map { "default \($0)" },
      ]
      let told = parts.compactMap { $0 }.joined(separator: "; ")
      lines.append("asks for \(variable.name)" + (told.isEmpty ? "" : ": \(told)"))
    }
    for rung in rungs {
      let when = rung.after == .zero ? "when it begins" : "\(rung.after.prometheus) after it began"
      lines.append("escalates \(when) to \(rung.name): \(rung.words)")
    }
    return lines.map { Inert.terminal($0) } + [""]
  }
}
