import Comms
import Incidents
import Terminal
import Values

/// A delivery as lists show it.
struct DeliveryItem: Sendable {
  let record: DeliveryRecord

  var id: String { record.key }

  var state: (sign: Sign, word: String, style: Style) {
    switch record.state {
    case .queued: (.retry, "queued", .pending)
    case .claimed: (.retry, "sending", .pending)
    case .sent: (.done, "sent", .up)
    case .failed: record.retryAt == nil ? (.failed, "failed", .down) : (.retry, "retry", .warn)
    case .unknown: (.stale, "unknown", .unknown)
    case .copied: (.done, "by hand", .dim)
    }
  }

  /// What came of it, or what is next.
  func words(at now: Instant) -> String {
    let reason = record.reason.map(Inert.terminal) ?? ""
    switch record.state {
    case .queued: return "waits for the engine"
    case .claimed: return record.tries > 1 ? "try \(record.tries)" : "on its way"
    case .sent: return record.receipt.map(Inert.terminal) ?? ""
    case .failed:
      guard let again = record.retryAt else { return "\(reason); r tries again, c closes it" }
      let left = again - now
      return "again \(left > .zero ? "in \(left.whole)" : "now") (\(record.tries) tried): \(reason)"
    case .unknown: return "may have arrived: \(reason); r sends again, c closes it"
    case .copied:
      return "closed by \(record.settledBy ?? "somebody")" + (reason.isEmpty ? "" : ": \(reason)")
    }
  }

  /// What it is about: `INC-14`, `D-3`, an alert.
  var about: String {
    let alert = record.alert.map { "\($0.rule) \(record.occasion.rawValue)" }
    let reminder = record.occasion == .reminded ? "\(record.ticket ?? "tickets") reminded" : nil
    return [record.incident, record.draft ?? alert ?? reminder].compactMap { $0 }.joined(separator: " ")
  }

  var searched: String { "\(record.system) \(record.to) \(record.kind) \(state.word) \(about)" }
}

extension World {
  /// What waits for a person first, then what is under way, then what is settled, the newest first.
  func deliveryItems(filter: RowFilter = RowFilter("")) -> [DeliveryItem] {
    func rank(_ record: DeliveryRecord) -> Int {
      if record.waitsForPerson { return 0 }
      return record.isOpen ? 1 : 2
    }
    return ledger.deliveries.map(DeliveryItem.init).filter { filter.matches($0.searched) }
      .sorted { a, b in
        let (left, right) = (rank(a.record), rank(b.record))
        if left != right { return left < right }
        let (one, other) = (
          a.record.changedAt ?? .init(milliseconds: 0), b.record.changedAt ?? .init(milliseconds: 0)
        )
        return (other, a.id) < (one, b.id)
      }
  }
}
