import Desk
import Incidents
import Journal
import Systems
import Values

/// Takes the tickets of a file in, a few at a time: it holds no more than these.
package struct TicketIntake {
  package struct Report: Sendable {
    package var read = 0
    /// Of these it is known what became of them.
    package var finished: Int { opened + changed + same + own + refused.count }
    package var opened = 0
    package var changed = 0
    package var same = 0
    /// Of the journal's own, which stay as they are.
    package var own = 0
    package var conflicts = 0
    /// What was not taken in, as sentences.
    package var refused: [String] = []
    /// What would be done, a line each, the first thousand.
    package var lines: [String] = []
  }

  package private(set) var report = Report()
  private let journal: Journal
  private let actor: Actor
  private let folder: SystemFolder?
  private let find: (String) -> SystemFolder?
  private let source: String?
  private let house: String
  private let now: Instant
  /// By system; that of tickets without one under an empty name.
  private var plans: [String: ClockPlan] = [:]
  private var hand: DeskHand
  private var waiting: [(item: TicketFile.Item, act: TakeTicket)] = []

  private static let together = 64
  private static let mostLines = 1000

  /// - Parameters:
  ///   - folder: whose tickets they are that name no system.
  ///   - find: the folder of a system that a ticket names; nil where there is none.
  ///   - source: names the other house where the file does not.
  package init(
    _ journal: Journal, actor: Actor, folder: SystemFolder?,
    finding find: @escaping (String) -> SystemFolder? = { _ in nil }, source: String?, at now: Instant
  ) throws {
    self.journal = journal
    self.actor = actor
    self.folder = folder
    self.find = find
    self.source = source
    self.now = now
    house = TicketPaper.house(try journal.head().origin)
    hand = DeskHand(isSure: true)
    for (name, folder) in [("", folder), (folder?.name ?? "", folder)] {
      know(folder?.ticketPlan ?? ClockPlan(), as: name)
    }
  }

  private mutating func know(_ plan: ClockPlan, as system: String) {
    plans[system] = plan
    hand.zones.merge(TicketZones.of(plan)) { one, _ in one }
  }

  /// By what plan a ticket's clocks count; nil where nobody knows, for it names a system that is not here.
  private mutating func plan(of item: TicketFile.Item) -> ClockPlan? {
    let system = item.ticket.system.words ?? ""
    if let known = plans[system] { return known }
    guard let folder = find(system), folder.name == system else { return nil }
    know(folder.ticketPlan, as: system)
    return folder.ticketPlan
  }

  /// What is wrong with a ticket that can be read; nil where nothing is.
  ///
  /// - Parameter file: as mistakes name it.
  package mutating func problem(with item: TicketFile.Item, in file: String) -> Problem? {
    guard plan(of: item) == nil else { return nil }
    return Problem(
      Self.stranger(item.ticket.system),
      remedy: "correct or map it, or name the folder of folders by --playbooks",
      file: file, at: Position(line: item.place, column: 1))
  }

  private static func stranger(_ system: String?) -> String {
    "there is no system \"\(Inert.terminal(String((system ?? "").prefix(80))))\" here, so nobody knows its clocks"
  }

  package mutating func take(_ item: TicketFile.Item, isDry: Bool) throws {
    report.read += 1
    guard let name = item.source ?? source else {
      throw Refusal("Say what the other house is called: --source, or `source:` in the mapping.")
    }
    if name == house {
      report.own += 1
      return
    }
    guard let plan = plan(of: item) else {
      let id = Inert.terminal(String(item.ticket.id.prefix(40)))
      report.refused.append("\(id), row \(item.place): \(Self.stranger(item.ticket.system)).")
      return
    }
    let digest = HexDigest.of((try? FactCoding.encode(item.ticket)) ?? [])
    let act = TakeTicket(
      item.ticket, from: name, digest: digest, system: folder?.name, plan: plan, hand: hand)
    waiting.append((item, act))
    if waiting.count >= Self.together { try finish(isDry: isDry) }
  }

  /// Has what waits written, or looked at.
  package mutating func finish(isDry: Bool) throws {
    defer { waiting.removeAll(keepingCapacity: true) }
    var results = decide(isDry: isDry)
    let again = TicketZones.complete(&hand, after: results) { report.refused.append($0) }
    if !again.isEmpty {
      for index in waiting.indices { waiting[index].act.hand = hand }
      let others = waiting
      waiting = again.map { others[$0] }
      for (index, result) in zip(again, decide(isDry: isDry)) { results[index] = result }
      waiting = others
    }
    for (waited, result) in zip(waiting, results) {
      if case .failure(let error as JournalError) = result { throw error }
      note(result, waited.item)
    }
  }

  private func decide(isDry: Bool) -> [Result<[any Fact], any Error>] {
    guard isDry else {
      return journal.performBatch(waiting.map { WaitingAct($0.act, by: actor, at: now) })
        .map { result in result.map { $0.compactMap(Self.fact) } }
    }
    let scene = JournalScene(journal)
    return waiting.map { waited in
      Result { try waited.act.decide(by: actor, at: now, in: scene).append.map(\.fact) }
    }
  }

  private static func fact(_ event: Event) -> (any Fact)? {
    event.fact(TicketOpened.self) ?? event.fact(TicketSynced.self) ?? event.fact(TicketChanged.self)
      ?? event.fact(TicketCommented.self)
  }

  private mutating func note(_ result: Result<[any Fact], any Error>, _ item: TicketFile.Item) {
    let id = Inert.terminal(item.ticket.id)
    switch result {
    case .failure(let error):
      report.refused.append("\(id), row \(item.place): \(Sentence.of(error))")
    case .success(let facts):
      let synced = facts.lazy.compactMap { $0 as? TicketSynced }.first
      if synced?.conflicts != nil { report.conflicts += 1 }
      let comments = facts.count { $0 is TicketCommented }
      let written = comments > 0 ? ", \(comments) comments" : ""
      if facts.contains(where: { $0 is TicketOpened }) {
        report.opened += 1
        say("\(id): new\(written)")
      } else if facts.contains(where: { !($0 is TicketSynced) }) {
        report.changed += 1
        let fields = facts.compactMap { ($0 as? TicketChanged)?.fieldNames }.flatMap { $0 }
        say("\(id): \(fields.isEmpty ? "" : fields.joined(separator: ", ") + " ")changed\(written)")
      } else {
        report.same += 1
      }
    }
  }

  private mutating func say(_ line: String) {
    if report.lines.count < Self.mostLines { report.lines.append(line) }
  }
}
