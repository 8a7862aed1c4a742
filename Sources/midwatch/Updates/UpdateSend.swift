import ArgumentParser
import Comms
import Host
import Incidents
import Journal
import Systems
import Values

struct UpdateSend: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "Queue a draft for its destinations, or say that it was taken there by hand.",
    discussion: """
      Shows each destination and exactly what goes there, and asks. What is queued is sent by the engine (`midwatch \
      agent`, or a console); `midwatch update deliveries` shows how each ended. The next update that the text names is \
      counted down from now on.
      """)

  @OptionGroup var options: UpdateOptions
  @Option(
    help: ArgumentHelp("Names of deliveries, with commas; default those of its template.", valueName: "names")
  )
  var to: String?
  @Option(help: ArgumentHelp("Where it was put by hand, with commas.", valueName: "where")) var byHand:
    String?
  @Option(help: ArgumentHelp("The promise; default what the text names.", valueName: "time")) var next:
    String?
  @Option(help: ArgumentHelp("Why it goes out although the check finds errors.", valueName: "why"))
  var despite: String?
  @Flag(help: "It is meant; do not ask.") var yes = false
  @Argument(help: "D-1.") var draft: String

  private struct Document: Encodable {
    var schema = "midwatch.update_sent/1"
    let draft: String
    let destinations: [String]
    let how: UpdateSent.Means
    let nextUpdate: Instant?
    let head: String
    let deliveries: [String]
  }

  func run() throws {
    let now = Clock.now()
    let promised = try next.flatMap { try $0 == "none" ? nil : UpdateOptions.promise($0, at: now) }
    try Standard.telling {
      let journal = try options.state.open()
      let state = try UpdateOptions.draft(draft, in: journal)
      let desk = try UpdateDesk(state, in: journal, playbooks: options.playbooks, at: now)
      let hands = byHand.map { SendOptions.names($0) } ?? []
      let deliveries = try chosen(state, desk, hands)
      let promise = promised ?? desk.promise(of: state)
      let parcels = try desk.parcels(of: state, to: deliveries, promise: promise)
      try ask(state, parcels, deliveries, hands, promise)
      let head = try journal.head()
      let mark = MarkSent(
        state.key, revision: state.revision, destinations: hands, nextUpdate: promise,
        head: "\(head.count)·\(head.hash.prefix(8))",
        check: desk.check(with: desk.template(state.template), to: deliveries), despite: despite,
        approvals: Array(Set(deliveries.compactMap(\.approval))).sorted())
      let actor = try options.state.actor()
      let events =
        parcels.isEmpty
        ? try journal.perform(mark, by: actor, at: now)
        : try journal.perform(SendUpdate(mark, parcels: parcels), by: actor, at: now)
      try tell(events)
    }
  }

  private func chosen(_ state: Draft, _ desk: UpdateDesk, _ hands: [String]) throws -> [Delivery] {
    let deliveries =
      try to.map { try desk.deliveries(SendOptions.names($0)) } ?? (hands.isEmpty ? desk.usual(state) : [])
    guard !deliveries.isEmpty || !hands.isEmpty else {
      let all = desk.folder?.deliveries.filter { !$0.isOff }.map(\.name) ?? []
      throw Refusal(
        all.isEmpty
          ? "\(state.key) has no destination; copy it, and say where it was put with --by-hand."
          : "\(state.key) has no destination; name some with --to (\(all.joined(separator: ", "))), or say where it was "
            + "put with --by-hand.")
    }
    return deliveries
  }

  private func ask(
    _ state: Draft, _ parcels: [Parcel], _ deliveries: [Delivery], _ hands: [String], _ promise: Instant?
  ) throws {
    let places = deliveries.map { "\($0.name) (\($0.destination.shown))" } + hands.map { "\($0), by hand" }
    if !yes {
      for report in try ParcelReport.all(parcels, of: state, deliveries) { Standard.plainError(report.whole) }
      if parcels.isEmpty {
        Standard.plainError(
          "Subject: \(Inert.terminal(state.subject))\n\n\(Inert.terminalKeepingLines(state.text))\n")
      }
      Standard.plainError(
        promise.map { "It promises the next update by \($0.minuteUTC)." } ?? "It promises no next update.")
    }
    let verb = parcels.isEmpty ? "mark as sent" : "send"
    try Question.confirm(
      "\(verb) \(state.key) to \(Inert.terminal(places.joined(separator: ", ")))", isSaid: yes)
  }

  private func tell(_ events: [Event]) throws {
    guard let fact = events.compactMap({ $0.fact(UpdateSent.self) }).first else { return }
    let queued = events.compactMap { $0.fact(DeliveryQueued.self)?.delivery }
    if options.format == .json {
      return try Standard.json(
        Document(
          draft: fact.draft, destinations: fact.destinations, how: fact.how, nextUpdate: fact.nextUpdate,
          head: fact.head, deliveries: queued))
    }
    let promise = fact.nextUpdate.map { "; the next by \($0.minuteUTC)" } ?? ""
    guard !queued.isEmpty else {
      let places = fact.destinations.map { Inert.terminal($0) }.joined(separator: ", ")
      return Standard.out("\(fact.draft) is marked as sent to \(places)\(promise)")
    }
    Standard.out("\(fact.draft) is queued\(promise)")
    for delivery in queued { Standard.out("  " + Inert.terminal(delivery)) }
  }
}
