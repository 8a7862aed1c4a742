import Incidents
import Values

/// Entries that were said anew or taken back, with every wording that they had.
extension IncidentReport {
  var amendedBlocks: [RetroBlock] {
    let rows = histories.flatMap { history in
      history.turns.enumerated().map { index, turn -> [RetroTable.Cell] in
        [
          .init(index == 0 ? history.at.dateClockUTC : ""), .init(index == 0 ? history.id : ""),
          .init(turn.text, isStruck: turn.isTakenBack), .init(turn.at.dateClockUTC), .init(turn.by),
          .init(turn.reason ?? ""),
        ]
      }
    }
    let headings = ["Entry of (UTC)", "Id", "Wording", "Written (UTC)", "By", "Why"]
    return Self.table("Amended entries", headings, rows)
  }

  /// One entry through its wordings.
  struct EntryHistory: Equatable {
    struct Turn: Equatable {
      let text: String
      let at: Instant
      let by: String
      let reason: String?
      var isTakenBack = false
    }

    let id: String
    let at: Instant
    var turns: [Turn]
  }

  /// In the order of their entries.
  var histories: [EntryHistory] {
    var marks: [String: [Event]] = [:]
    for event in self.events(EventAmended.kind, EventRetracted.kind) {
      guard let target = event.fact(EventAmended.self)?.target ?? event.fact(EventRetracted.self)?.target
      else { continue }
      marks[target, default: []].append(event)
    }
    guard !marks.isEmpty else { return [] }
    return events.compactMap { event in
      guard let own = marks[event.id], let first = Timeline.wording(of: event) else { return nil }
      var turns = [
        EntryHistory.Turn(text: first.text, at: event.recorded, by: event.actor.handle, reason: nil)
      ]
      for mark in own.sorted(by: { $0.seq < $1.seq }) {
        let by = mark.actor.handle
        if let fact = mark.fact(EventAmended.self) {
          turns.append(.init(text: fact.text, at: mark.recorded, by: by, reason: fact.reason))
        } else if let fact = mark.fact(EventRetracted.self) {
          let last = turns.last?.text ?? ""
          turns.append(.init(text: last, at: mark.recorded, by: by, reason: fact.reason, isTakenBack: true))
        }
      }
      return EntryHistory(id: event.id, at: event.occurred, turns: turns)
    }
  }
}
