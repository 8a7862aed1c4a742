import Comms
import Desk
import Foundation
import Incidents
import Journal
import Systems
import TestSupport
import Testing
import Transfer
import Values

@testable import Host

/// `scripts/desk-house.py`: another help desk, over Firebase's callable protocol and plain JSON.
final class House {
  struct State: Decodable {
    struct Ticket: Decodable {
      struct Comment: Decodable {
        let id: String
        let message: String
        let author: String?
        let customer: String?
        let `internal`: Bool
      }
      let id: String
      let subject: String
      let status: String
      let assignee: String?
      let comments: [Comment]
    }
    let tickets: [Ticket]
  }

  private let peer: Peer

  init(_ options: String...) throws {
    peer = try Peer(Receiver.python, ready: "/state") { port, _ in
      [Midwatch.script("desk-house.py"), "\(port)"] + options
    }
  }

  var url: String { peer.url }

  func end() { peer.end() }

  /// It takes connections and says nothing.
  func pause() { peer.hang() }

  func resume() { peer.resume() }

  func state() throws -> [State.Ticket] {
    let answer = try #require(Net.get(peer.url + "/state"))
    return try JSONDecoder().decode(State.self, from: Data(answer.body.utf8)).tickets
  }

  /// What somebody does over there.
  func act(_ json: String) throws { #expect(Net.send("POST", peer.url + "/act", json: json)?.status == 200) }

  func trouble(_ json: String) throws {
    #expect(Net.send("POST", peer.url + "/trouble", json: json)?.status == 200)
  }
}

/// A journal, a trusted folder with a source of tickets, and an engine's parts that keep both houses alike.
final class TwinDesk {
  let journal: Journal
  let folder: SystemFolder
  let path: String
  let actor: Actor
  private let scribe: Scribe
  private let root: String
  private let epoch: Int64
  private let folders = DeliveryFolders()
  private var outbox: DeliveryRunner?
  private var tickets: TicketRunner?

  static func callable(_ url: String, _ more: String = "") -> String {
    """
    tickets:
      source:
        callable: \(url)/fn
        name: grimoire
        list: listSupportTickets
        every: 1s
        timeout: 2s
        assign: {call: assignSupportTicket, data: {ticketId: "{id}", assignee: "{assignee}"}}
        note: {call: addSupportTicketComment, data: {ticketId: "{id}", message: "{text}", internal: "{internal}", idempotencyKey: "{key}"}}
    \(more)
    \(map)
    """
  }

  static let map = """
        map:
          fields:
            text: message
            state: status
            opened: createdAt
          comments:
            text: message
            public: {from: internal, values: {"true": "false", "false": "true"}}
    """

  /// - Parameter yaml: `system.yaml` behind its title.
  init(_ yaml: String, files: [String: String] = [:], location: SourceLocation = #_sourceLocation) throws {
    var template = Array("/tmp/midwatch-twins-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    root = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = root + "/shop"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    }
    try ("title: Shop\n" + yaml).write(toFile: path + "/system.yaml", atomically: true, encoding: .utf8)
    let source = SystemSource(name: "shop", path: path, environment: ["KEY": Outlet.key])
    let problems: [Problem]
    (folder, problems) = source.load()
    try #require(problems.isEmpty, "\(problems)", sourceLocation: location)
    actor = Actor(handle: "ops1", host: "h", uid: getuid())
    journal = try Journal(
      JournalOptions(folder: root + "/state", folds: Folds.all), by: actor, at: Clock.now())
    _ = try journal.perform(
      TrustSystem(system: "shop", path: path, digest: folder.digest), by: actor, at: Clock.now())
    scribe = Scribe(journal)
    epoch = try journal.takeEpoch(by: Identity.engine(), at: Clock.now(), pid: getpid())
    folders.take(folder, from: source)
  }

  deinit {
    stop()
    scribe.stop()
    try? FileManager.default.removeItem(atPath: root)
  }

  private var parts: DeliveryRunner.Parts {
    DeliveryRunner.Parts(
      journal: journal, scribe: scribe, epoch: epoch, version: "test", folders: folders,
      policy: RetryPolicy(first: .milliseconds(50), longest: .milliseconds(500), tries: 200))
  }

  /// As an engine does it, by itself.
  func start() {
    outbox = DeliveryRunner(parts)
    tickets = TicketRunner(parts)
    look()
  }

  /// As an engine does when the journal changed.
  func look() {
    tickets?.look()
    outbox?.look()
  }

  func stop() {
    tickets?.stop()
    outbox?.stop()
    (tickets, outbox) = (nil, nil)
  }

  private var write: TicketRound.Write {
    let (journal, epoch) = (journal, epoch)
    return { acts in
      journal.performBatch(
        acts.map { WaitingAct($0, by: Identity.engine(), at: Clock.now(), epoch: epoch) })
    }
  }

  /// One comparison, now.
  @discardableResult
  func round() throws -> TicketRound.Report {
    try #require(TicketRound(folder, at: path)).run(version: "test", write: write)
  }

  @discardableResult
  func act(_ act: some Act) throws -> [Event] {
    let events = try journal.perform(act, by: actor, at: Clock.now())
    look()
    return events
  }

  func ticket(_ key: String = "T-1") throws -> Ticket {
    try #require(try journal.entity(Ticket.self, key: key))
  }

  func comments(_ key: String = "T-1") throws -> [String] {
    try journal.events(matching: EventQuery(ticket: key)).compactMap { $0.fact(TicketCommented.self)?.text }
  }

  func deliveries() throws -> [DeliveryRecord] { try journal.entities(DeliveryRecord.self) }

  /// Waits until nothing of people's work is left to be told.
  func settle(seconds: Double = 120, location: SourceLocation = #_sourceLocation) throws {
    do {
      _ = try Condition.wait(for: "everything to be told", seconds: seconds, location: location) {
        look()
        let open = try deliveries().contains { $0.isOpen }
        let owing = try journal.entities(Ticket.self).contains { !$0.unsent.isEmpty }
        return open || owing ? nil : true
      }
    } catch {
      let left = try deliveries().filter(\.isOpen).map { "\($0.key) \($0.state) \($0.reason ?? "")" }
      let owed = try journal.entities(Ticket.self).map {
        "\($0.key) \($0.unsent.map(\.what)) \($0.conflicts)"
      }
      Issue.record("\(left) \(owed)", sourceLocation: location)
      throw error
    }
  }
}
