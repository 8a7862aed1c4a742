import Terminal
import Values

extension Console {
  mutating func openChosenIncident() -> [Effect] {
    guard let key = timeline.incidents.selected else { return [] }
    focus(on: key)
    return go(to: .incident)
  }

  mutating func showRetroEvent() -> [Effect] {
    guard let line = timeline.timeline(world).first(where: { $0.id == timeline.lines.selected }) else {
      return []
    }
    return open(.page(TextPage(title: line.word, lines: line.page)))
  }

  mutating func export(_ format: String, at now: Instant) -> [Effect] {
    guard let key = timeline.incidents.selected else { return [] }
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
