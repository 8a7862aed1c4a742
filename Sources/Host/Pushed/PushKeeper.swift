import Foundation
import Journal
import Synchronization
import Transfer
import Values
import Watch

/// Writes what was pushed on a thread of its own, the newest of each endpoint, so that nobody who pushes waits for a
/// disk.
final class PushKeeper: Sendable {
  private enum Order: Sendable {
    case save(PushEntry?, PushPlace)
    case breath(Instant)
    case stop
  }

  private static let prefix = "pushed:"
  private static let breath = "pushed-breath"

  private let orders = Mailbox<Order>()
  private let worker: Worker?

  /// What was kept; what cannot be read was never there.
  static func load(_ store: SampleStore) -> (entries: [PushPlace: PushEntry], breath: Instant?) {
    var entries: [PushPlace: PushEntry] = [:]
    for (key, bytes) in (try? store.values(named: prefix)) ?? [] {
      guard let place = place(of: key), let entry = PushEntry(bytes) else { continue }
      entries[place] = entry
    }
    let text = (try? store.value(for: breath)).flatMap { $0 }.map { String(decoding: $0, as: UTF8.self) }
    return (entries, text.flatMap { Int64($0) }.map(Instant.init(milliseconds:)))
  }

  /// - Parameter breathe: called on the keeper's thread each ``PushBoard/breath``.
  init(_ store: SampleStore, breathe: @escaping @Sendable () -> Void) {
    let orders = orders
    worker = Worker(name: "pushes") {
      var next = Clock.steady() + PushBoard.breath
      while true {
        _ = orders.wait(timeout: max(.zero, next - Clock.steady()))
        if next <= Clock.steady() {
          next = Clock.steady() + PushBoard.breath
          breathe()
        }
        var newest: [PushPlace: PushEntry?] = [:]
        var breath: Instant?
        var isStopping = false
        for order in orders.drain() {
          switch order {
          case .save(let entry, let place): newest.updateValue(entry, forKey: place)
          case .breath(let instant): breath = instant
          case .stop: isStopping = true
          }
        }
        // Losing it only means to listen for longer before anything is said.
        for (place, entry) in newest {
          try? store.setValue(entry?.bytes, for: Self.key(of: place))
        }
        if let breath { try? store.setValue(Array("\(breath.milliseconds)".utf8), for: Self.breath) }
        if isStopping { return }
      }
    }
  }

  /// Names may hold anything, so they are kept as JSON.
  private static func key(of place: PushPlace) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return prefix + String(decoding: (try? encoder.encode(place)) ?? Data(), as: UTF8.self)
  }

  private static func place(of key: String) -> PushPlace? {
    try? JSONDecoder().decode(PushPlace.self, from: Data(key.utf8.dropFirst(prefix.utf8.count)))
  }

  /// From any thread; never blocks.
  func save(_ entry: PushEntry?, for place: PushPlace) { orders.post(.save(entry, place)) }

  func note(breath: Instant) { orders.post(.breath(breath)) }

  /// Writes what waits, then ends the thread.
  func stop() {
    orders.post(.stop)
    worker?.join()
  }
}
