import Incidents
import Playbooks
import Values

/// What was changed for a while, and whether it was taken back.
extension IncidentReport {
  var effectBlocks: [RetroBlock] {
    let changes = temporaryChanges
    let left = changes.filter { $0.undone == nil }
    let rows = changes.map { one -> [RetroTable.Cell] in
      let undone = one.undone.map { undone in
        "\(undone.at.dateClockUTC) by \(undone.by)" + (undone.reason.map { ": \($0)" } ?? "")
      }
      return [
        .init(one.what), .init("\(one.at.dateClockUTC) by \(one.by)"), .init(one.undo),
        .init(undone ?? "not undone"),
      ]
    }
    let warning =
      left.isEmpty ? nil : "\(left.count) of them \(left.count == 1 ? "is" : "are") still in force."
    return Self.table("Temporary changes", ["Change", "Made (UTC)", "To undo", "Undone (UTC)"], rows)
      + [warning.map { .warning($0) }].compactMap { $0 }
  }

  /// Something in force for a while.
  struct TemporaryChange: Equatable {
    struct Undoing: Equatable {
      let at: Instant
      let by: String
      let reason: String?
    }

    let run: String
    let step: String
    let what: String
    let undo: String
    let at: Instant
    let by: String
    var undone: Undoing?
  }

  /// Oldest first.
  var temporaryChanges: [TemporaryChange] {
    var found: [TemporaryChange] = []
    for event in events(EffectSet.kind, EffectUndone.kind) {
      if let fact = event.fact(EffectSet.self) {
        found.append(
          TemporaryChange(
            run: fact.run, step: fact.step, what: fact.what, undo: fact.undo, at: event.occurred,
            by: event.actor.handle))
      } else if let fact = event.fact(EffectUndone.self),
        let place = found.lastIndex(where: { $0.run == fact.run && $0.step == fact.step && $0.undone == nil })
      {
        found[place].undone = .init(at: event.occurred, by: event.actor.handle, reason: fact.reason)
      }
    }
    return found
  }
}
