import Incidents
import Values

/// What a ticket takes over from one that is merged into it, and gives back.
extension Ticket {
  /// That the other one was merged into this, and what that changes here.
  func taking(from other: Ticket, at now: Instant, in record: some Record) throws -> [Entry] {
    var taken = TicketMerged.Taken()
    var changed = TicketChanged()
    changed.reason = "with \(other.key)"
    let waits = other.state.isOpen && !other.isCustomersTurn && other.state != .pendingUser
    if waits, state == .pendingUser {
      taken.state = state
      changed.state = .pendingSupport
    }
    if other.severity.rank < severity.rank, other.state.isOpen {
      taken.severity = severity
      changed.severity = other.severity
    }
    let tags = other.tags.filter { !self.tags.contains($0) }
    if !tags.isEmpty {
      taken.tags = tags
      changed.tags = self.tags + tags
    }
    if assignee == nil, let theirs = other.assignee {
      taken.assignee = theirs
      changed.assignee = theirs
    }
    // One that was answered is no reason to have answered this one late.
    if let theirs = other.history, let own = history, other.state.isOpen, theirs.started < own.started,
      other.answered == nil || answered != nil
    {
      taken.counts = .init(started: theirs.started, pauses: theirs.pauses.filter { $0.from < own.started })
    }
    let new = try other.incidents.filter { !incidents.contains($0) }.compactMap {
      try record.entity(Incident.self, $0)
    }
    if !new.isEmpty { taken.incidents = new.map(\.key) }
    var fact = TicketMerged(to: other.key, incoming: true, subject: other.subject)
    if taken != TicketMerged.Taken() { fact.taken = taken }
    var entries = [Entry(fact, at: now, ticket: key)]
    if !changed.fieldNames.isEmpty { entries.append(Entry(changed, at: now, ticket: key)) }
    for incident in new { entries += linking(to: incident, at: now) }
    return entries
  }

  /// That the other one is its own again, and what goes back with it: what somebody changed since stays.
  func givingBack(to other: String, because reason: String, at now: Instant) -> [Entry] {
    var entries = [Entry(TicketUnmerged(to: other, incoming: true, reason: reason), at: now, ticket: key)]
    guard let taken = taken[other] else { return entries }
    var changed = TicketChanged()
    changed.reason = "without \(other)"
    if let before = taken.from.state, state == .pendingSupport, stateSince == taken.at {
      changed.state = before
    }
    if let before = taken.from.severity, history?.severities.last?.at == taken.at {
      changed.severity = before
    }
    if let tags = taken.from.tags, tags.contains(where: self.tags.contains) {
      changed.tags = self.tags.filter { !tags.contains($0) }
    }
    if let theirs = taken.from.assignee, assignee == theirs { changed.assignee = "" }
    if !changed.fieldNames.isEmpty { entries.append(Entry(changed, at: now, ticket: key)) }
    for incident in taken.from.incidents ?? [] where incidents.contains(incident) {
      entries.append(
        Entry(TicketUnlinked(to: incident, reason: reason), at: now, incident: incident, ticket: key))
      if holds.contains(incident) {
        entries.append(Entry(TicketResumed(why: incident, reason: reason), at: now, ticket: key))
      }
    }
    return entries
  }

  /// Its clocks stand still again for incidents that are open, where it was over and goes on as `next`.
  func holding(as next: TicketState, at now: Instant, in record: some Record) throws -> [Entry] {
    guard !state.isOpen, next.isOpen, pausesForIncidents else { return [] }
    return try incidents.filter { !holds.contains($0) }.compactMap { key in
      guard let incident = try record.entity(Incident.self, key), incident.isOpen else { return nil }
      return Entry(TicketPaused(why: key, reason: incident.title), at: now, ticket: self.key)
    }
  }
}
