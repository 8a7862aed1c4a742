import Values

/// Asks for something to be done so that it does not happen again; of an incident, or of none.
package struct AddAction: Act {
  package var title: String
  package var incident: String?
  /// A handle.
  package var owner: String?
  package var due: Instant?

  package init(_ title: String, incident: String? = nil, owner: String? = nil, due: Instant? = nil) {
    self.title = title
    self.incident = incident
    self.owner = owner
    self.due = due
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    if let incident { _ = try record.incident(incident) }
    try ActionRules.check(title: title, owner: owner, due: due, at: now)
    for key in try record.open(ActionItem.self) {
      guard let same = try record.entity(ActionItem.self, key), same.title == title, same.incident == incident
      else { continue }
      let who = same.added.map { "\($0.by) asked for this at \($0.at.dateClockUTC)" } ?? "This is asked for"
      throw Refusal("\(who); it is \(Inert.terminal(key)).")
    }
    let fact = ActionAdded(
      action: "ACT-\(try record.next("ACT"))", title: title, owner: owner, due: due, state: .open)
    return Decision(append: [Entry(fact, at: now, incident: incident)])
  }
}

/// Gives an action item another owner, time, title or state.
package struct ChangeAction: Act {
  /// A value as it is, another one, or none.
  package enum New<Value: Equatable & Sendable>: Equatable, Sendable {
    case same
    case to(Value?)

    func value(_ old: Value?) -> Value? {
      switch self {
      case .same: old
      case .to(let new): new
      }
    }
  }

  package var action: String
  package var title: String?
  package var owner: New<String>
  package var due: New<Instant>
  package var state: ActionItem.State?
  /// Needed to drop it, and to open again what is over.
  package var reason: String?

  package init(
    _ action: String, title: String? = nil, owner: New<String> = .same, due: New<Instant> = .same,
    state: ActionItem.State? = nil, reason: String? = nil
  ) {
    self.action = action
    self.title = title
    self.owner = owner
    self.due = due
    self.state = state
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let item = try record.action(action)
    let fact = ActionChanged(
      action: action, title: title ?? item.title, owner: owner.value(item.owner), due: due.value(item.due),
      state: state ?? item.state, reason: reason.words,
      was: .init(title: item.title, owner: item.owner, due: item.due, state: item.state))
    let isMoved = fact.state != item.state
    guard isMoved || fact.title != item.title || fact.owner != item.owner || fact.due != item.due else {
      throw same(item)
    }
    if item.state.isOver, !isMoved {
      throw Refusal("\(ActionRules.over(item)) Open it again first.")
    }
    try ActionRules.check(
      title: fact.title, owner: fact.owner, due: fact.due == item.due ? nil : fact.due, at: now)
    if isMoved, reason.words == nil {
      if item.state.isOver { throw Refusal("\(ActionRules.over(item)) Say why that is not so.") }
      if fact.state == .dropped { throw Refusal("Say why nobody has to do it any more.") }
    }
    if item.isFollowUp {
      if fact.title != item.title || fact.due != item.due { throw ActionRules.fixed(item) }
      if isMoved, fact.state.isOver || item.state.isOver {
        return try settle(item, to: fact.state, by: actor, at: now, in: record)
      }
    }
    return Decision(append: [Entry(fact, at: now, incident: item.incident)])
  }

  /// A follow-up is a deadline of its incident: done and dropped are what meets and dismisses that.
  private func settle(
    _ item: ActionItem, to state: ActionItem.State, by actor: Actor, at now: Instant, in record: some Record
  ) throws -> Decision {
    guard !item.state.isOver, let incident = item.incident else {
      throw Refusal("\(ActionRules.over(item)) Add an action item for what is left of it.")
    }
    let clock = ClockName.followUp(item.title).text
    return state == .done
      ? try MeetDeadline(incident: incident, clock: clock).decide(by: actor, at: now, in: record)
      : try DismissDeadline(incident: incident, clock: clock, reason: reason ?? "")
        .decide(by: actor, at: now, in: record)
  }

  private func same(_ item: ActionItem) -> Refusal {
    let isAsked = title != nil || state != nil || owner != .same || due != .same
    guard isAsked else { return Refusal("Say what changes: a title, an owner, a time or a state.") }
    return Refusal(item.state.isOver ? ActionRules.over(item) : "\(Inert.terminal(action)) is so already.")
  }
}

/// What acts on action items have in common.
private enum ActionRules {
  static func check(title: String, owner: String?, due: Instant?, at now: Instant) throws {
    guard title.hasWords else { throw Refusal("An action item needs words.") }
    guard title.utf8.count <= 1_000 else {
      throw Refusal(
        "An action item's title has at most 1000 bytes; write the rest in a section of the retro.")
    }
    if let owner, !Actor.isHandle(owner) {
      throw Refusal("\(Inert.terminal(owner)) is no handle: a-z, 0-9, dots, dashes, at most 32.")
    }
    if let due, due <= now {
      throw Refusal("\(due.dateClockUTC) is past; an action item is due later than now.")
    }
  }

  /// `ACT-3 was done by ops1 at 2026-11-21 03:06:00Z.`
  static func over(_ item: ActionItem) -> String {
    let last = item.changes.last
    return "\(Inert.terminal(item.key)) was \(item.state) by \(last?.by ?? "somebody") at "
      + "\(last?.at.dateClockUTC ?? "some time")."
  }

  static func fixed(_ item: ActionItem) -> Refusal {
    Refusal(
      "\(Inert.terminal(item.title)) is a follow-up of \(item.incident ?? "its incident"): its folder says "
        + "what it is and when it is due. Snooze its deadline, or give it an owner, or say that it is done.")
  }
}

extension Record {
  fileprivate func action(_ key: String) throws -> ActionItem {
    guard let item = try entity(ActionItem.self, key), item.added != nil else {
      throw Refusal(
        "There is no action item \(Inert.terminal(key)); `midwatch retro action list --all` shows them.")
    }
    return item
  }
}
