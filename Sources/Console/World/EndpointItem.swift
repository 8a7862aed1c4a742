import Terminal
import Values
import Watch

/// One endpoint as the board lists it.
struct EndpointItem: Sendable {
  let system: String
  let row: EndpointRow

  var id: String { "\(system)/\(row.name)" }

  var searched: String {
    "\(system) \(row.name) \(row.state.rawValue) \(row.kind) \(row.target) \(row.reason ?? "")"
  }
}

extension World {
  /// Faults first, unknown beside down, and last what is not polled at all; then by system and as the folder lists
  /// them.
  func endpointItems(filter: RowFilter = RowFilter(""), faultsOnly: Bool = false) -> [EndpointItem] {
    let items = systems.flatMap { system in
      system.endpoints.map { EndpointItem(system: system.system, row: $0) }
    }
    let shown = items.filter { item in
      filter.matches(item.searched) && (!faultsOnly || Self.rank(item.row.state) < Self.calm)
    }
    return (0...Self.last).flatMap { rank in shown.filter { Self.rank($0.row.state) == rank } }
  }

  /// The first rank that is no fault, and the last of all.
  private static let calm = 3
  private static let last = 5

  private static func rank(_ state: EndpointRow.State) -> Int {
    switch state {
    case .down: 0
    case .stale, .unknown, .blocked: 1
    case .pending: 2
    case .maintenance: calm
    case .up: 4
    case .paused: last
    }
  }
}
