import Retro
import Terminal
import Values

extension Console {
  mutating func openChosenIncident() -> [Effect] {
    guard let key = timeline.incidents.selected else { return [] }
    focus(on: key)
    return go(to: .incident)
  }

  var whyNoExport: String? {
    timeline.incidents.selected == nil ? "No incident is selected." : nil
  }

  mutating func openExport() -> [Effect] {
    guard let key = timeline.incidents.selected else { return [] }
    let options = RetroFormat.allCases.map { format in
      let (label, detail) =
        switch format {
        case .md: ("Markdown", "to read, to edit, for a pull request")
        case .html: ("HTML", "one page with charts, for a browser")
        case .print: ("HTML for paper", "a browser makes a PDF of it")
        case .json: ("JSON", "everything, for programs")
        case .csv: ("CSV", "the timeline, one row an event")
        }
      return Choice.Option(id: format.rawValue, label: label, detail: detail)
    }
    return open(
      .choice(
        Choice(
          .retro(.export(incident: key)),
          title: "export \(key) for the house as what? (midwatch export --external: for readers outside)",
          options: options)))
  }

  mutating func export(_ key: String, _ format: String, at now: Instant) -> [Effect] {
    let number = acts.number()
    timeline.exporting[number] = key
    shell.say("writing the export of \(key)…", at: now)
    return [.export(number, incident: key, format: format)]
  }

  mutating func exported(_ number: Int, _ result: Result<String, ActFailure>, at now: Instant) {
    guard let key = timeline.exporting.removeValue(forKey: number) else { return }
    switch result {
    case .success(let path): shell.say("\(key) is in \(path)", at: now, tone: .done)
    case .failure(let failure): shell.say(failure.sentence, at: now, tone: .failed)
    }
  }
}
