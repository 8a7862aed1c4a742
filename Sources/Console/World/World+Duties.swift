import Incidents
import Terminal
import Values
import Watch

/// An objective with its system.
struct ObjectiveItem: Sendable {
  let system: String
  let row: ObjectiveRow
}

/// A routine with its system.
struct RoutineItem: Sendable {
  let system: String
  let row: RoutineRow

  var id: String { "\(system)/\(row.title)" }
}

extension World {
  /// The worst first, then in the order of the folders.
  var objectiveItems: [ObjectiveItem] {
    let items = systems.flatMap { system in
      system.objectives.map { ObjectiveItem(system: system.system, row: $0) }
    }
    func rank(_ item: ObjectiveItem) -> Int {
      switch item.row.state {
      case .burning: item.row.burnsFast ? 0 : 2
      case .spent: 1
      case .noData: 3
      case .kept: 4
      }
    }
    return items.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .map(\.element)
  }

  /// Those that are due, and those of which nobody can say whether they are; the loudest first, then the longest.
  func routineItems(at now: Instant) -> [RoutineItem] {
    allRoutineItems.filter { $0.row.isShown(at: now) }.sorted { a, b in
      let (left, right) = (a.row.standing(at: now), b.row.standing(at: now))
      if left != right { return left > right }
      let never = Instant(milliseconds: .max)
      return (a.row.due ?? never, a.id) < (b.row.due ?? never, b.id)
    }
  }

  var allRoutineItems: [RoutineItem] {
    systems.flatMap { system in system.routines.map { RoutineItem(system: system.system, row: $0) } }
  }

  func routine(_ system: String, _ title: String) -> RoutineRow? {
    snapshots[system]?.routines.first { $0.title == title }
  }
}
