import Incidents
import Values

/// Takes in what another house says of one ticket: a new one with its conversation, or what is new of one that is
/// here. Taking in the same again changes nothing. What a person changed here and that house does not know yet is
/// never overwritten: then the field is a conflict, which somebody decides.
package struct TakeTicket: Act {
  package var incoming: IncomingTicket
  /// The name of the adapter or import.
  package var source: String
  /// SHA-256 in hexadecimal of what was read.
  package var digest: String
  /// Of the ticket, unless the other house names one.
  package var system: String?
  package var plan: ClockPlan
  package var hand: DeskHand
  /// When reading began; what went there since is not compared with it. Nil is now.
  package var readAt: Instant?
  /// Something of it is under way, so nobody knows yet what that house will say: its fields wait for the next time.
  package var isUnderway = false

  package init(
    _ incoming: IncomingTicket, from source: String, digest: String, system: String?, plan: ClockPlan,
    hand: DeskHand
  ) {
    self.incoming = incoming
    self.source = source
    self.digest = digest
    self.system = system
    self.plan = plan
    self.hand = hand
  }

  package var external: TicketOpened.External { TicketOpened.External(source: source, id: incoming.id) }

  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let scene = TicketScene(record, actor: actor, now: now)
    if let key = try record.keys(external.query()).first {
      try update(try record.ticket(key), in: scene)
    } else {
      try open(in: scene)
    }
    return Decision(append: scene.entries)
  }

  // MARK: New

  private func open(in scene: TicketScene<some Record>) throws {
    let (request, rest) = incoming.numbered
    var opening = OpenTicket(
      subject: incoming.subject, text: incoming.text, requester: incoming.requester, plan: plan, hand: hand)
    opening.system = incoming.system ?? system
    opening.tenant = incoming.tenant
    opening.priority = incoming.priority ?? .normal
    opening.severity = incoming.severity ?? .s3
    opening.tags = incoming.tags ?? []
    opening.assignee = incoming.assignee.flatMap { $0.isEmpty ? nil : $0 }
    opening.external = external
    opening.asked = incoming.opened.map { min($0, scene.now) }
    guard let key = try scene.perform(opening) else { return }
    for numbered in rest { try take(numbered.comment, id: numbered.id, on: key, in: scene) }
    // Whatever the conversation made of it, it stands where that house says.
    if let state = incoming.state, scene.ticket?.state != state {
      let last = rest.compactMap(\.comment.at).max()
      let moment = incoming.changed ?? last ?? incoming.opened ?? scene.now
      try set([(.state, state.rawValue)], on: key, at: min(moment, scene.now), in: scene)
    }
    try agree(on: key, request: request, conflicts: [:], named: [:], in: scene)
  }

  // MARK: Known

  private func update(_ ticket: Ticket, in scene: TicketScene<some Record>) throws {
    guard ticket.remoteDigest != digest else { return }
    let (request, rest) = incoming.numbered
    // What belongs to a ticket that was merged is written where the work goes on.
    let way = try ticket.merges { try scene.record.entity(Ticket.self, $0) }
    let place = way.last ?? ticket
    // What was written here and has no name there yet is known by its event: an export says so.
    var known = ticket.commentIDs.union(ticket.owed.map(\.id))
    for other in way { known.formUnion(other.commentIDs.filter { !$0.hasPrefix(IncomingTicket.nameless) }) }
    let goesByPlace = !known.contains { $0.hasPrefix(IncomingTicket.nameless) }
    scene.look(at: place)
    var named: [String: String] = [:]
    var owed = ticket.owed.filter(\.isComment)
    for numbered in rest where !known.contains(numbered.id) {
      let (id, comment) = (numbered.id, numbered.comment)
      if goesByPlace, let old = numbered.place, known.contains(old) {
        named[id] = ""
        continue
      }
      let mark = comment.text.commentMark
      let own = owed.firstIndex { debt in
        comment.customer == nil && debt.mark == mark && debt.isPublic == comment.isPublic
      }
      // What we told that house ourselves comes back.
      if let own {
        named[id] = owed.remove(at: own).id
      } else {
        // Two tickets that became one may have the same words of the same person.
        let isElsewhere = place.key != ticket.key && numbered.place != nil
        try take(comment, id: isElsewhere ? "\(ticket.key)\(id)" : id, on: place.key, in: scene)
        if place.key != ticket.key { named[id] = "" }
      }
    }
    let isLate = (ticket.sentAt.map { $0 >= (readAt ?? scene.now) } ?? false) || isUnderway
    guard ticket.mergedInto == nil else {
      return try agree(on: ticket.key, request: request, conflicts: [:], named: named, in: scene)
    }
    if isLate {
      guard !named.isEmpty else { return }
      return try agree(
        on: ticket.key, request: [], conflicts: ticket.conflicts, named: named, isLate: true, in: scene)
    }
    // As the conversation leaves it: a customer's reply is newer than what was set before it.
    let current = scene.ticket ?? ticket
    var conflicts: [String: String] = [:]
    var wanted: [(TicketField, String)] = []
    for field in TicketField.allCases {
      guard let theirs = incoming[field], theirs != current[field],
        theirs != current.agreed[field.rawValue], !current.owes(field, theirs)
      else { continue }
      if current.owes(field) {
        conflicts[field.rawValue] = theirs
      } else {
        wanted.append((field, theirs))
      }
    }
    try set(wanted, on: ticket.key, at: scene.now, in: scene)
    try agree(on: ticket.key, request: request, conflicts: conflicts, named: named, in: scene)
  }

  // MARK: Both

  private func take(
    _ comment: IncomingTicket.Comment, id: String, on key: String, in scene: TicketScene<some Record>
  ) throws {
    guard comment.text.hasWords else { return }
    var act = CommentTicket(key, text: comment.text, isPublic: comment.isPublic, hand: hand)
    act.external = id
    act.author = comment.author
    if let customer = comment.customer { act.writer = .customer(customer) }
    act.written = comment.at.map { min($0, scene.now) }
    // That house wrote to the customer on a ticket that is closed here, or whose state was set here and did not go
    // out: it happened all the same, and moves nothing.
    act.keepsState =
      comment.customer == nil
      && (scene.ticket?.state == .closed || scene.ticket?.owes(.state) ?? false)
    try scene.perform(act)
  }

  private func set(
    _ fields: [(TicketField, String)], on key: String, at moment: Instant, in scene: TicketScene<some Record>
  ) throws {
    guard !fields.isEmpty else { return }
    var changed = TicketChanged()
    for (field, text) in fields where !changed.set(field, text) {
      throw Refusal(
        "\(Inert.terminal(source)) says \"\(Inert.terminal(String(text.prefix(80))))\" as the "
          + "\(field.rawValue) of \(key), and that is none.")
    }
    changed.reason = "as \(source) has it"
    try scene.append(changed, on: key, at: moment, zones: hand.zones)
  }

  private func agree(
    on key: String, request: [String], conflicts: [String: String], named: [String: String],
    isLate: Bool = false, in scene: TicketScene<some Record>
  ) throws {
    var fields: [String: String] = [:]
    for field in TicketField.allCases where !isLate && conflicts[field.rawValue] == nil {
      fields[field.rawValue] = incoming[field]
    }
    let comments = named.merging(request.map { ($0, "") }) { one, _ in one }
    let fact = TicketSynced(
      source: source, external: incoming.id, remoteDigest: isLate ? "" : digest,
      conflicts: conflicts.isEmpty ? nil : conflicts, fields: fields.isEmpty ? nil : fields,
      comments: comments.isEmpty ? nil : comments)
    scene.note(Entry(fact, at: scene.now, ticket: key))
  }
}

extension Ticket {
  /// Whether a person changed it and nobody told the other house.
  func owes(_ field: TicketField) -> Bool { owed.contains { $0.what == field.rawValue } }

  /// Whether that is what a person made of it: then it has arrived.
  func owes(_ field: TicketField, _ value: String) -> Bool {
    owed.contains { $0.what == field.rawValue && $0.value == value }
  }
}
