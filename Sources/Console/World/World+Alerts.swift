import Incidents
import Terminal
import Values
import Watch

extension World {
  /// Pending and firing alerts, firing first, then the loudest, unacknowledged, newest; hidden ones last.
  func alertItems(at now: Instant, filter: RowFilter = RowFilter("")) -> [AlertItem] {
    var items = systems.flatMap(\.alerts).map { row in
      AlertItem(
        row, record: record(of: row.identity), acknowledgement: acknowledgement(of: row.identity, at: now))
    }
    for record in ledger.alerts.values {
      guard record.isFiring, let identity = record.identity, snapshots[identity.system] == nil else {
        continue
      }
      AlertItem(record, acknowledgement: acknowledgement(of: identity, at: now)).map { items.append($0) }
    }
    for index in items.indices { items[index].mutings = mutings(of: items[index], at: now) }
    return items.filter { filter.matches($0.searched) }.sorted(by: Self.precedes)
  }

  /// Alerts that ended within the last day, newest first.
  func resolvedItems(at now: Instant, filter: RowFilter) -> [AlertItem] {
    ledger.alerts.values
      .filter { !$0.isFiring && $0.resolvedAt.map { now - $0 < .days(1) } ?? false }
      .filter { record in record.identity.map { alert($0) == nil } ?? false }
      .compactMap { AlertItem($0, acknowledgement: nil) }
      .filter { filter.matches($0.searched) }
      .sorted { ($1.since, $0.id) < ($0.since, $1.id) }
  }

  func item(_ id: String?, at now: Instant) -> AlertItem? {
    guard let id else { return nil }
    let record = ledger.alerts[id]
    let row = record?.identity.flatMap { alert($0) } ?? systems.lazy.flatMap(\.alerts).first { $0.id == id }
    var item =
      row.map { AlertItem($0, record: record, acknowledgement: acknowledgement(of: $0.identity, at: now)) }
      ?? record.flatMap { record in
        AlertItem(record, acknowledgement: record.identity.flatMap { acknowledgement(of: $0, at: now) })
      }
    if let found = item { item?.mutings = mutings(of: found, at: now) }
    return item
  }

  private static func precedes(_ a: AlertItem, _ b: AlertItem) -> Bool {
    func key(_ item: AlertItem) -> (Int, Int, Int, Int) {
      (
        item.isHidden ? 1 : 0, item.state.rawValue, -item.level.rank, item.acknowledgement == nil ? 0 : 1
      )
    }
    let (left, right) = (key(a), key(b))
    if left != right { return left < right }
    return (b.since, a.id) < (a.since, b.id)
  }
}
