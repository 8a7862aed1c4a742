import GRDB
import Incidents
import Testing
import Values

@testable import Journal

@Suite("Queries of an index") struct IndexQueryTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  typealias Condition = IndexCondition<Case.Column>

  static let texts = ["red", "Red", "rød", "blue sky", "50%_off", "O'Neil\"", "x\u{0}y", "", "sky"]

  func random(_ random: inout SplitMix64, depth: Int = 0) -> Condition {
    let column = Case.Column.allCases.randomElement(using: &random) ?? .title
    let text = Self.texts.randomElement(using: &random) ?? ""
    func value() -> IndexValue {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: .null
      case 1, 2: .integer(Int64.random(in: -1...4, using: &random))
      default: .text(text)
      }
    }
    switch Int.random(in: depth < 4 ? 0..<14 : 0..<9, using: &random) {
    case 0: return .isOpen(Bool.random(using: &random))
    case 1: return .keys((0..<4).map { "c\($0 * Int.random(in: 1...9, using: &random))" })
    case 2, 3, 4:
      return .compare(column, IndexComparison.allCases.randomElement(using: &random) ?? .equal, value())
    case 5: return .oneOf(column, (0..<Int.random(in: 0..<4, using: &random)).map { _ in value() })
    case 6: return .isNull(column)
    case 7: return .contains(column, text)
    case 8: return .text(text)
    case 9, 10: return .not(self.random(&random, depth: depth + 1))
    case 11, 12:
      return .and(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in self.random(&random, depth: depth + 1) })
    default:
      return .or(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in self.random(&random, depth: depth + 1) })
    }
  }

  func fill(_ journal: Journal, _ random: inout SplitMix64) throws {
    for step in 0..<160 {
      var fact = CaseTold(name: "c\(Int.random(in: 0..<30, using: &random))")
      if Bool.random(using: &random) { fact.title = Self.texts.randomElement(using: &random) }
      if Bool.random(using: &random) { fact.owner = Self.texts.randomElement(using: &random) }
      if Bool.random(using: &random) { fact.weight = Int.random(in: 0..<4, using: &random) }
      if Bool.random(using: &random) { fact.due = Instant(milliseconds: Int64(step % 4)) }
      if Bool.random(using: &random) { fact.tags = Array(Self.texts.shuffled(using: &random).prefix(2)) }
      if Bool.random(using: &random) { fact.closed = Bool.random(using: &random) }
      if Bool.random(using: &random) { fact.text = Self.texts.randomElement(using: &random) }
      if step.isMultiple(of: 9) { fact.others = ["c1", "c2"] }
      try journal.perform(Tell(fact), by: ops1, at: instant(Int64(step)))
    }
  }

  @Test(arguments: 1...4) func tablesAgreeWithTheEntities(_ seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let journal = try scratch.open(folds: [Case.self])
    try fill(journal, &random)
    let entities = try journal.entities(Case.self)
    let rows = entities.map { IndexRow($0, key: $0.key) }
    #expect(try journal.rows(IndexQuery<Case>()).rows == rows.sorted { $0.key < $1.key })
    // What is said in which case, by the words of one event, folded as the tokenizer folds them.
    var said: [String: [Set<String>]] = [:]
    for event in try journal.events(after: 0) {
      guard let fact = event.fact(CaseTold.self) else { continue }
      let words = ["red", "rød", "blue", "sky", "50", "off", "o", "neil", "x", "y"]
      let texts = [fact.text, fact.title, fact.owner].compactMap { $0 } + (fact.tags ?? [])
      let own = texts.flatMap { text in
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
      }
      for key in Case.keys(of: event) { said[key, default: []].append(Set(own).intersection(words)) }
    }
    func holds(_ text: String, _ key: String) -> Bool {
      let words = text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
      guard !words.isEmpty else { return true }
      return said[key, default: []].contains { $0.isSuperset(of: words) }
    }
    var found = 0
    for _ in 0..<400 {
      let columns = Case.Column.allCases.shuffled(using: &random).prefix(
        Int.random(in: 0...2, using: &random))
      let query = IndexQuery<Case>(
        self.random(&random),
        order: columns.map { IndexOrder($0, isDescending: Bool.random(using: &random)) },
        limit: [nil, 0, 3, 50].randomElement(using: &random) ?? nil,
        offset: [0, 0, 2, -1].randomElement(using: &random) ?? 0)
      let expected = query.select(rows, texts: holds)
      let page = try journal.rows(query)
      #expect(page.rows == expected, "\(query)")
      #expect(!page.isPartial)
      #expect(try journal.keys(query) == expected.map(\.key))
      #expect(try journal.entities(query).map(\.key) == expected.map(\.key))
      let all = IndexQuery<Case>(query.condition).select(rows, texts: holds)
      #expect(try journal.count(query) == all.count)
      #expect(try journal.count(query, upTo: 2) == min(2, all.count))
      found += all.count
    }
    #expect(found > 1000)
    let before = try contents(journal)
    #expect(before.count > 160)
    #expect(try journal.rebuild() == [])
    #expect(try contents(journal) == before)
  }

  /// All that is in the tables, by key.
  func contents(_ journal: Journal) throws -> [String] {
    try journal.read { db in
      try [
        "SELECT key, open, title, owner, weight, due, tags, told FROM index_case ORDER BY key",
        "SELECT key, list, value FROM index_case_list JOIN index_case USING (row) ORDER BY 1, 2, 3",
        "SELECT key, place FROM index_case_event JOIN index_case USING (row) ORDER BY 1, 2",
      ].flatMap { try Row.fetchAll(db, sql: $0).map(\.debugDescription) }
    }
  }

  @Test func countsAreByValue() throws {
    let journal = try scratch.open(folds: [Case.self])
    for (name, owner, tags) in [("a", "o1", ["x", "y"]), ("b", "o1", ["x"]), ("c", "", [])] {
      try journal.perform(
        Tell(CaseTold(name: name, owner: owner, tags: tags, closed: name == "b")), by: ops1, at: instant(1))
    }
    #expect(try journal.counts(Case.self, by: .owner) == [.text("o1"): 2])
    #expect(try journal.counts(Case.self, by: .tags) == [.text("x"): 2, .text("y"): 1])
    #expect(
      try journal.counts(Case.self, by: .tags, where: .isOpen(true)) == [.text("x"): 1, .text("y"): 1])
    #expect(try journal.counts(Case.self, by: .told) == [.integer(1): 3])
  }

  @Test func anOrderThatIsIndexedNeedsNoSorting() throws {
    let journal = try scratch.open(folds: [Case.self])
    for order in Case.indexed where order.count == 1 {
      let plan = try journal.read { db in
        try String.fetchAll(
          db,
          sql: """
            EXPLAIN QUERY PLAN SELECT key FROM index_case WHERE open = 1 \
            ORDER BY \(IndexTable<Case>.terms(of: order)) LIMIT 50
            """, adapter: RangeRowAdapter(3..<4))
      }
      #expect(plan.contains { $0.contains("USING") && $0.contains("INDEX index_case_") }, "\(plan)")
      #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    }
  }

  @Test func aValueThatIsIndexedIsLookedUp() throws {
    let journal = try scratch.open(folds: [Case.self])
    for (condition, lookup, sorts) in [
      (.equal(.owner, "o1"), "index_case_2 (open=? AND owner=?)", true),
      (.and([.isOpen(true), .equal(.owner, "o1")]), "index_case_2 (open=? AND owner=?)", false),
      (.oneOf(.owner, [.text("o1"), .text("o2")]), "index_case_2 (open=? AND owner=?)", true),
      (.equal(.told, .integer(3)), "index_case_1_value (told=?)", true),
      (.compare(.told, .less, .integer(3)), "index_case_1_value (told<?)", true),
    ] as [(Condition, String, Bool)] {
      let statement = try IndexStatement<Case>(condition)
      let plan = try journal.read { db in
        try String.fetchAll(
          db,
          sql: """
            EXPLAIN QUERY PLAN SELECT key, title FROM index_case WHERE \(statement.condition) \
            ORDER BY \(IndexTable<Case>.terms(of: [.ascending(.due)])) LIMIT 50
            """, arguments: StatementArguments(statement.arguments), adapter: RangeRowAdapter(3..<4))
      }
      #expect(
        plan.contains { $0.contains("INDEX \(lookup)") }, "\(plan)")
      #expect(plan.contains { $0.contains("TEMP B-TREE") } == sorts, "\(plan)")
    }
  }

  @Test func whatIsTooDeepIsAnError() throws {
    let journal = try scratch.open(folds: [Case.self])
    var deep = Condition.any
    for _ in 0..<5000 { deep = .not(deep) }
    #expect(throws: JournalError.self) { try journal.keys(IndexQuery<Case>(deep)) }
    let wide = Condition.or((0..<5000).map { .equal(.weight, .integer(Int64($0))) })
    #expect(try journal.keys(IndexQuery<Case>(.not(wide))).isEmpty)
    let list = Condition.oneOf(.owner, (0..<40_000).map { .text("o\($0)") })
    #expect(try journal.keys(IndexQuery<Case>(list)).isEmpty)
  }

  @Test(arguments: [
    "'; DROP TABLE event; --", "\"", "\"\"", "\" OR *", "NEAR(a b)", "text : a", "-a", "a AND", "NOT", "(((",
    "a*", "^a", "{a b} : c", "\u{0}", "a\u{0}b", "\u{202E}txt", "🦜", "e\u{301}", "%", "\\", "''",
    "words MATCH",
    String(repeating: "a ", count: 5000), String(repeating: "q", count: 100_000),
    String(repeating: "b", count: 9000),
    String(repeating: "\"", count: 999), String(repeating: "(", count: 5000), "\u{FFFD}\u{1}\u{7F}",
  ])
  func hostileTextIsOnlyText(_ text: String) throws {
    let journal = try scratch.open(folds: [Case.self])
    // A key is made by us, of no hostile text; U+0000 could not be in one.
    var fact = CaseTold(name: text.isEmpty || text.contains("\0") ? "e" : text, text: text)
    fact.title = text
    fact.owner = text
    fact.tags = [text]
    try journal.perform(Tell(fact), by: ops1, at: instant(1))
    let head = try journal.head()
    for condition: Condition in [
      .text(text), .keys([fact.name]), .equal(.title, text), .contains(.title, text), .equal(.tags, text),
      .contains(.tags, text), .oneOf(.owner, [.text(text)]), .compare(.title, .lessOrEqual, .text(text)),
    ] {
      #expect(try journal.keys(IndexQuery<Case>(condition)) == [fact.name], "\(condition)")
      _ = try journal.keys(IndexQuery<Case>(.not(condition)))
    }
    #expect(try journal.head() == head)
    #expect(journal.verify() == .intact(head))
  }
}
