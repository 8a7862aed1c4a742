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
    let options = [
      Choice.Option(id: "md", label: "Markdown", detail: "to read, to edit, for a pull request"),
      Choice.Option(id: "json", label: "JSON", detail: "everything, for programs"),
    ]
    return open(
      .choice(Choice(.retro(.export(incident: key)), title: "export \(key) as what?", options: options)))
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
