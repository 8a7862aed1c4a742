import Comms
import Desk
import Foundation
import Incidents
import Journal
import Systems
import TestSupport
import Testing
import Values

@testable import Host

/// Tickets here and in another house: over Firebase's protocol, plain JSON, and a program that prints JSON.
@Suite(
  .serialized, .enabled(if: Peer.has("python3"), "python3 is not installed: make test-peers installs it"))
struct TwinTests {
  private static let request =
    #"{"subject": "No packs", "text": "They are gone.", "requester": "eve@example.com"}"#

  private func comment(_ text: String, on key: String = "T-1", isPublic: Bool = true) -> CommentTicket {
    CommentTicket(key, text: text, isPublic: isPublic, hand: DeskHand())
  }

  private static func http(_ url: String) -> String {
    """
    tickets:
      source:
        http: \(url)/api
        name: grimoire
        list: /tickets?page=1
        next: next
        every: 1s
        timeout: 2s
        knows_keys: true
        comment: {post: "/tickets/{id}/comments", data: {body: "{text}", public: "{public}"}}
        note: {post: "/tickets/{id}/comments", data: {body: "{text}", public: "{public}"}}
        status: {patch: "/tickets/{id}", data: {status: "{state}"}}
        assign: {patch: "/tickets/{id}", data: {assignee: "{assignee}"}}
    \(TwinDesk.map)

    """
  }

