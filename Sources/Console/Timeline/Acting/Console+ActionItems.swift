import Incidents
import Terminal
import Values

/// What one line of screen 7 says.
enum RetroLine: Equatable, Sendable {
  case owner(String)
  case due(String)
  case title(String)
  /// Why it is dropped, or is to be done after all.
  case drop(String), reopen(String)
}

/// What is to be done so that it does not happen again: of all incidents, on one list.
extension Console {
  var selectedAction: ActionItem? {
    timeline.actionRows(world).first { $0.key == timeline.actions.selected }
  }

  mutating func showActions() -> [Effect] {
    (timeline.view, timeline.isReading) = (.actions, true)
    return []
  }

  mutating func openActionForm() -> [Effect] {
    let chosen = timeline.chosen(world)
    return open(
      .form(
        Form(
          .action, title: "add an action item", verb: "add",
          fields: [
            Form.Field("title", "what is to be done"),
            Form.Field("owner", "who", text: world.options.handle, note: "a handle; empty is nobody yet"),
            Form.Field(
              "due", "by when", note: "2w, 3d, tomorrow 18:00, 2026-12-01 12:00Z; empty is at no time"),
            Form.Field("incident", "of", text: chosen?.key ?? "", note: "an incident; empty is of none"),
          ])))
  }

  mutating func submitAction(_ form: Form, at now: Instant) -> [Effect] {
    var due: Instant?
    if !form["due"].isEmpty {
      due = ComingTime.instant(form["due"], at: now, offset: world.zone?.offset ?? 0)
      guard due != nil else {
        return refuse("\"\(form["due"])\" is no time; write 2w, 3d, tomorrow 18:00 or 2026-12-01 12:00Z.")
      }
    }
    func words(_ id: String) -> String? { form[id].isEmpty ? nil : form[id] }
    return perform(
      AddAction(form["title"], incident: words("incident"), owner: words("owner"), due: due),
      on: form["incident"], done: "added\(due.map { ", due \($0.dateClockUTC)" } ?? "")", closing: true)
  }

  mutating func openActionChange() -> [Effect] {
    guard let item = selectedAction else { return [] }
    var options: [Choice.Option] = []
    if item.state.isOver {
      options.append(.init(id: "reopen", label: "open again", detail: "it is to be done after all, and why"))
    } else {
      if item.state == .open {
        options.append(.init(id: "doing", label: "being done", detail: "somebody is at it"))
      }
      options += [
        .init(id: "done", label: "done", detail: ""),
        .init(id: "drop", label: "drop", detail: "nobody has to do it any more, and why"),
        .init(id: "owner", label: "owner", detail: item.owner.map { "\($0) has it" } ?? "nobody has it"),
      ]
      if !item.isFollowUp {
        options += [
          .init(
            id: "due", label: "due", detail: item.due.map { "\($0.dateClockUTC)" } ?? "at no time"),
          .init(id: "title", label: "title", detail: Inert.terminal(item.title)),
        ]
      }
    }
    return open(
      .choice(
        Choice(
          .retro(.action(item.key)), title: "\(item.shownKey): \(Inert.terminal(item.task))", options: options
        )))
  }

  mutating func change(_ key: String, _ what: String) -> [Effect] {
    let item = world.ledger.actions.first { $0.key == key }
    func line(_ purpose: RetroLine, _ label: String, _ placeholder: String, _ text: String = "") -> [Effect] {
      open(.line(LineEntry(.retro(purpose), label: label, placeholder: placeholder, text: text)))
    }
    switch what {
    case "doing": return set(key, .doing)
    case "done": return set(key, .done)
    case "drop": return line(.drop(key), "drop \(key) because", "why nobody has to do it any more")
    case "reopen": return line(.reopen(key), "open \(key) again because", "why it is not over")
    case "owner":
      return line(.owner(key), "give \(key) to", "a handle; nothing gives it back", item?.owner ?? "")
    case "due": return line(.due(key), "\(key) is due", "2w, 3d, tomorrow 18:00; nothing is at no time")
    default:
      return line(.title(key), "\(key) is", "what is to be done", Inert.terminal(item?.title ?? ""))
    }
  }

  private mutating func set(_ key: String, _ state: ActionItem.State, reason: String? = nil) -> [Effect] {
    perform(
      ChangeAction(key, state: state, reason: reason), on: key, done: "\(key) is \(state.rawValue)",
      closing: true)
  }

  mutating func take(_ line: RetroLine, _ text: String, at now: Instant) -> [Effect] {
    switch line {
    case .drop(let key): return set(key, .dropped, reason: text)
    case .reopen(let key): return set(key, .open, reason: text)
    case .title(let key):
      return perform(ChangeAction(key, title: text), on: key, done: "\(key): \(text)", closing: true)
    case .owner(let key):
      return perform(
        ChangeAction(key, owner: .to(text.isEmpty ? nil : text)), on: key,
        done: text.isEmpty ? "nobody has \(key) now" : "\(text) has \(key)", closing: true)
    case .due(let key):
      let due = ComingTime.instant(text, at: now, offset: world.zone?.offset ?? 0)
      guard text.isEmpty || due != nil else {
        return refuse("\"\(text)\" is no time; write 2w, 3d, tomorrow 18:00 or 2026-12-01 12:00Z.")
      }
      return perform(
        ChangeAction(key, due: .to(due)), on: key,
        done: due.map { "\(key) is due \($0.dateClockUTC)" } ?? "\(key) is due at no time", closing: true)
    }
  }
}
