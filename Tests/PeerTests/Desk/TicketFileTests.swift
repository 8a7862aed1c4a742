import Desk
import Foundation
import Incidents
import Journal
import TestSupport
import Testing
import Values

@testable import Host

/// Files of tickets, taken into a real journal.
struct TicketFileTests {
  private func take(
    _ text: String, named name: String, into desk: TwinDesk, isDry: Bool = false
  ) throws -> (report: TicketIntake.Report, problems: [String]) {
    let path = desk.path + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let file = try TicketFile(path, kind: nil, mapping: .ours, at: Clock.now())
    var intake = try TicketIntake(
      desk.journal, actor: desk.actor, folder: desk.folder, source: "other", at: Clock.now())
    var problems: [String] = []
    try file.read({ try intake.take($0, isDry: isDry) }) { problems.append($0.description) }
    try intake.finish(isDry: isDry)
    return (intake.report, problems.map { $0.replacingOccurrences(of: path, with: name) })
  }

  @Test func twiceIsOnceAndAChangeIsAChange() throws {
    let desk = try TwinDesk("")
    let rows = (1...150).map { "\($0),Subject \($0),eve,open,normal,text \($0)\r\n" }
    let head = "id,subject,requester,state,priority,text\r\n"
    let dry = try take(head + rows.joined(), named: "a.csv", into: desk, isDry: true)
    #expect(dry.report.opened == 150 && dry.report.lines.first == "1: new")
    #expect(try desk.journal.entities(Ticket.self).isEmpty)
    let first = try take(head + rows.joined(), named: "a.csv", into: desk)
    #expect(first.report.opened == 150 && first.problems == [])
    let again = try take(head + rows.joined(), named: "a.csv", into: desk)
    #expect(again.report.same == 150 && again.report.opened == 0 && again.report.changed == 0)
    let changed =
      head + rows.joined().replacingOccurrences(of: "7,Subject 7,eve,open", with: "7,Subject 7,eve,closed")
    let last = try take(changed, named: "a.csv", into: desk)
    #expect(last.report.changed == 1 && last.report.same == 149)
    #expect(try desk.ticket("T-7").state == .closed && desk.ticket("T-8").state == .open)
  }

  @Test func jsonSaysWhereItIsWrong() throws {
    let desk = try TwinDesk("")
    let text = """
      {"schema": "x", "tickets": [
        {"id": "1", "subject": "A", "requester": "eve", "text": "t"},
        {"id": "2", "requester": "eve"},
        {"id": "3", "subject": "C", "requester": "eve", "state": "odd"},
        {"id": "4", "subject": "D",, "requester": "eve"},
        {"id": "5", "subject": "E", "requester": "eve", "comments": [{"text": "hm", "public": false}]}
      ]
      """
    let (report, problems) = try take(text, named: "a.json", into: desk)
    #expect(report.opened == 2)
    #expect(
      problems.map { String($0.prefix { $0 != ";" }) } == [
        "a.json:3:1: subject: a ticket needs a subject", "a.json:4:1: state: \"odd\" is no state",
        "a.json:5:1: not JSON: line 1, column 28: a name in double quotes is missing before \",\"",
        "a.json:1:1: the file ends before its JSON does",
      ])
    let lines = "{\"id\": \"9\", \"subject\": \"L\", \"requester\": \"eve\"}\n\nnonsense\n"
    let (more, wrong) = try take(lines, named: "a.jsonl", into: desk)
    #expect(more.opened == 1 && wrong.count == 1 && wrong[0].hasPrefix("a.jsonl:3:1: not JSON"))
  }

  /// What a journal gave out itself it does not take in.
  @Test func itsOwnStaysAsItIs() throws {
    let desk = try TwinDesk("")
    try desk.act(
      OpenTicket(subject: "Ours", text: "t", requester: "eve", plan: ClockPlan(), hand: DeskHand()))
    let paper = TicketPaper(try desk.ticket(), events: [], origin: try desk.journal.head().origin)
    let (report, _) = try take(TicketPaper.head + paper.csv, named: "own.csv", into: desk)
    #expect(report.own == 1 && report.opened == 0)
  }

  /// 100,000 rows of a file are read in the room of a few.
  @Test(arguments: ["csv", "json"]) func aLongFileIsNeverHeldWhole(_ kind: String) throws {
    let desk = try TwinDesk("")
    let path = desk.path + "/long.\(kind)"
    let file = try #require(fopen(path, "w"))
    fputs(kind == "csv" ? "id,subject,requester,text\n" : "{\"tickets\": [\n", file)
    let text = String(repeating: "word ", count: 100)
    for number in 1...100_000 {
      fputs(
        kind == "csv"
          ? "\(number),Subject,eve,\(text)\n"
          : "\(number > 1 ? "," : ""){\"id\": \(number), \"subject\": \"Subject\", \"requester\": \"eve\", \"text\": \"\(text)\"}\n",
        file)
    }
    if kind == "json" { fputs("]}", file) }
    fclose(file)
    let before = Clock.residentBytes ?? 0
    var count = 0
    var most = 0
    try TicketFile(path, kind: nil, mapping: .ours, at: Clock.now()).read({ _ in
      count += 1
      if count % 1000 == 0 { most = max(most, Int(Clock.residentBytes ?? 0) - Int(before)) }
    }) { Issue.record("\($0)") }
    #expect(count == 100_000 && most < 24 << 20, "\(most >> 20) MiB more for 50 MB")
    print("\(kind): \(count) tickets, at most \(most >> 10) KiB more")
  }
}