  @Test(.timeLimit(.minutes(10)), arguments: ["callable", "http"])
  func goesBothWays(_ kind: String) throws {
    let house = try House()
    for _ in 0..<5 { try house.act(Self.request) }
    try house.act(#"{"ticket": "cg1", "comment": "Which ones?"}"#)
    try house.act(#"{"ticket": "cg1", "comment": "all of them", "customer": "eve"}"#)
    let desk = try TwinDesk(
      kind == "http" ? Self.http(house.url) : TwinDesk.callable(house.url, "    knows_keys: true"))
    let first = try desk.round()
    #expect(first.opened.count == 5 && first.problems == [] && first.failure == nil, "\(first)")
    #expect(try desk.comments() == ["Which ones?", "all of them"])
    #expect(try desk.ticket().state == .pendingSupport && desk.ticket().external?.id == "cg1")
    let head = try desk.journal.head().count
    #expect(try desk.round().changed == [])
    #expect(try desk.journal.head().count == head, "a poll is no event")

    desk.start()
    try desk.act(comment("Look again, please."))
    try desk.act(comment("they have the old app", isPublic: false))
    var change = ChangeTicket("T-1", hand: DeskHand())
    change.assignee = "ops1"
    try desk.act(change)
    try desk.act(MoveTicket("T-2", to: .closed, hand: DeskHand()))
    try desk.settle()
    var there = try house.state()
    #expect(there[0].comments.map(\.message).suffix(2) == ["Look again, please.", "they have the old app"])
    #expect(there[0].comments.map(\.internal).suffix(2) == [false, true])
    #expect(there[0].assignee == "ops1" && there[0].status == "pending_user" && there[1].status == "closed")
    let sent = try desk.deliveries()
    #expect(sent.allSatisfy { $0.state == .sent && $0.ticket != nil && $0.receipt != nil })

    try house.act(#"{"ticket": "cg1", "comment": "It works now", "customer": "eve"}"#)
    _ = try Condition.wait(for: "the customer's reply") {
      try desk.comments().contains("It works now") ? true : nil
    }
    #expect(try desk.ticket().state == .pendingSupport)
    #expect(try desk.comments().count == 5, "what we wrote there did not come back")
    there = try house.state()
    #expect(there[0].comments.count == 6 && there.count == 5)
  }

  @Test(.timeLimit(.minutes(10))) func aConflictIsAPersons() throws {
    let house = try House()
    try house.act(Self.request)
    let desk = try TwinDesk(TwinDesk.callable(house.url))
    try desk.round()
    try desk.act(MoveTicket("T-1", to: .resolved, hand: DeskHand()))
    try house.act(#"{"ticket": "cg1", "status": "closed"}"#)
    #expect(try desk.round().conflicts == ["T-1"])
    #expect(try desk.ticket().conflicts == ["state": "closed"] && desk.ticket().state == .resolved)
    desk.start()
    desk.look()
    try desk.act(ResolveConflict("T-1", field: "state", keep: .ours, hand: DeskHand()))
    try desk.settle()
    #expect(try house.state()[0].status == "resolved" && desk.ticket().conflicts == [:])
  }

  /// What cannot be reached is said once, and again when it answers.
  @Test(.timeLimit(.minutes(10))) func troubleIsToldOnce() throws {
    let house = try House()
    try house.act(Self.request)
    let desk = try TwinDesk(TwinDesk.callable(house.url))
    func changes() throws -> [RemoteChanged] {
      try desk.journal.events(matching: EventQuery()).compactMap { $0.fact(RemoteChanged.self) }
    }
    for (mode, says) in [
      ("hang", ""), ("unavailable", "UNAVAILABLE"), ("denied", "PERMISSION_DENIED"),
      ("login", "but not as a function does"),
    ] {
      try house.trouble(#"{"mode": "\#(mode)"}"#)
      let report = try desk.round()
      let reason = report.failure ?? ""
      #expect(!reason.isEmpty && (says.isEmpty || reason.contains(says)), "\(mode): \(report)")
    }
    desk.start()
    _ = try Condition.wait(for: "it to be told") { try changes().isEmpty ? nil : true }
    try house.trouble("{}")
    _ = try Condition.wait(for: "it to answer") { try changes().count == 2 ? true : nil }
    #expect(try changes().map(\.state) == ["failing", "reachable"] && desk.ticket().subject == "No packs")
  }

  @Test(.timeLimit(.minutes(10))) func makesTicketsThere() throws {
    let house = try House()
    let desk = try TwinDesk(
      TwinDesk.callable(house.url, "    create: createSupportTicket\n    knows_keys: true"))
    desk.start()
    var open = OpenTicket(
      subject: "By telephone", text: "She called.", requester: "eve", plan: ClockPlan(), hand: DeskHand())
    open.system = "shop"
    try desk.act(open)
    _ = try Condition.wait(for: "its name there") {
      desk.look()
      return try desk.ticket().external?.id == "cg1" ? true : nil
    }
    try desk.act(comment("We call back."))
    try desk.settle()
    let there = try house.state()
    #expect(there.count == 1 && there[0].comments.map(\.message) == ["She called.", "We call back."])
    try desk.round()
    #expect(try desk.journal.entities(Ticket.self).count == 1 && desk.comments() == ["We call back."])
  }

  @Test(.timeLimit(.minutes(10))) func aProgramThatPrintsJSON() throws {
    let list = """
      [{"id": "a1", "subject": "No packs", "message": "gone", "requester": "eve", "status": "open", "comments": []}]
      """
    let cli = Midwatch.script("desk-cli.py")
    let words = "/usr/bin/python3, \(cli), tickets.json"
    let desk = try TwinDesk(
      """
      tickets:
        source:
          command: [\(words), list, --json]
          every: 1s
          assign: [\(words), assign, "{id}", "{assignee}"]
          close: [\(words), close, "{id}"]
          status: [\(words), status, "{id}", "{state}"]
          comment: [\(words), comment, "{id}"]
      \(TwinDesk.map)

      """, files: ["tickets.json": list])
    try desk.round()
    desk.start()
    let text = "$(touch evil) `x`; \"q\" -- -rf\nline two"
    try desk.act(comment(text))
    var change = ChangeTicket("T-1", hand: DeskHand())
    change.assignee = "ops1"
    try desk.act(change)
    try desk.act(MoveTicket("T-1", to: .closed, hand: DeskHand()))
    try desk.settle()
    let data = try #require(FileManager.default.contents(atPath: desk.path + "/tickets.json"))
    let there = try #require(try JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(there[0]["assignee"] as? String == "ops1" && there[0]["status"] as? String == "closed")
    let comments = try #require(there[0]["comments"] as? [[String: Any]])
    #expect(comments.map { $0["message"] as? String } == [text])
    #expect(!FileManager.default.fileExists(atPath: desk.path + "/evil"))
    try desk.round()
    #expect(try desk.comments() == [text])
  }

  /// Words that begin with a dash stand behind `--`; where the folder does not say so, somebody is told.
  @Test(.timeLimit(.minutes(10)), arguments: [true, false]) func dashesAreNoOptions(isMended: Bool) throws {
    let list = """
      [{"id": "-a1", "subject": "No packs", "message": "gone", "requester": "eve", "status": "open", "comments": []}]
      """
    let desk = try TwinDesk(
      """
      tickets:
        source:
          command: [/usr/bin/cat, tickets.json]
          every: 1s
          comment: [/bin/echo, \(isMended ? "--, " : "")"{id}", "{text}"]
      \(TwinDesk.map)

      """, files: ["tickets.json": list])
    try desk.round()
    desk.start()
    let reply = try desk.act(comment("- see below"))
    let delivery = try Condition.wait(for: "an answer") { () -> DeliveryRecord? in
      desk.look()
      return try desk.deliveries().first { $0.isOpen ? $0.waitsForPerson : true }
    }
    let events = try desk.journal.events(matching: EventQuery(ticket: "T-1"))
    let fates = ReplyFate.all(of: try desk.ticket(), events: events, folder: desk.folder)
    let fate = try #require(fates[reply[0].id])
    if isMended {
      #expect(delivery.state == .sent && fate.words == "to shop: sent" && !fate.needsPerson)
    } else {
      #expect(delivery.reason?.contains("would be read as an option of /bin/echo") ?? false, "\(delivery)")
      #expect(fate.needsPerson && fate.words.hasPrefix("to shop: NOT sent: \"-a1\" would be read"))
    }
  }

  /// A refusal there is no reply that the customer read.
  @Test(.timeLimit(.minutes(10))) func aReplyThatIsDeniedSaysSo() throws {
    let house = try House()
    try house.act(Self.request)
    let desk = try TwinDesk(TwinDesk.callable(house.url))
    try desk.round()
    try house.trouble(#"{"mode": "denied"}"#)
    desk.start()
    let reply = try desk.act(comment("Look again."))
    _ = try Condition.wait(for: "the refusal") {
      desk.look()
      return try desk.deliveries().first?.waitsForPerson ?? false ? true : nil
    }
    let events = try desk.journal.events(matching: EventQuery(ticket: "T-1"))
    let fate = ReplyFate.all(of: try desk.ticket(), events: events, folder: desk.folder)[reply[0].id]
    #expect(
      fate?.needsPerson ?? false && fate?.words.contains("PERMISSION_DENIED") ?? false, "\(fate as Any)")
  }

  /// What a round cannot take in is told once, and again when it is over.
  @Test(.timeLimit(.minutes(10))) func whatIsNotTakenInIsTold() throws {
    let house = try House()
    try house.act(Self.request)
    try house.act(Self.request)
    try house.act(#"{"ticket": "cg2", "status": "on_hold"}"#)
    let desk = try TwinDesk(TwinDesk.callable(house.url))
    func told() throws -> [RemoteChanged] {
      try desk.journal.events(matching: EventQuery()).compactMap { $0.fact(RemoteChanged.self) }
        .filter { $0.remote == TellTicketTrouble.remote }
    }
    desk.start()
    _ = try Condition.wait(for: "it to be told") { try told().isEmpty ? nil : true }
    let reason = try told().first?.reason ?? ""
    #expect(reason.contains("ticket cg2") && reason.contains("\"on_hold\" is no state"), "\(reason)")
    try house.act(#"{"ticket": "cg1", "comment": "And?", "customer": "eve"}"#)
    _ = try Condition.wait(for: "another round") { try desk.comments().contains("And?") ? true : nil }
    #expect(try told().count == 1)
    // Another engine knows no better until it has read them.
    desk.stop()
    desk.start()
    try house.act(#"{"ticket": "cg1", "comment": "Hm", "customer": "eve"}"#)
    _ = try Condition.wait(for: "its round") { try desk.comments().contains("Hm") ? true : nil }
    #expect(try told().count == 1)
    try house.act(#"{"ticket": "cg2", "status": "open"}"#)
    _ = try Condition.wait(for: "it to be over") { try told().count == 2 ? true : nil }
    #expect(try told().last?.state == RemoteChanged.reachable)
  }

  /// 60 acts on both sides while requests, answers and halves of answers are lost. In a house that knows keys what may
  /// have arrived goes again; in one that does not, it is looked for there.
  @Test(.timeLimit(.minutes(20)), arguments: [true, false])
  func nothingIsLostAndNothingDoubled(knowsKeys: Bool) throws {
    let house = try knowsKeys ? House() : House("--forgetful")
    for _ in 0..<4 { try house.act(Self.request) }
    let desk = try TwinDesk(
      TwinDesk.callable(house.url, "    knows_keys: \(knowsKeys)"))
    try desk.round()
    var random = SplitMix64(seed: 20_261_122)
    try house.trouble(#"{"seed": 7, "share": 0.4}"#)
    desk.start()
    var ours: [String: [String]] = [:]
    var theirs: [String: [String]] = [:]
    for number in 0..<60 {
      let place = Int(random.next() % 4) + 1
      switch random.next() % 4 {
      case 0:
        try house.act(#"{"ticket": "cg\#(place)", "comment": "there \#(number)", "customer": "eve"}"#)
        theirs["\(place)", default: []].append("there \(number)")
      case 1:
        var change = ChangeTicket("T-\(place)", hand: DeskHand())
        change.assignee = "ops\(number)"
        try desk.act(change)
      default:
        try desk.act(comment("here \(number)", on: "T-\(place)", isPublic: random.next() % 2 == 0))
        ours["\(place)", default: []].append("here \(number)")
      }
      if number % 20 == 19 {
        house.cut(for: .milliseconds(Int64(random.next() % 400)))
      }
    }
    // Those of which nobody knows are a person's, or are found when that house lists what it has.
    try desk.settleAfterTrouble(house)
    let there = try house.state()
    #expect(there.count == 4)
    for place in 1...4 {
      let remote = there[place - 1].comments.map(\.message)
      let wanted = (ours["\(place)"] ?? []) + (theirs["\(place)"] ?? [])
      #expect(remote.dropFirst().sorted() == wanted.sorted(), "T-\(place) there")
      #expect(try desk.comments("T-\(place)").sorted() == wanted.sorted(), "T-\(place) here")
      // What has to be looked for first comes behind what was written after it.
      if knowsKeys {
        #expect(remote.filter { $0.hasPrefix("here") } == ours["\(place)"] ?? [], "in their order")
      }
      #expect(try desk.ticket("T-\(place)").assignee == there[place - 1].assignee)
    }
    let figures = try Dictionary(grouping: desk.deliveries(), by: \.state).mapValues(\.count)
    let tries = try desk.deliveries().map(\.claims).reduce(0, +)
    print("keys \(knowsKeys): \(figures), \(tries) tries; verify: \(desk.journal.verify())")
  }
}

extension House {
  /// Nobody is there for a while; what was being sent is lost.
  func cut(for span: Span) {
    pause()
    _ = DispatchSemaphore(value: 0).wait(timeout: .now() + Double(span.milliseconds) / 1000)
    resume()
  }
}

extension TwinDesk {
  func settleAfterTrouble(_ house: House) throws {
    _ = try Condition.wait(for: "all of it to be under way", seconds: 60) { () -> Bool? in
      look()
      return try journal.entities(Ticket.self).allSatisfy { ticket in
        try ticket.unsent.allSatisfy { debt in
          try journal.entity(DeliveryRecord.self, key: "shop/source of tickets/\(debt.id)") != nil
        }
      } ? true : nil
    }
    try house.trouble("{}")
    try settle(seconds: 240)
    _ = try round()
  }
}
