import Incidents
import JSON
import TestSupport
import Testing
import Values

@testable import Desk

struct ExchangeTests {
  private static let now = Instant(rfc3339: "2026-11-21T12:00:00Z") ?? Instant(milliseconds: 0)

  private func items(
    _ text: String, _ mapping: ExchangeMapping = .ours
  ) -> (items: [CSVIntake.Item], problems: [String]) {
    var reader = CSVReader()
    var intake = CSVIntake(mapping, file: "t.csv", at: Self.now)
    var items: [CSVIntake.Item] = []
    for record in reader.read(Array(text.utf8)) + reader.finish() {
      if let item = intake.take(record) { items.append(item) }
    }
    if let item = intake.finish() { items.append(item) }
    return (items, intake.problems.map(\.description))
  }

  private static let theirs = """
    source: zendesk
    fields:
      id: Ticket ID
      subject: Subject
      requester: {from: Requester, default: unknown}
      text: Description
      state: {from: Status, values: {new: open, hold: pending_user, solved: resolved}, default: open}
      priority: {from: Priority, values: {P1: urgent}}
      opened: Created at
      assignee: {from: Agent, values: {Anna K.: anna}}
    """

  private func mapping(_ text: String) -> (ExchangeMapping, [String]) {
    var problems: [Problem] = []
    let mapping = ExchangeMapping(text, file: "map.yaml", problems: &problems)
    return (mapping, problems.map(\.description))
  }

