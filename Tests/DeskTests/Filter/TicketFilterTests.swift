import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

@Suite struct TicketFilterTests {
  typealias Test = TicketFilter.Test

  private func terms(_ text: String) -> [TicketFilter.Term] {
    let read = TicketFilter.read(text, me: "ops1")
    #expect(read.problems.isEmpty, "\(text)")
    return read.filter.terms
  }

  @Test func readsTheIssuesOwn() {
    #expect(
      terms("state:pending_support sev:<=2 assignee:me older:2h charged twice") == [
        .init(.states([.pendingSupport])), .init(.severity(.atMost, 2)), .init(.assignees(["ops1"])),
        .init(.older(.hours(2))), .init(.text("charged twice")),
      ])
  }

  static let table: [(String, [TicketFilter.Term])] = [
    ("", []), ("   ", []),
    ("state:open,pending_user", [.init(.states([.open, .pendingUser]))]),
    ("status:Pending_Support", [.init(.states([.pendingSupport]))]),
    ("sev:1,S3", [.init(.severities([.s1, .s3]))]), ("sev:s2", [.init(.severities([.s2]))]),
    ("sev:>S2", [.init(.severity(.greater, 2))]), ("sev:>=2", [.init(.severity(.atLeast, 2))]),
    ("sev:<2", [.init(.severity(.less, 2))]),
    ("pri:high", [.init(.priorities([.high]))]), ("priority:>=high", [.init(.priority(.atLeast, .high))]),
    ("assignee:none,ops2", [.init(.assignees([nil, "ops2"]))]),
    ("tenant:none", [.init(.tenants([nil]))]), ("tenant:\"North Shop\"", [.init(.tenants(["North Shop"]))]),
    ("requester:8841", [.init(.requesters(["8841"]))]), ("from:ada", [.init(.requesters(["ada"]))]),
    ("tag:vat,refund", [.init(.tags(["vat", "refund"]))]),
    ("incident:3", [.init(.incidents(["INC-3"]))]), ("inc:inc-3", [.init(.incidents(["INC-3"]))]),
    ("incident:any", [.init(.incidents([]))]), ("incident:none", [.init(.incidents([nil]))]),
    ("id:T-482,479", [.init(.numbers([482, 479]))]), ("external:zen", [.init(.externals(["zen"]))]),
    ("newer:30m", [.init(.newer(.minutes(30)))]), ("idle:1d", [.init(.idle(.days(1)))]),
    ("due:1h30m", [.init(.due(.minutes(90)))]), ("is:overdue", [.init(.isTrue(.overdue))]),
    ("!state:closed", [.init(.states([.closed]), isNegated: true)]),
    ("!refund", [.init(.text("refund"), isNegated: true)]),
    ("subject:\"two words\"", [.init(.subject("two words"))]),
    ("\"state:open\"", [.init(.text("state:open"))]),
    ("paid \"two times\" once", [.init(.text("paid two times once"))]),
    ("say \"unclosed words", [.init(.text("say unclosed words"))]),
    ("12:30", [.init(.text("12:30"))]),
    ("assignee:ME,None", [.init(.assignees(["ops1", nil]))]), ("tenant:NONE", [.init(.tenants([nil]))]),
    ("incident:ANY", [.init(.incidents([]))]),
  ]

  @Test(arguments: table) func reads(_ text: String, _ expected: [TicketFilter.Term]) {
    #expect(terms(text) == expected)
  }

  static let wrong: [(String, Int, String)] = [
    ("colour:red", 1, "no filter knows"), ("x sev:9", 3, "\"9\" is no sev"), ("sev:", 1, "needs a value"),
    ("state:waiting", 1, "pending_support"), ("older:soon", 1, "30m, 2h or 1d"), ("older:0", 1, "no length"),
    ("is:bored", 1, "overdue"), ("id:T-x", 1, "is no id"), ("pri:>=soon", 1, "is no pri"),
    ("sev:<=", 1, "is no sev"), ("a b !state:x", 5, "is no state"), ("http://a", 1, "quote it"),
    ("!", 1, "stands before a word"), ("tag:vip ! x", 9, "stands before a word"),
    ("incident:any,none", 1, "\"any\" stands alone"),
  ]

  @Test(arguments: wrong) func saysWhatIsWrong(_ text: String, _ column: Int, _ words: String) {
    let problems = TicketFilter.read(text, me: "ops1").problems
    #expect(problems.count == 1)
    #expect(problems.first?.column == column)
    #expect(problems.first?.sentence.contains(words) ?? false, "\(problems)")
  }

  /// Who asks for conflicts wants those of closed tickets, too.
  @Test func conflictsAreShownWhereverTheyAre() {
    #expect(TicketFilter(terms("is:conflicted")).namesState && !TicketFilter(terms("is:overdue")).namesState)
  }

  @Test func namesAreFoundInAnyCase() throws {
    let record = MemoryRecord()
    for (tenant, system) in [("Acme", "shop"), ("ACME", "shop"), ("other", "SHOP")] {
      var open = DeskBench.open()
      (open.tenant, open.system) = (tenant, system)
      try record.perform(open)
    }
    func keys(_ text: String) throws -> [String] {
      try record.keys(IndexQuery<Ticket>(TicketFilter(terms(text)).condition(at: Instant(milliseconds: 0))))
    }
    #expect(try keys("tenant:acme").sorted() == ["T-1", "T-2"] && keys("tenant:aCME").count == 2)
    #expect(try keys("system:Shop").count == 3 && keys("tenant:acm").isEmpty)
  }

  @Test func collectsAllThatIsWrongAndKeepsTheRest() {
    let read = TicketFilter.read("sev:9 state:open colour:red", me: "ops1")
    #expect(read.problems.map(\.column) == [1, 18])
    #expect(read.filter.terms == [.init(.states([.open]))])
  }

  @Test func neverTraps() {
    var generator = SplitMix64(seed: 7)
    let letters = Array("stae:sev<=>!\",\u{202E}\u{1B} 12hTé\u{1F600}-:")
    for _ in 0..<4000 {
      let text = String(
        (0..<Int.random(in: 0...24, using: &generator)).map { _ in
          letters.randomElement(using: &generator) ?? " "
        })
      let read = TicketFilter.read(text, me: "ops1")
      #expect(read.problems.allSatisfy { $0.column >= 1 && $0.column <= text.count })
      #expect(!read.problems.contains { $0.sentence.unicodeScalars.contains { $0.value == 0x1B } })
      _ = read.filter.condition(at: Instant(milliseconds: .max))
    }
  }
}
