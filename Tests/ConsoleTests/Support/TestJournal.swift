import Comms
import Console
import Desk
import Incidents
import Playbooks
import Values

/// A journal in memory: decides acts on its own events, as the real one does, and folds them into a ledger.
struct TestJournal: Record {
  private(set) var events: [Event] = []

  func entity<F: Fold>(_ fold: F.Type, _ key: String) -> F? {
    let mine = events.filter { F.keys(of: $0).contains(key) }
    guard !mine.isEmpty else { return nil }
    var state = F(key: key)
    for event in mine { state.apply(event) }
    return state
  }

  func keys<F: Fold>(_ fold: F.Type) -> [String] {
    var keys: [String] = []
    for key in events.flatMap({ F.keys(of: $0) }) where !keys.contains(key) { keys.append(key) }
    return keys
  }

  func open<F: Fold>(_ fold: F.Type) -> [String] { keys(fold).filter { entity(F.self, $0)?.isOpen ?? false } }

  func next(_ series: String) -> Int {
    switch series {
    case "INC": events.count { $0.kind == IncidentDeclared.kind } + 1
    case "R": events.count { $0.kind == RunStarted.kind } + 1
    case "D": keys(Draft.self).count + 1
    case "T": events.count { $0.kind == TicketOpened.kind } + 1
    case "ACT": events.count { $0.kind == ActionAdded.kind } + 1
    case "SIL": events.count { $0.kind == SilenceSet.kind } + 1
    default: 1
    }
  }

  mutating func perform(_ act: any Act, by handle: String, at now: Instant) throws -> [Event] {
    let actor = Actor(handle: handle, host: "jump2", uid: 1000)
    let decision = try act.decide(by: actor, at: now, in: self)
    return try decision.append.map { try append($0, by: actor, at: now) }
  }

  @discardableResult
  mutating func append(_ entry: Entry, by actor: Actor, at now: Instant) throws -> Event {
    let seq = Int64(events.count + 1)
    let event = Event(
      origin: "00", seq: seq, id: "event-\(seq)", kind: type(of: entry.fact).kind,
      version: type(of: entry.fact).version, occurred: entry.occurred, ended: entry.ended, recorded: now,
      actor: actor, incident: entry.incident, ticket: entry.ticket, body: try FactCoding.encode(entry.fact))
    events.append(event)
    return event
  }

  /// What the engine would have written.
  mutating func append(_ fact: any Fact, at instant: Instant) throws {
    let engine = Actor(handle: Actor.engineHandle, host: "jump2", uid: 0)
    try append(Entry(fact, at: instant), by: engine, at: instant)
  }

  func ledger(focus: String?, texts: [String: String] = [:]) -> Ledger {
    var ledger = Ledger()
    ledger.head = Ledger.Head(
      name: "main", origin: "00ff", count: Int64(events.count), hash: "9f3a61c2d4e5f6a7")
    ledger.incidents = keys(Incident.self).compactMap { entity(Incident.self, $0) }.filter {
      $0.declared != nil
    }
    for key in keys(Alert.self) { ledger.alerts[key] = entity(Alert.self, key) }
    ledger.silences = keys(Silence.self).compactMap { entity(Silence.self, $0) }
    ledger.runs = keys(Run.self).compactMap { entity(Run.self, $0) }
    ledger.drafts = keys(Draft.self).compactMap { entity(Draft.self, $0) }
    ledger.deliveries = keys(DeliveryRecord.self).compactMap { entity(DeliveryRecord.self, $0) }
    ledger.snapshots = texts
    ledger.actions = keys(ActionItem.self).compactMap { entity(ActionItem.self, $0) }
      .sorted(by: ActionItem.comesFirst)
    ledger.written = focus.flatMap { entity(WrittenRetro.self, $0) }
    ledger.timelineOf = focus
    let systems = ledger.incidents.first { $0.key == focus }?.systems ?? []
    ledger.timeline = events.filter { event in
      if event.incident == focus, focus != nil { return true }
      let system =
        event.fact(AlertFired.self)?.system ?? event.fact(AlertResolved.self)?.system
        ?? event.fact(AlertAcknowledged.self)?.system ?? event.fact(EndpointChanged.self)?.system
      return system.map { systems.contains($0) } ?? false
    }
    return ledger
  }
}