  @Test func readsAnotherHousesColumns() throws {
    let (mapping, problems) = mapping(Self.theirs)
    #expect(problems == [])
    #expect(mapping.source == "zendesk" && mapping.theirs("resolved", of: "state") == "solved")
    #expect(
      mapping.theirs("anna", of: "assignee") == "Anna K." && mapping.theirs("ben", of: "assignee") == "ben")
    let (items, wrong) = items(
      """
      ticket id;Subject;Requester;Description;Status;Priority;Created at;Agent
      17;No packs;eve@example.com;"They
      are gone";hold;P1;2026-11-20 08:00;Anna K.
      18;'=1+1;;text;;high;2026-11-20T08:00:00+01:00;Ben O'Neil
      """, mapping)
    #expect(wrong == [])
    let first = try #require(items.first?.ticket)
    #expect(first.id == "17" && first.text == "They\nare gone" && first.state == .pendingUser)
    #expect(first.priority == .urgent && first.assignee == "anna" && first.severity == nil)
    #expect(first.opened == Instant(rfc3339: "2026-11-20T08:00:00Z"))
    let second = try #require(items.last?.ticket)
    #expect(second.subject == "=1+1" && second.requester == "unknown" && second.state == .open)
    #expect(second.assignee == "ben-o-neil" && second.opened == Instant(rfc3339: "2026-11-20T07:00:00Z"))
  }

  @Test func saysAllThatIsWrongWithItsPlace() {
    let (items, problems) = items(
      """
      id,subject,requester,state,priority,opened,tags
      1,One,eve,open,normal,2026-11-20T08:00:00Z,a b
      2,,eve,opne,normal,yesterday,a
      3,Three,,open,normal,2027-01-01T00:00:00Z,"x"y
      ,Four,eve,open,normal,,
      5,Five,eve,closed,low,,
      """)
    #expect(items.map(\.ticket.id) == ["1", "5"], "what is right is there")
    #expect(
      problems == [
        "t.csv:3:2: a ticket needs a subject; correct it, or map it",
        "t.csv:3:4: \"opne\" is no state; they are open, pending_support, pending_user, resolved, closed; "
          + "correct it, or map it",
        "t.csv:3:6: \"yesterday\" is no time; write 2026-11-21T03:05:00Z; correct it, or map it",
        "t.csv:4:7: something stands behind the quotation mark that ends a field; correct the row",
        "t.csv:5:1: a ticket needs an id of at most 256 bytes; correct it, or map it",
      ])
    #expect(self.items("a,b\n").problems.count == 3, "no columns that it needs")
    #expect(self.items("").problems.count == 1)
  }

  /// Their clock is ahead by minutes, or they wrote no zone; a year is a mistake.
  @Test func timesALittleAheadAreTaken() {
    let (items, problems) = items(
      """
      id,subject,requester,opened,comment_text,comment_at
      1,One,eve,2026-11-21T12:00:30Z,Hm,2026-11-21T12:05:00Z
      2,Two,eve,2026-11-22T12:00:01Z,,
      """)
    #expect(items.map(\.ticket.id) == ["1"])
    #expect(
      problems == ["t.csv:3:4: 2026-11-22T12:00:01Z is more than a day in the future; correct it, or map it"])
  }

  /// Rows of one ticket that do not stand together: none of them is lost without a word.
  @Test func rowsThatStandApartAreToldOf() {
    let (items, problems) = items(
      """
      source,id,subject,requester,comment_text
      zd,1,One,eve,First
      zd,1,One,eve,Second
      zd,2,Two,eve,Other
      zd,1,One,eve,Third
      ze,1,Same number elsewhere,eve,
      """)
    #expect(items.map(\.ticket.comments.count) == [2, 1, 0])
    #expect(
      problems == [
        "t.csv:5:2: ticket 1 has rows further up, and others stand between them; sort the file by that column"
      ])
  }

  @Test func refusesMappingsThatMeanNothing() {
    let (_, problems) = mapping(
      "source: x\nseparator: \"|\"\nfields:\n  state: {from: S, values: {new: opne}}\n  subjct: A\ncomments: {form: c}\n"
    )
    #expect(
      problems.map { String($0.prefix { $0 != ";" }) }.sorted() == [
        "map.yaml:2:1: separator cannot be \"|\"", "map.yaml:4:20: \"opne\" is no state of ours",
        "map.yaml:5:3: fields has no key \"subjct\"", "map.yaml:6:12: comments has no key \"form\"",
      ])
  }

  /// Out, in elsewhere, out again: the same but for what names the houses.
  @Test(arguments: [true, false]) func whatGoesOutComesIn(isCSV: Bool) throws {
    let first = MemoryRecord()
    var open = DeskBench.open("=Charged \"twice\", for one; pack")
    open.text = "Line one\n- line two\n@line three"
    open.tenant = "acme"
    open.tags = ["billing", "a;b"]
    open.attachments = ["/tmp/receipt.pdf"]
    open.severity = .s2
    open.priority = .high
    try first.perform(open, at: "03:00")
    try first.perform(
      CommentTicket("T-1", text: "We look\ninto it", isPublic: true, hand: DeskHand()), at: "03:10")
    try first.perform(
      CommentTicket("T-1", text: "+secret, \"note\"", isPublic: false, hand: DeskHand()), at: "03:11")
    var reply = CommentTicket("T-1", text: "'=thanks", isPublic: true, hand: DeskHand())
    reply.writer = .customer("customer 8841")
    try first.perform(reply, at: "03:20")
    try first.perform(MoveTicket("T-1", to: .resolved, hand: DeskHand()), at: "03:30")

    let paper = try paper(of: "T-1", in: first)
    #expect((isCSV ? paper.csv : paper.json.text).contains("/tmp/receipt.pdf"), "what belongs to it is named")
    let second = MemoryRecord()
    for _ in 0..<2 {
      for ticket in try read(paper, isCSV: isCSV) {
        try second.perform(
          TakeTicket(
            ticket, from: "other", digest: "d", system: nil, plan: DeskBench.plan, hand: DeskHand()),
          by: "midwatch", at: "04:00")
      }
    }
    let copy = try #require(try second.entity(Ticket.self, "T-1"))
    let original = try #require(try first.entity(Ticket.self, "T-1"))
    #expect(copy.openedAt == original.openedAt && copy.stateSince == original.stateSince)
    #expect(copy.answered == original.answered && copy.met == original.met)
    #expect(try self.paper(of: "T-1", in: second).json.at("comments") == paper.json.at("comments"))
    for field in TicketField.allCases { #expect(copy[field] == original[field], "\(field)") }
    #expect(copy.opened?.text == original.opened?.text && copy.requester == original.requester)
    #expect(second.events.count { $0.kind == TicketCommented.kind } == 3, "the second time changed nothing")
  }

  /// A ticket of another house that was worked on here, exported and taken in again in the same journal.
  @Test(arguments: [true, false]) func whatComesHomeIsKnown(isCSV: Bool) throws {
    let record = MemoryRecord()
    var ticket = IncomingTicket(id: "17", subject: "No packs", text: "gone", requester: "eve")
    ticket.state = .open
    ticket.comments = [.init(id: "c1", text: "Hm", customer: "eve")]
    func take(_ ticket: IncomingTicket, at clock: String) throws -> [Event] {
      try record.perform(
        TakeTicket(ticket, from: "cg", digest: clock, system: nil, plan: DeskBench.plan, hand: DeskHand()),
        at: clock)
    }
    _ = try take(ticket, at: "03:00")
    for text in ["first", "second"] {
      try record.perform(CommentTicket("T-1", text: text, isPublic: true, hand: DeskHand()), at: "03:10")
    }
    let debt = try #require(try record.entity(Ticket.self, "T-1")?.unsent.first { $0.isComment })
    try record.perform(
      MarkTicketSent("T-1", debt: debt.id, what: debt.what, value: nil, remoteID: "c2"), by: "midwatch",
      at: "03:11")
    for ticket in try read(try paper(of: "T-1", in: record), isCSV: isCSV, source: "cg") {
      #expect(ticket.comments.map(\.text) == ["Hm", "first", "second"] && ticket.comments[1].id == "c2")
      #expect(try take(ticket, at: "03:20").map(\.kind) == ["ticket.synced"], "nothing of it is new")
    }
  }

  private func paper(of key: String, in record: MemoryRecord) throws -> TicketPaper {
    TicketPaper(
      try #require(try record.entity(Ticket.self, key)), events: record.events.filter { $0.ticket == key },
      origin: "0123456789abcdef")
  }

  private func read(
    _ paper: TicketPaper, isCSV: Bool, source: String = "midwatch-0123456789ab"
  ) throws -> [IncomingTicket] {
    if isCSV {
      let (items, problems) = items(TicketPaper.head + paper.csv)
      #expect(problems == [])
      return items.map(\.ticket)
    }
    let json = try JSONValue.read(Array(paper.json.text.utf8)).get()
    var reader = IncomingReader(.ours, at: Self.now)
    let made = reader.ticket(json)
    let found = try #require(made)
    #expect(reader.mistakes == [] && found.source == source)
    return [found.ticket]
  }

  @Test func findsPathsOfJSON() throws {
    let text =
      #"{"id":17,"a":{"b":["x",{"c":true}]},"d.e":"whole","t":{"_seconds":1795230000,"_nanoseconds":500000000}}"#
    let json = try JSONValue.read(Array(text.utf8)).get()
    let wanted = [
      "id": "17", "$.id": "17", "a.b.0": "x", "a.b.1.c": "true", "d.e": "whole", "a.b.9": nil, "x.y": nil,
      "t": "2026-11-21T03:00:00.500Z",
    ]
    for (place, text) in wanted { #expect(json.at(place)?.plainText == text, "\(place)") }
  }
}
