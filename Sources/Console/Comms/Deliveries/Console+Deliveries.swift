import Comms
import Incidents
import Terminal
import Values

extension Console {
  var selectedDelivery: DeliveryRecord? {
    world.ledger.deliveries.first { $0.key == comms.deliveries.selected }
  }

  var whyNotRetry: String? {
    guard let record = selectedDelivery else { return "No delivery is selected." }
    switch record.state {
    case .failed, .unknown: return nil
    case .queued: return "It waits to be sent already."
    case .claimed: return "It is being sent."
    case .sent: return "It was sent; write another update."
    case .copied: return "It was closed by \(record.settledBy ?? "somebody")."
    }
  }

  var whyNotSettle: String? {
    guard let record = selectedDelivery else { return "No delivery is selected." }
    return record.isOpen ? nil : "It is settled: \(DeliveryItem(record: record).state.word)."
  }

  /// What may have arrived goes again only after a look at that.
  mutating func retryDelivery() -> [Effect] {
    guard let record = selectedDelivery else { return [] }
    guard record.state == .unknown, !record.knowsItsKey else { return retry(record.key, closing: false) }
    let lines = [
      "Nobody knows whether \(record.to) (\(Inert.terminal(record.destination))) has it: "
        + Inert.terminal(record.reason ?? "no answer came") + ".",
      "Look there first: sending it again may put it there twice.",
    ]
    return open(.confirm(Confirmation(.retryDelivery(record.key), lines: lines, verb: "send again")))
  }

  mutating func retry(_ delivery: String, closing: Bool) -> [Effect] {
    perform(RetryDelivery(delivery), on: delivery, done: "it is tried again", closing: closing)
  }

  mutating func openSettlement() -> [Effect] {
    guard let record = selectedDelivery else { return [] }
    return open(
      .line(
        LineEntry(
          .settle(delivery: record.key), label: "close \(record.to):",
          placeholder: "copied by hand; or why it need not go")))
  }

  mutating func settle(_ delivery: String, reason: String) -> [Effect] {
    perform(
      SettleDelivery(delivery, reason: reason.isEmpty ? "copied by hand" : reason), on: delivery,
      done: "closed", closing: true)
  }

  /// The text that was to go there, to be put there by hand.
  mutating func copyDelivery(at now: Instant) -> [Effect] {
    guard let record = selectedDelivery else { return [] }
    guard let draft = world.ledger.drafts.first(where: { $0.key == record.draft }) else {
      return copy(
        record.alert.map { "\($0.rule) of \($0.system): \(record.occasion.rawValue)" } ?? record.key, at: now)
    }
    return copy("\(draft.subject)\n\n\(draft.text)", at: now)
  }

  mutating func showDelivery(at now: Instant) -> [Effect] {
    guard let record = selectedDelivery else { return [] }
    let item = DeliveryItem(record: record)
    var lines: [(String, Style)] = [
      ("\(item.state.word): \(item.words(at: now))", .strong), ("", .text),
      ("to \(record.to) of \(record.system), \(record.kind) \(Inert.terminal(record.destination))", .text),
      ("queued \(record.queuedAt?.dateClockUTC ?? "") by \(record.queuedBy)", .text),
      ("tried \(record.tries) times; last change \(record.changedAt?.dateClockUTC ?? "")", .text),
      ("key \(record.sendKey)\(record.knowsItsKey ? ", by which the destination knows it" : "")", .dim),
      ("payload sha256 \(record.payloadDigest)", .dim),
    ]
    if let remote = record.remoteID { lines.append(("there it is called \(Inert.terminal(remote))", .dim)) }
    if let draft = world.ledger.drafts.first(where: { $0.key == record.draft }) {
      lines += [("", .text), (Inert.terminal(draft.subject), .strong)]
      lines += Inert.terminalLines(draft.text).map { ($0, .text) }
    }
    return open(.page(TextPage(title: "delivery \(record.key)", lines: lines)))
  }
}
