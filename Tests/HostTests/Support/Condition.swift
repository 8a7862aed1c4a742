import Foundation
import Host
import Testing
import Transfer
import Values

/// Waiting for something to hold, never for time to pass.
enum Condition {
  /// Looks every 20 ms until `holds` returns a value; `patience` at most.
  static func wait<T>(
    for what: String, patience: Duration = .seconds(20), location: SourceLocation = #_sourceLocation,
    _ holds: () throws -> T?
  ) throws -> T {
    let limit = ContinuousClock.now + patience
    repeat {
      if let value = try holds() { return value }
      poll(nil, 0, 20)
    } while ContinuousClock.now < limit
    return try #require(try holds(), "waited in vain for \(what)", sourceLocation: location)
  }
}

/// What other threads told, in order, for a test to wait on.
final class Heard<Item: Sendable> {
  let mailbox = Mailbox<Item>()
  private(set) var items: [Item] = []

  /// Waits until one of all that came so far makes `pick` return something.
  @discardableResult
  func first<T>(
    _ what: String, patience: Duration = .seconds(20), location: SourceLocation = #_sourceLocation,
    _ pick: (Item) -> T?
  ) throws -> T {
    try Condition.wait(for: what, patience: patience, location: location) {
      items += mailbox.drain()
      return items.lazy.compactMap(pick).first
    }
  }

  /// What came before is forgotten.
  func forget() {
    _ = mailbox.drain()
    items = []
  }
}
