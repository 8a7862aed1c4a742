import Systems

extension UpdateDesk {
  /// The folder's own deliveries among places to which a text was taken by hand: whoever must approve what goes
  /// there must also when a hand takes it.
  func deliveries(byHand places: [String]) -> [Delivery] {
    places.compactMap { folder?.delivery($0) }
  }
}
