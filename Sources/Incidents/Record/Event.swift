import Values

/// What an event says: one struct a kind, in the target whose word it is.
package protocol Fact: Codable, Equatable, Sendable {
  /// noun.verb in the past, such as `alert.fired`.
  static var kind: String { get }
  static var version: Int { get }
}

extension Fact {
  package static var version: Int { 1 }
}

/// One row of the journal; the body stays bytes, for they are what was hashed.
package struct Event: Equatable, Sendable {
  /// The journal file this came from: 32 hex digits.
  package let origin: String
  /// 1, 2, 3 … within the origin.
  package let seq: Int64
  /// A UUIDv7 made by the process that acted.
  package let id: String
  package let kind: String
  package let version: Int
  /// When it happened; ``recorded`` is when it was written down.
  package let occurred: Instant
  /// Set when it was a span of time.
  package let ended: Instant?
  package let recorded: Instant
  package let actor: Actor
  /// `INC-14`; set on events made for an incident.
  package let incident: String?
  package let ticket: String?
  /// A JSON object; nil once erased.
  package let body: [UInt8]?

  package init(
    origin: String, seq: Int64, id: String, kind: String, version: Int, occurred: Instant, ended: Instant?,
    recorded: Instant, actor: Actor, incident: String?, ticket: String?, body: [UInt8]?
  ) {
    self.origin = origin
    self.seq = seq
    self.id = id
    self.kind = kind
    self.version = version
    self.occurred = occurred
    self.ended = ended
    self.recorded = recorded
    self.actor = actor
    self.incident = incident
    self.ticket = ticket
    self.body = body
  }
}

extension Event {
  /// The body as `F`, when this is such an event, of a version that we read, and not erased.
  package func fact<F: Fact>(_ type: F.Type) -> F? {
    guard kind == F.kind, version <= F.version, let body else { return nil }
    return FactCoding.decode(type, from: body)
  }
}

/// An event before the journal has given it origin, seq, id, recorded time, actor, salt and hash.
package struct Entry: Sendable {
  package var fact: any Fact
  package var occurred: Instant
  package var ended: Instant?
  package var incident: String?
  package var ticket: String?

  package init(
    _ fact: any Fact, at occurred: Instant, ended: Instant? = nil, incident: String? = nil,
    ticket: String? = nil
  ) {
    self.fact = fact
    self.occurred = occurred
    self.ended = ended
    self.incident = incident
    self.ticket = ticket
  }
}
