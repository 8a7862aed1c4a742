import Terminal

extension ActionTable {
  /// Deliveries on screen 5.
  static let deliveryActions: [Action] = [
    Action(
      id: "delivery", keys: [.enter], title: "Show the delivery whole, with its text", hint: "detail",
      scope: .pane(.commsDeliveries), rank: 4,
      unavailable: { $0.selectedDelivery == nil ? "No delivery is selected." : nil },
      run: { console, now in console.showDelivery(at: now) }),
    Action(
      id: "retry-delivery", keys: [.character("r")],
      title: "Send it again; asks first where it may have arrived",
      hint: "try again", scope: .pane(.commsDeliveries), weight: .outward, rank: 1,
      unavailable: { $0.whyNotRetry }, run: { console, _ in console.retryDelivery() }),
    Action(
      id: "settle-delivery", keys: [.character("c")], title: "Close it: copied by hand, or it need not go",
      hint: "copied by hand", scope: .pane(.commsDeliveries), weight: .records, rank: 3,
      unavailable: { $0.whyNotSettle }, run: { console, _ in console.openSettlement() }),
    Action(
      id: "copy-delivery", keys: [.character("y")], title: "Copy its text, to put it there by hand",
      hint: "copy",
      scope: .pane(.commsDeliveries), rank: 2,
      unavailable: { $0.selectedDelivery == nil ? "No delivery is selected." : nil },
      run: { console, now in console.copyDelivery(at: now) }),
    Action(
      id: "deliveries", keys: [], title: "Show what goes out: queued, sent, failed, unknown", hint: nil,
      scope: .everywhere,
      unavailable: { $0.world.ledger.deliveries.isEmpty ? "Nothing went out by itself yet." : nil },
      run: { console, _ in
        console.comms.isBelow = true
        return console.go(to: .comms)
      }),
  ]
}
