import Values

/// Says that an incident has to do with another, is a duplicate of it, or has an address.
package struct LinkIncident: Act {
  /// What an incident can be linked to.
  package enum Target: Equatable, Sendable {
    case related(String)
    /// The incident of this act is the duplicate of that one.
    case duplicate(of: String)
    case address(String, title: String?)
  }

  package var incident: String
  package var target: Target

  package init(incident: String, to target: Target) {
    self.incident = incident
    self.target = target
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.incident(incident)
    switch target {
    case .address(let url, let title):
      guard Self.isAddress(url) else {
        throw Refusal("\(Inert.terminal(url)) is no address; write one that begins with https:// or http://.")
      }
      try LinkRules.refuseTwice(url, in: state)
      let fact = IncidentLinked(to: url, as: .url, incoming: nil, title: title.words)
      return Decision(append: [Entry(fact, at: now, incident: incident)])
    case .related(let other): return try link(state, to: other, as: .related, at: now, in: record)
    case .duplicate(let other): return try link(state, to: other, as: .duplicate, at: now, in: record)
    }
  }

  private func link(
    _ state: Incident, to key: String, as kind: LinkKind, at now: Instant, in record: some Record
  ) throws -> Decision {
    let other = try record.incident(key)
    guard other.key != state.key else { throw Refusal("\(key) cannot be linked to itself.") }
    try LinkRules.refuseTwice(key, in: state)
    return Decision(append: LinkRules.both(state, other, as: kind, at: now))
  }

  /// One line of printable ASCII, with a scheme that a browser opens.
  private static func isAddress(_ url: String) -> Bool {
    (url.hasPrefix("https://") || url.hasPrefix("http://")) && url.utf8.count <= 2048
      && url.utf8.allSatisfy { $0 > 32 && $0 < 127 } && url.split(separator: "/").count > 1
  }
}

/// Merges an incident into another: nothing moves, both say so, and the one that goes is closed; its clocks
/// and tasks end, what its readers were promised is due there, its notes are shown with the other's, and its systems are watched there.
package struct MergeIncident: Act {
  package var incident: String
  package var into: String

  package init(_ incident: String, into: String) {
    self.incident = incident
    self.into = into
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.openIncident(incident)
    guard incident != into else { throw Refusal("\(incident) cannot be merged into itself.") }
    let other = try record.openIncident(into)
    var entries = LinkRules.both(state, other, as: .merged, at: now)
    let more = state.systems.filter { !other.systems.contains($0) }
    if !more.isEmpty {
      let fact = IncidentDescribed(
        title: nil, impact: nil, affected: nil, systems: other.systems + more, started: nil, clocks: nil,
        escalation: nil)
      entries.append(Entry(fact, at: now, incident: into))
    }
    return Decision(append: entries)
  }
}

/// Takes a link back; a merged incident is open again, and its clocks, which never stood still, count on.
package struct UnlinkIncident: Act {
  package var incident: String
  /// An incident, or an address.
  package var from: String
  package var reason: String?

  package init(incident: String, from: String, reason: String? = nil) {
    self.incident = incident
    self.from = from
    self.reason = reason
  }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let state = try record.incident(incident)
    guard let link = state.links.last(where: { $0.to == from }) else {
      let all = state.links.map(\.to).joined(separator: ", ")
      throw Refusal(
        "\(incident) is not linked to \(Inert.terminal(from)); "
          + (all.isEmpty ? "it is linked to nothing." : "it is linked to \(all)."))
    }
    func entry(_ on: String, _ to: String, incoming: Bool) -> Entry {
      let fact = IncidentUnlinked(
        to: to, as: link.kind, incoming: incoming ? true : nil, reason: reason.words)
      return Entry(fact, at: now, incident: on)
    }
    var entries = [entry(incident, from, incoming: link.incoming)]
    if link.kind != .url {
      entries.append(entry(from, incident, incoming: link.kind != .related && !link.incoming))
    }
    return Decision(append: entries)
  }
}

private enum LinkRules {
  static func refuseTwice(_ to: String, in state: Incident) throws {
    guard let link = state.links.first(where: { $0.to == to }) else { return }
    throw Refusal("\(link.by) linked \(state.key) to \(to) at \(link.at.minuteUTC).")
  }

  /// One event on each, so that both timelines say so.
  static func both(_ one: Incident, _ other: Incident, as kind: LinkKind, at now: Instant) -> [Entry] {
    let promised =
      kind == .merged ? one.promises.map { IncidentLinked.Promised(audience: $0.who, next: $0.due) } : []
    return [
      Entry(
        IncidentLinked(to: other.key, as: kind, incoming: nil, title: other.title), at: now, incident: one.key
      ),
      Entry(
        IncidentLinked(
          to: one.key, as: kind, incoming: kind == .related ? nil : true, title: one.title,
          promises: promised.isEmpty ? nil : promised),
        at: now, incident: other.key),
    ]
  }
}
