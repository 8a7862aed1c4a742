import Incidents
import Values

/// A counter was raised from one number to the next.
struct Raised: Fact {
  static let kind = "counter.raised"
  let counter: String
  let from: Int
  let to: Int
}

/// Something was said, perhaps with a long text beside it.
struct Said: Fact {
  static let kind = "note.said"
  struct Blob: Codable, Equatable, Sendable {
    let sha256: String
    let bytes: Int
    let type: String
  }
  let text: String
  var system: String?
  var attached: Blob?
  var value: Double?
}

/// Counts; every step must begin where the last one ended.
struct Counter: Fold {
  static let name = "counter"
  static let version = 1
  let key: String
  private(set) var value = 0
  private(set) var jumps = 0

  init(key: String) { self.key = key }

  static func keys(of event: Event) -> [String] { event.fact(Raised.self).map { [$0.counter] } ?? [] }

  mutating func apply(_ event: Event) {
    guard let fact = event.fact(Raised.self) else { return }
    if fact.from != value { jumps += 1 }
    value = fact.to
  }

  var isOpen: Bool { value < 3 }
}

/// The same in another shape.
struct Counter2: Fold {
  static let name = "counter"
  static let version = 2
  let key: String
  private(set) var raised: [Int] = []

  init(key: String) { self.key = key }

  static func keys(of event: Event) -> [String] { Counter.keys(of: event) }

  mutating func apply(_ event: Event) {
    if let fact = event.fact(Raised.self) { raised.append(fact.to) }
  }

  var isOpen: Bool { raised.isEmpty }
}

/// What was said for an incident.
struct Notes: Fold {
  static let name = "notes"
  static let version = 1
  let key: String
  private(set) var texts: [String] = []

  init(key: String) { self.key = key }

  static func keys(of event: Event) -> [String] {
    event.kind == Said.kind ? [event.incident ?? "none"] : []
  }

  mutating func apply(_ event: Event) {
    if let fact = event.fact(Said.self) { texts.append(fact.text) }
  }

  var isOpen: Bool { true }
}

/// Raises a counter by one, up to a limit.
struct Raise: Act {
  var counter = "a"
  var limit = Int.max

  func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let value = try record.entity(Counter.self, counter)?.value ?? 0
    guard value < limit else { throw Refusal("\(counter) is at its limit, \(limit).") }
    return Decision(append: [Entry(Raised(counter: counter, from: value, to: value + 1), at: now)])
  }
}

/// Says things for incidents, with blobs and things to send.
struct Say: Act {
  var texts: [String]
  var incident: String?
  var system: String?
  var occurred: Instant?
  var attached: [UInt8]?
  var digest: String?
  var send: [Outgoing] = []
  var moves: [OutboxMove] = []
  var value: Double?

  init(_ texts: String..., incident: String? = nil) {
    self.texts = texts
    self.incident = incident
  }

  func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let blob = digest.map { Said.Blob(sha256: $0, bytes: attached?.count ?? 0, type: "text/plain") }
    let entries = texts.map {
      Entry(
        Said(text: $0, system: system, attached: blob, value: value), at: occurred ?? now, incident: incident)
    }
    return Decision(append: entries, send: send, moves: moves, blobs: attached.map { [$0] } ?? [])
  }
}

/// Takes the next number of a series, then refuses or says it.
struct Number: Act {
  var series = "INC"
  var refuses = false

  func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let number = try record.next(series)
    if refuses { throw Refusal("Not now.") }
    return Decision(append: [Entry(Said(text: "\(series)-\(number)"), at: now)])
  }
}
