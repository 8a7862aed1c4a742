import Values

/// Something that is to be done so that it does not happen again: what somebody asked for, or what a folder makes due
/// when an incident is resolved.
package struct ActionItem: Fold {
  package static let name = "action"
  package static let version = 2

  package enum State: String, Codable, CaseIterable, Sendable {
    case open, doing, done, dropped

    package var isOver: Bool { self == .done || self == .dropped }
  }

  /// One thing that was said of it, the first that it was added.
  package struct Change: Codable, Equatable, Sendable {
    package let at: Instant
    package let by: String
    package let title: String
    package let state: State
    package let owner: String?
    package let due: Instant?
    package let reason: String?
  }

  /// `ACT-3`; of a follow-up ``followUp(_:of:)``.
  package let key: String
  /// Of no incident: nil.
  package private(set) var incident: String?
  package private(set) var title = ""
  package private(set) var owner: String?
  package private(set) var due: Instant?
  package private(set) var state = State.open
  /// Oldest first.
  package private(set) var changes: [Change] = []
  /// Of a follow-up: when it is due, several times where several folders ask for it. It is a deadline of its
  /// incident, too.
  private var dues: [Instant] = []

  package init(key: String) {
    self.key = key
  }

  package var isOpen: Bool { !changes.isEmpty && !state.isOver }
  /// Whether a folder made it due; then ``due`` is a deadline of its incident, and meeting one does the other.
  package var isFollowUp: Bool { key.contains("/") }
  package var added: Change? { changes.first }
  /// Why it stands where it stands.
  package var reason: String? { changes.last?.reason }
  /// When it was done or dropped.
  package var closed: Instant? { state.isOver ? changes.last?.at : nil }

  package func isOverdue(at now: Instant) -> Bool { isOpen && due.map { $0 < now } ?? false }

  /// The key of what is due after an incident: `INC-1/follow_up:Postmortem`.
  package static func followUp(_ title: String, of incident: String) -> String {
    "\(incident)/\(ClockName.followUp(title).text)"
  }

  package static func keys(of event: Event) -> [String] {
    switch event.kind {
    case ActionAdded.kind: event.fact(ActionAdded.self).map { [$0.action] } ?? []
    case ActionChanged.kind: event.fact(ActionChanged.self).map { [$0.action] } ?? []
    case IncidentStatusChanged.kind: followUpKeys(of: event)
    case ClockMet.kind: event.fact(ClockMet.self).flatMap { clockKey($0.clock, of: event) } ?? []
    case ClockDismissed.kind: event.fact(ClockDismissed.self).flatMap { clockKey($0.clock, of: event) } ?? []
    default: []
    }
  }

  private static func followUpKeys(of event: Event) -> [String] {
    guard let fact = event.fact(IncidentStatusChanged.self), let incident = event.incident else { return [] }
    let titles = ((fact.followUps ?? []) + (fact.withdrawn ?? [])).map(\.title)
    return Set(titles).sorted().map { followUp($0, of: incident) }
  }

  private static func clockKey(_ clock: String, of event: Event) -> [String]? {
    guard case .followUp(let title) = ClockName(clock) else { return nil }
    return event.incident.map { [followUp(title, of: $0)] }
  }

  package mutating func apply(_ event: Event) {
    if let fact = event.fact(ActionAdded.self) {
      incident = event.incident
      (title, owner, due, state) = (fact.title, fact.owner, fact.due, fact.state)
      note(event, nil)
    } else if let fact = event.fact(ActionChanged.self) {
      // One whose first event was erased is known from here on.
      incident = event.incident
      (title, owner, due, state) = (fact.title, fact.owner, fact.due, fact.state)
      note(event, fact.reason)
    } else if let fact = event.fact(IncidentStatusChanged.self) {
      applyStatus(fact, event)
    } else if let fact = event.fact(ClockMet.self) {
      settle(fact.due, .done, nil, event)
    } else if let fact = event.fact(ClockDismissed.self) {
      settle(fact.due, .dropped, fact.reason, event)
    }
  }

  private mutating func applyStatus(_ fact: IncidentStatusChanged, _ event: Event) {
    guard let incident = event.incident else { return }
    self.incident = incident
    let asked = (fact.followUps ?? []).filter { Self.followUp($0.title, of: incident) == key }
    if let first = asked.first {
      dues = asked.map(\.due).sorted()
      (title, due, state) = (first.title, dues.first, .open)
      note(event, nil)
    } else if isOpen, fact.to != .resolved {
      (state, dues) = (.dropped, [])
      note(event, "\(incident) was reopened")
    }
  }

  /// One time at which it was due is over; with the last one it is.
  private mutating func settle(_ settled: Instant?, _ to: State, _ reason: String?, _ event: Event) {
    guard isOpen else { return }
    dues.removeAll { settled == nil || $0 == settled }
    due = dues.first ?? due
    if dues.isEmpty { state = to }
    note(event, reason)
  }

  private mutating func note(_ event: Event, _ reason: String?) {
    changes.append(
      Change(
        at: event.occurred, by: event.actor.handle, title: title, state: state, owner: owner, due: due,
        reason: reason))
  }
}

extension ActionItem {
  /// The order of lists: what is overdue, then what is due, then what has no time, then what is over; the earliest
  /// first, of what is over the latest.
  package static func comesFirst(_ left: Self, _ right: Self) -> Bool {
    if left.isOpen != right.isOpen { return left.isOpen }
    let (a, b) = left.isOpen ? (left.due, right.due) : (right.closed, left.closed)
    switch (a, b) {
    case (let a?, let b?) where a != b: return a < b
    case (.some, nil): return true
    case (nil, .some): return false
    default: return left.key.comesBefore(right.key)
    }
  }
}

extension String {
  /// Numbers at the end by their value: `ACT-9` before `ACT-10`.
  fileprivate func comesBefore(_ other: String) -> Bool {
    func parts(_ text: String) -> (Substring, Int) {
      let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }.count
      return (text.dropLast(digits), Int(text.suffix(digits)) ?? 0)
    }
    let (left, right) = (parts(self), parts(other))
    return left == right ? self < other : left < right
  }
}
