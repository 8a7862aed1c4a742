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
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The promise, or none; default what it was written with, else what the text names.", valueName: "time"))
  var next: String?
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
    /// Why nothing goes out yet, for each system of which that holds.
    let obstacles: [String]
  }

  func run() throws {
    let now = Clock.now()
    let promised = try next.flatMap { try $0 == "none" ? nil : UpdateOptions.promise($0, at: now) }
    try Standard.telling {
      let journal = try options.state.open()
      let state = try UpdateOptions.draft(draft, in: journal)
      let desk = try UpdateDesk(state, in: journal, playbooks: options.playbooks, at: now)
      let hands = byHand.map { SendOptions.names($0) } ?? []
      let routes = try chosen(state, desk, hands)
      let deliveries = routes.map(\.delivery)
      let isNone = next == "none"
      let promise = isNone ? nil : promised ?? desk.promise(of: state)
      let parcels = try desk.parcels(of: state, by: routes, promise: promise)
      let obstacles = desk.obstacles(of: routes)
      for obstacle in obstacles { Standard.plainError(obstacle) }
      try ask(state, parcels, routes, hands, promise, at: now)
      let head = try journal.head()
      var check = desk.check(with: desk.template(state.template), to: deliveries, of: state.text)
      check.promisesNone = isNone
      let mark = MarkSent(
        state.key, revision: state.revision, destinations: hands, nextUpdate: promise,
        head: "\(head.count)·\(head.hash.prefix(8))",
        check: check, despite: despite,
        approvals: Array(Set((deliveries + desk.deliveries(byHand: hands)).compactMap(\.approval))).sorted())
      let actor = try options.state.actor()
      let events =
        parcels.isEmpty
        ? try journal.perform(mark, by: actor, at: now)
        : try journal.perform(SendUpdate(mark, parcels: parcels), by: actor, at: now)
      try tell(events, obstacles, at: now)
    }
  }

  private func chosen(_ state: Draft, _ desk: UpdateDesk, _ hands: [String]) throws -> [UpdateDesk.Route] {
    let names = to.map { SendOptions.names($0) }
    let routes = names == nil && !hands.isEmpty ? [] : try desk.routes(of: state, to: names)
    let missing = desk.unreached(state, by: routes)
    guard routes.isEmpty || missing.isEmpty || !hands.isEmpty else {
      throw Refusal(
        "\(state.key) has no destination for \(missing.map(Inert.terminal).joined(separator: ", ")); its template's "
          + "channels have to be deliveries there, or name some with --to, or say where it was put with --by-hand."
      )
    }
    guard !routes.isEmpty || !hands.isEmpty else {
      let all = desk.folder?.deliveries.filter { !$0.isOff }.map(\.name) ?? []
      throw Refusal(
        all.isEmpty
          ? "\(state.key) has no destination; copy it, and say where it was put with --by-hand."
          : "\(state.key) has no destination; name some with --to (\(all.joined(separator: ", "))), or say where it was "
            + "put with --by-hand.")
    }
    return routes
  }

  private func ask(
    _ state: Draft, _ parcels: [Parcel], _ routes: [UpdateDesk.Route], _ hands: [String], _ promise: Instant?,
    at now: Instant
  ) throws {
    let places =
      routes.map { "\($0.system)/\($0.delivery.name) (\($0.delivery.destination.shown))" }
      + hands.map { "\($0), by hand" }
    if !yes {
      for report in try ParcelReport.all(parcels, of: state, routes) { Standard.plainError(report.whole) }
      if parcels.isEmpty {
        Standard.plainError(
          "Subject: \(Inert.terminal(state.subject))\n\n\(Inert.terminalKeepingLines(state.text))\n")
      }
      Standard.plainError(
        promise.map { "It promises the next update by \($0.minuteUTC(at: now))." }
          ?? "It promises no next update.")
    }
    let verb = parcels.isEmpty ? "mark as sent" : "send"
    try Question.confirm(
      "\(verb) \(state.key) to \(Inert.terminal(places.joined(separator: ", ")))", isSaid: yes)
  }

  private func tell(_ events: [Event], _ obstacles: [String], at now: Instant) throws {
    guard let fact = events.compactMap({ $0.fact(UpdateSent.self) }).first else { return }
    let queued = events.compactMap { $0.fact(DeliveryQueued.self)?.delivery }
    if options.format == .json {
      return try Standard.json(
        Document(
          draft: fact.draft, destinations: fact.destinations, how: fact.how, nextUpdate: fact.nextUpdate,
          head: fact.head, deliveries: queued, obstacles: obstacles))
    }
    let promise = fact.nextUpdate.map { "; the next by \($0.minuteUTC(at: now))" } ?? ""
    guard !queued.isEmpty else {
      let places = fact.destinations.map { Inert.terminal($0) }.joined(separator: ", ")
      return Standard.out("\(fact.draft) is marked as sent to \(places)\(promise)")
    }
    Standard.out("\(fact.draft) is queued\(promise)")
    for delivery in queued { Standard.out("  " + Inert.terminal(delivery)) }
  }
}
