import Incidents
import Playbooks
import Values

extension Timeline {
  /// Events as lines, one for each, bookkeeping too, in the order that they are given; what was said of them later
  /// comes from `marks`, by their ids.
  package static func lines(of events: [Event], marks: [String: EventMark]) -> [TimelineLine] {
    var commands: [String: CommandStarted] = [:]
    return events.map { event in
      if let started = event.fact(CommandStarted.self) { commands[started.id] = started }
      let wording =
        markWording(event) ?? commandWording(event, started: commands) ?? wording(of: event)
        ?? Wording(.plain, "·", event.kind, "")
      var line = TimelineLine(event, wording)
      if let mark = marks[event.id] { line.apply(mark) }
      return line
    }
  }

  /// Pins and amendments, which other timelines show at the entries that they are about.
  private static func markWording(_ event: Event) -> Wording? {
    if let fact = event.fact(EventPinned.self) {
      return Wording(
        .plain, "·", fact.pinned ? "pinned" : "unpinned",
        "an entry was \(fact.pinned ? "pinned" : "unpinned")", detail: "the event \(fact.target)")
    }
    return event.fact(EventAmended.self).map {
      Wording(.plain, "·", "amended", $0.text, detail: "\($0.reason)\nthe event \($0.target)")
    }
  }
}

extension TimelineLine {
  fileprivate mutating func apply(_ mark: EventMark) {
    isPinned = mark.pinned != nil
    if let said = mark.amended, let text = mark.text {
      let why = "Amended by \(said.by) at \(said.at.dateClockUTC): \(said.reason ?? "")"
      detail = ([detail, "First: \(self.text)", why] as [String?]).compactMap { $0 }.joined(separator: "\n")
      self.text = text
      isAmended = true
    }
    retracted = mark.retracted.map { $0.reason ?? "" }
  }
}
