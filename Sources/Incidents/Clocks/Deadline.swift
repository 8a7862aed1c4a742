import Values

/// Something that an incident asks for by a time. It follows from the incident's events alone; only whether it
/// runs or is overdue is a question of now.
package struct Deadline: Hashable, Sendable {
  /// Tells it from every other, over restarts and takeovers.
  package struct Identity: Hashable, Sendable {
    package let incident: String
    /// ``ClockName/text``.
    package let clock: String
    package let due: Instant
  }

  package enum State: Hashable, Sendable {
    case running, overdue
    case met(by: Instant)
    /// Silent until then; it comes back by itself.
    case snoozed(until: Instant)
    /// Silent for good.
    case dismissed
  }

  package let incident: String
  package let name: ClockName
  package let due: Instant
  /// When its time began to run; nil where the record does not say.
  package let from: Instant?
  /// Of a task; else the words of ``name``.
  package let title: String
  /// The contact of a rung, the owner of a task, the audience of an update.
  package let who: String?
  /// What a rung asks for, in words.
  package let asks: String?
  /// Whether an update that went out named this time.
  package let isPromised: Bool
  /// How long after it passed it is told again, and again after that, while nothing is done; nil: it is told once.
  let every: Span?
  /// When what it asks for was done.
  package let met: Instant?
  /// What was said about it.
  package let mark: ClockMark?

  init(
    of incident: String, _ name: ClockName, due: Instant, from: Instant?, title: String? = nil,
    who: String? = nil, asks: String? = nil, isPromised: Bool = false, every: Span? = nil,
    met: Instant? = nil, mark: ClockMark? = nil
  ) {
    self.incident = incident
    self.name = name
    self.due = due
    self.from = from
    self.title = title ?? name.words
    self.who = who
    self.asks = asks
    self.isPromised = isPromised
    self.every = every
    self.met = met ?? mark?.met
    self.mark = mark
  }

  package var id: Identity { Identity(incident: incident, clock: name.text, due: due) }

  package func state(at now: Instant) -> State {
    if let met { return .met(by: met) }
    if mark?.dismissed != nil { return .dismissed }
    if let until = mark?.snoozedUntil, until > now { return .snoozed(until: until) }
    return due <= now ? .overdue : .running
  }

  /// Whether somebody still has to do something for it, now or later.
  package var isOpen: Bool { met == nil && mark?.dismissed == nil }

  /// Whether it passed, and the record does not say so yet. A snooze silences it; that it passed stays true.
  package func isUnrecorded(at now: Instant) -> Bool {
    isOpen && mark?.isOverdueRecorded != true && due <= now
  }

  /// How often it is told again at most: who has not come by then does not come for one more.
  static let mostRepeats = 12

  /// When the record has to say next that it is overdue, for the first time or again; nil when it has not to any more.
  var nextRecord: Instant? {
    guard isOpen else { return nil }
    return mark?.isOverdueRecorded == true ? nextRepeat : due
  }

  /// The first whole period after it passed that lies behind when it was told last, and not within a snooze: what
  /// passed while nobody was there is not made up for.
  package var nextRepeat: Instant? {
    guard isOpen, let mark, let told = mark.told, let every, every > .zero, mark.repeats < Self.mostRepeats
    else { return nil }
    let length = every.milliseconds
    var count = max(0, (told - due).milliseconds).floorDivided(by: length).addingSaturating(1)
    if let until = mark.snoozedUntil, until > due + every * count {
      count = -(-(until - due).milliseconds).floorDivided(by: length)
    }
    return due + every * count
  }

  /// The earliest first; of the same time in a fixed order.
  package static func comesFirst(_ a: Self, _ b: Self) -> Bool {
    (a.due, a.incident, a.name.text) < (b.due, b.incident, b.name.text)
  }
}

/// What the record says of one deadline.
package struct ClockMark: Codable, Hashable, Sendable {
  package let clock: String
  package internal(set) var due: Instant
  package internal(set) var isOverdueRecorded = false
  /// When that was written last.
  package internal(set) var told: Instant?
  /// How often after the first time.
  package internal(set) var repeats = 0
  package internal(set) var met: Instant?
  package internal(set) var snoozedUntil: Instant?
  package internal(set) var dismissed: Instant?
  /// Who snoozed or dismissed it last: a handle.
  package internal(set) var by: String?
  package internal(set) var reason: String?
}
