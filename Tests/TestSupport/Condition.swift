import Foundation
import Testing

/// Waiting for something to hold, never for time to pass.
package enum Condition {
  /// Looks every 50 ms until `holds` returns a value; 40 seconds at most.
  package static func wait<T>(
    for what: String, seconds: Double = 40, location: SourceLocation = #_sourceLocation,
    _ holds: () throws -> T?
  ) throws -> T {
    let limit = Date() + seconds
    let gate = DispatchSemaphore(value: 0)
    repeat {
      if let value = try holds() { return value }
      _ = gate.wait(timeout: .now() + 0.05)
    } while Date() < limit
    Issue.record("waited in vain for \(what)", sourceLocation: location)
    throw TimedOut(what: what)
  }

  package struct TimedOut: Error {
    package let what: String
  }
}
