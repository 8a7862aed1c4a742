import Incidents
import Playbooks
import Values

/// What events say, each read once: lines, what is said of lines, and alerts.
struct TimelineReading: Sendable {
  enum AlertTurn: Sendable {
    case fired(AlertFired)
    case ended(AlertResolved)
  }

  /// In the order of their events, as nothing later changed them.
  private(set) var lines: [TimelineLine] = []
  /// Pins, amendments and retractions.
  private(set) var marks: [Event] = []
  /// In the order of their events.
  private(set) var alerts: [(turn: AlertTurn, at: Instant)] = []

  /// O(n), on all processors where there are many.
  init(_ events: [Event]) {
    var commands: [String: CommandStarted] = [:]
    // By their places: a copy of each event costs more than all else here.
    for place in events.indices where events[place].kind == CommandStarted.kind {
      if let started = events[place].fact(CommandStarted.self) { commands[started.id] = started }
    }
    let pieces = events.inParallel { [commands] in TimelineReading($0, commands) }
    guard pieces.count > 1 else {
      self = pieces.first ?? TimelineReading([], commands)
      return
    }
    lines.reserveCapacity(events.count)
    for piece in pieces {
      lines += piece.lines
      marks += piece.marks
      alerts += piece.alerts
    }
  }

  private init(_ events: ArraySlice<Event>, _ commands: [String: CommandStarted]) {
    var readers = WordingReaders()
    lines.reserveCapacity(events.count)
    for event in events {
      if event.kind == EventPinned.kind || event.kind == EventAmended.kind {
        marks.append(event)
        continue
      }
      if event.kind == EventRetracted.kind { marks.append(event) }
      if let turn = AlertTurn(event) {
        lines.append(TimelineLine(event, Timeline.wording(of: turn)))
        alerts.append((turn, event.occurred))
      } else if let wording = readers.wording(of: event, started: commands) {
        lines.append(TimelineLine(event, wording))
      }
    }
  }
}

extension TimelineReading.AlertTurn {
  /// Nil for what tells of no alert.
  init?(_ event: Event) {
    if let fact = event.fact(AlertFired.self) {
      self = .fired(fact)
    } else if let fact = event.fact(AlertResolved.self) {
      self = .ended(fact)
    } else {
      return nil
    }
  }
}
