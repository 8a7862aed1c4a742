import Incidents
import Terminal
import Values

/// Sections of a retro that people write, in their editor.
extension Console {
  mutating func openRetroSection() -> [Effect] {
    guard let key = timeline.incidents.selected else { return [] }
    let written = world.ledger.written.flatMap { $0.key == key ? $0 : nil }
    let options = RetroPart.all.map { part in
      let known = written?[part]
      return Choice.Option(
        id: part.name, label: part.title,
        detail: known.map {
          "by \($0.by) at \($0.at.dateClockUTC)\($0.revision > 1 ? ", \($0.revision) times" : "")"
        }
          ?? "not written yet")
    }
    return open(
      .choice(
        Choice(
          .retro(.write(incident: key)), title: "write which section of the retro of \(key)?",
          options: options)))
  }

  mutating func editRetro(_ section: String, of key: String) -> [Effect] {
    let number = acts.number()
    let text = world.ledger.written.flatMap { $0.key == key ? $0.sections[section]?.text : nil } ?? ""
    timeline.editors[number] = .init(incident: key, section: section, before: text)
    return [.edit(number, text: text)]
  }

  /// What the editor left; nil when it was another's.
  mutating func editedRetro(_ number: Int, _ text: String?, at now: Instant) -> [Effect]? {
    guard let open = timeline.editors.removeValue(forKey: number) else { return nil }
    // Editors end a file with a line end; that alone says nothing.
    guard let text, text.trimmed != open.before.trimmed else {
      shell.say("nothing was changed", at: now)
      return []
    }
    let title = RetroPart(open.section)?.title ?? open.section
    return perform(
      WriteRetro(incident: open.incident, section: open.section, text: text), on: open.incident,
      done: "\(title) of \(open.incident) is written")
  }
}

/// A section that somebody has in their editor.
struct RetroEditing: Sendable {
  let incident: String
  let section: String
  let before: String
}
