import Alerting
import Incidents
import Journal
import Metrics
import Systems
import Transfer
import Values
import Watch

/// Copies the series behind open incidents into the journal, on a thread of its own: it reads the journal and copies
/// of the engine's stores, and hands back acts.
final class SeriesCopier: Sendable {
  /// A system as the engine has it.
  struct Supply: Sendable {
    let folder: SystemFolder
    let store: Store
  }

  private enum Order: Sendable {
    case look(Instant)
    case copy([String: Supply], Instant)
    case stop
  }

  private let orders = Mailbox<Order>()
  private let worker: Worker?

  /// Both are called on this thread.
  ///
  /// - Parameters:
  ///   - ask: series of these systems are wanted; ``copy(_:at:)`` brings them.
  ///   - tell: a piece is ready to be written.
  init(
    _ journal: Journal, limits: EvidenceLimits = EvidenceLimits(),
    ask: @escaping @Sendable (Set<String>) -> Void, tell: @escaping @Sendable (RecordSeries) -> Void
  ) {
    let orders = orders
    worker = Worker(name: "series") {
      var copying = SeriesCopying(journal, limits: limits)
      while true {
        _ = orders.wait(timeout: nil)
        var look: Instant?
        for order in orders.drain() {
          switch order {
          case .look(let now): look = now
          case .copy(let supplies, let now): for act in copying.pieces(from: supplies, at: now) { tell(act) }
          case .stop: return
          }
        }
        guard let look else { continue }
        let wanted = copying.systemsDue(at: look)
        if !wanted.isEmpty { ask(wanted) }
      }
    }
  }

  /// From any thread; never blocks. Looks whether something is to be copied.
  func look(at now: Instant) { orders.post(.look(now)) }

  func copy(_ supplies: [String: Supply], at now: Instant) { orders.post(.copy(supplies, now)) }

  func stop() {
    orders.post(.stop)
    worker?.join()
  }
}

/// What the copier knows between two looks.
private struct SeriesCopying {
  /// How long after its end an incident is looked for that no engine saw end: samples live hardly longer.
  private static let memory = Span.hours(1)

  private let journal: Journal
  private let limits: EvidenceLimits
  /// Incidents that were open, or ended lately, and are not known to be complete.
  private var pending: Set<String> = []
  private var isFirst = true
  /// What was handed over: until the journal has it, or is late, nothing follows. By incident and system.
  private var handed: [String: Instant] = [:]
  private static let patience = Span.minutes(1)
  /// What gave nothing is not tried at once again.
  private var tried: [String: Instant] = [:]
  private static let pause = Span.minutes(1)

  init(_ journal: Journal, limits: EvidenceLimits) {
    self.journal = journal
    self.limits = limits
  }

  private struct Task {
    let incident: Incident
    let evidence: [String: SeriesEvidence]
  }

  /// Reads the journal: incidents that are open, or were a moment ago.
  private mutating func tasks(at now: Instant) throws -> [Task] {
    let open = try journal.entities(Incident.self, open: true)
    pending.formUnion(open.map(\.key))
    if isFirst {
      let past = try journal.entities(Incident.self, open: false, limit: 50)
      pending.formUnion(past.filter { $0.closed.map { $0 >= now - Self.memory } ?? false }.map(\.key))
      isFirst = false
    }
    let known = Dictionary(open.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
    var tasks: [Task] = []
    for key in pending.sorted() {
      guard let incident = try known[key] ?? journal.entity(Incident.self, key: key) else { continue }
      var evidence: [String: SeriesEvidence] = [:]
      for system in incident.systems {
        evidence[system] = try journal.entity(
          SeriesEvidence.self, key: SeriesEvidence.key(incident: key, system: system))
      }
      if let closed = incident.closed, closed < now - Self.memory {
        pending.remove(key)
        continue
      }
      tasks.append(Task(incident: incident, evidence: evidence))
    }
    return tasks
  }

  /// The systems whose series are worth a look; without them nothing is asked of the engine.
  mutating func systemsDue(at now: Instant) -> Set<String> {
    guard let tasks = try? tasks(at: now) else { return [] }
    var due: Set<String> = []
    for task in tasks {
      let until = min(
        now - EvidencePlan.slack, task.incident.closed.map { $0 + .milliseconds(1) } ?? now)
      let isOver = task.incident.closed.map { $0 < until } ?? false
      var isComplete = task.incident.closed != nil
      for system in task.incident.systems {
        let key = SeriesEvidence.key(incident: task.incident.key, system: system)
        let rest = (task.evidence[system]?.until.values.min()).map { $0 < until } ?? true
        if rest { isComplete = false }
        if let at = tried[key], now - at < Self.pause, !isOver { continue }
        if isHanded(key, task.evidence[system], at: now) { continue }
        let oldest = task.evidence[system]?.until.values.min()
        let isNew = hasNews(task, system)
        if isOver && rest || isNew || oldest.map({ $0 + EvidencePlan.every <= until }) ?? true {
          due.insert(system)
        }
      }
      if isComplete, isOver { pending.remove(task.incident.key) }
    }
    return due
  }

  private func occasion(_ task: Task, _ system: String) throws -> EvidencePlan.Occasion {
    let incident = task.incident
    let events = try journal.events(
      matching: EventQuery(
        kinds: [AlertFired.kind, EndpointChanged.kind], systems: [system],
        from: (incident.started ?? incident.declaredAt).map { $0 - EvidencePlan.before },
        until: incident.closed.map { $0 + .milliseconds(1) }, limit: 5000))
    let firing = incident.isOpen ? try journal.entities(Alert.self, open: true) : []
    return EvidencePlan.Occasion(of: incident, system: system, events: events, firing: firing)
  }

  /// Whether a rule fired, or an endpoint fell, that the journal has no series of.
  private func hasNews(_ task: Task, _ system: String) -> Bool {
    guard let occasion = try? occasion(task, system) else { return false }
    return !occasion.isKnown(to: task.evidence[system])
  }

  private func isHanded(_ key: String, _ evidence: SeriesEvidence?, at now: Instant) -> Bool {
    guard let at = handed[key] else { return false }
    return now - at < Self.patience && evidence?.until.values.max() ?? .init(milliseconds: .min) < at
  }

  mutating func pieces(from supplies: [String: SeriesCopier.Supply], at now: Instant) -> [RecordSeries] {
    guard let tasks = try? tasks(at: now) else { return [] }
    var acts: [RecordSeries] = []
    for task in tasks {
      for system in task.incident.systems {
        let key = SeriesEvidence.key(incident: task.incident.key, system: system)
        guard let supply = supplies[system], !isHanded(key, task.evidence[system], at: now),
          let occasion = try? occasion(task, system)
        else { continue }
        let plan = EvidencePlan(
          for: task.incident, folder: supply.folder, occasion: occasion, evidence: task.evidence[system],
          at: now)
        guard let plan,
          let piece = EvidencePiece(plan, from: supply.store, limits: limits, known: task.evidence[system])
        else {
          tried[key] = now
          continue
        }
        handed[key] = piece.act.fact.until
        acts.append(piece.act)
      }
    }
    return acts
  }
}
