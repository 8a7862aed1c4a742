import Incidents
import Values

/// A record in memory: performs acts and folds their events, as the journal does.
final class TestRecord: Record {
  private(set) var events: [Event] = []
  private var folds: [String: any Fold] = [:]
  private var counters: [String: Int] = [:]
  private let types: [any Fold.Type] = [
    Incident.self, Alert.self, EndpointRecord.self, Silence.self, MaintenanceRecord.self, Trust.self,
    LoadedSystem.self, RoutineBook.self, EventMark.self, Aftermath.self, SeriesEvidence.self,
    ActionItem.self, WrittenRetro.self,
  ]

  static let ops1 = Actor(handle: "ops1", host: "jump2", uid: 1000)
  static let ops2 = Actor(handle: "ops2", host: "jump2", uid: 1001)
  static let engine = Actor(handle: "midwatch", host: "jump2", uid: 1000)

  @discardableResult
  func perform(_ act: some Act, by actor: Actor = ops1, at now: Instant) throws -> [Event] {
    try act.decide(by: actor, at: now, in: self).append.map { entry in
      let body = try FactCoding.encode(entry.fact)
      let fact = type(of: entry.fact)
      let event = Event(
        origin: "test", seq: Int64(events.count + 1), id: "e\(events.count + 1)", kind: fact.kind,
        version: fact.version, occurred: entry.occurred, ended: entry.ended, recorded: now, actor: actor,
        incident: entry.incident, ticket: entry.ticket, body: body)
      events.append(event)
      for type in types { apply(event, to: type) }
      return event
    }
  }

  /// The sentence of the refusal that the act meets; nil when it is done.
  func refusal(_ act: some Act, by actor: Actor = ops1, at now: Instant) throws -> String? {
    do {
      try perform(act, by: actor, at: now)
      return nil
    } catch let refusal as Refusal {
      return refusal.sentence
    }
  }

  private func apply<F: Fold>(_ event: Event, to type: F.Type) {
    for key in F.keys(of: event) {
      var value = folds["\(F.name)/\(key)"] as? F ?? F(key: key)
      value.apply(event)
      folds["\(F.name)/\(key)"] = value
    }
  }

  func entity<F: Fold>(_ fold: F.Type, _ key: String) throws -> F? { folds["\(F.name)/\(key)"] as? F }

  func open<F: Fold>(_ fold: F.Type) throws -> [String] {
    folds.values.compactMap { $0 as? F }.filter(\.isOpen).map { fold in
      folds.first { $0.value as? F == fold }?.key.dropFirst(F.name.count + 1).description ?? ""
    }.sorted()
  }

  func next(_ series: String) throws -> Int {
    counters[series, default: 0] += 1
    return counters[series] ?? 0
  }
}
