import Incidents
import Terminal
import Values

/// Tasks: asked for in one line, ticked with one key, and everything else behind Enter.
extension Console {
  var selectedTask: Incident.Task? {
    incident.taskRows(world).first { $0.id == incident.tasks.selected }
  }

  var whyNotTick: String? {
    guard let task = selectedTask else { return "No task is selected." }
    return task.isOpen ? nil : "It was \(task.isDropped ? "dropped" : "done") already; Enter puts it back."
  }

  mutating func finishTask() -> [Effect] {
    guard let task = selectedTask, let key = incident.shown(world)?.key else { return [] }
    return perform(FinishTask(incident: key, task: task.id), on: task.id, done: "done: \(task.title)")
  }

  mutating func openTask() -> [Effect] {
    guard let key = incident.shown(world)?.key else { return [] }
    return open(
      .line(
        LineEntry(
          .task(incident: key), label: "task of \(key)",
          placeholder: "what is to be done; @handle gives it to somebody, 10m at the end is its time box")))
  }

  /// What can become of the task besides a tick.
  mutating func openTaskChoice() -> [Effect] {
    guard let task = selectedTask, let key = incident.shown(world)?.key else { return [] }
    let options: [Choice.Option] =
      task.isOpen
      ? [
        .init(id: "done", label: "done", detail: "with what came of it"),
        .init(id: "give", label: "give", detail: "to somebody, or another time box"),
        .init(id: "drop", label: "drop", detail: "nobody has to do it any more, and why"),
      ] : [.init(id: "reopen", label: "put back", detail: "it is to be done after all")]
    return open(
      .choice(
        Choice(.task(incident: key, task: task.id), title: Inert.terminal(task.title), options: options)))
  }

  mutating func take(_ what: String, of task: String, _ key: String) -> [Effect] {
    func ask(_ change: LineEntry.TaskChange, _ label: String, _ placeholder: String) -> [Effect] {
      open(
        .line(
          LineEntry(.changeTask(incident: key, task: task, change), label: label, placeholder: placeholder)))
    }
    switch what {
    case "done": return ask(.done, "what came of \(task)", "may be left empty")
    case "give": return ask(.give, "give \(task) to", "@handle, 10m; nothing gives it back")
    case "drop": return ask(.drop, "drop \(task) because", "why nobody has to do it any more")
    default:
      return perform(
        ReopenTask(incident: key, task: task), on: task, done: "\(task) is to be done", closing: true)
    }
  }

  mutating func change(_ task: String, of key: String, _ change: LineEntry.TaskChange, _ text: String)
    -> [Effect]
  {
    switch change {
    case .done:
      return perform(
        FinishTask(incident: key, task: task, outcome: text.isEmpty ? nil : text), on: task, done: "done",
        closing: true)
    case .drop:
      return perform(
        DropTask(incident: key, task: task, reason: text), on: task, done: "dropped", closing: true)
    case .give:
      // A word before it, so that what is there is all read from the end.
      let (rest, handle, box) = Self.task("- " + text)
      let said = String(rest.dropFirst(2)).trimmed
      let owner = handle ?? (said.isEmpty ? nil : said)
      let before = world.ledger.incident(key)?.tasks.first { $0.id == task }?.owner
      return perform(
        GiveTask(incident: key, task: task, owner: owner ?? (box == nil ? nil : before), box: box), on: task,
        done: owner.map { "\($0) has it" } ?? "given", closing: true)
    }
  }

  /// `check the status page @ops2 10m`: words, owner, time box; the time box as people say it, `3 min`.
  static func task(_ text: String) -> (title: String, owner: String?, box: Span?) {
    var words = text.split(separator: " ").map(String.init)
    var box: Span?
    var owner: String?
    while words.count > 1, owner == nil || box == nil {
      if owner == nil, let handle = handle(words[words.count - 1]) {
        owner = handle
        words.removeLast()
      } else if box == nil, let span = span(words[words.count - 1]) {
        box = span
        words.removeLast()
      } else if box == nil, words.count > 2, let span = span(words.suffix(2).joined()) {
        box = span
        words.removeLast(2)
      } else {
        break
      }
    }
    return (words.joined(separator: " "), owner, box)
  }

  private static func handle(_ word: String) -> String? {
    guard word.hasPrefix("@") else { return nil }
    let name = word.dropFirst().lowercased().filter { $0 != "," }
    return Actor.isHandle(name) ? name : nil
  }

  private static func span(_ word: String) -> Span? {
    let number = word.prefix { $0.isASCII && $0.isNumber }
    let unit = word.dropFirst(number.count).lowercased().filter { $0 != "," }
    let short = [
      "min": "m", "mins": "m", "minutes": "m", "minute": "m", "hour": "h", "hours": "h", "hr": "h",
    ]
    guard word != "0", let span = Span(prometheus: number + (short[unit] ?? unit)), span > .zero else {
      return nil
    }
    return span
  }
}
