import Console
import Desk
import Foundation
import Host
import Incidents
import Journal
import Values

/// What a desk of many tickets costs: its queue, filters, searches, and an act, over a journal made for it.
struct DeskMeasure {
  let tickets: Int
  let comments: Int
  /// Where the journal is made, or was by the last time; removed afterwards when nil.
  let folder: String?

  private static let rounds = 15
  private static let start = Instant(milliseconds: 1_760_000_000_000)
  private static let actor = Actor(handle: "bench", host: "bench", uid: 1000)
  private static let page = 50

  func run() throws {
    let place = folder ?? NSTemporaryDirectory() + "midwatch-desk-\(UUID().uuidString)"
    defer { if folder == nil { try? FileManager.default.removeItem(atPath: place) } }
    let isMade = FileManager.default.fileExists(atPath: place)
    if !isMade { try fill(open(place)) }
    let journal = try open(place)
    try opening(place)
    try filters(journal)
    try searches(journal)
    try timelines(journal)
    try screen(journal)
    try acts(journal)
    try Measure.tell("desk memory", ["MiB at most": try Self.memory()])
  }

  private func open(_ place: String, readOnly: Bool = false) throws -> Journal {
    var options = JournalOptions(folder: place, folds: [Ticket.self, SavedFilters.self])
    options.readOnly = readOnly
    return try Journal(options, by: Self.actor, at: Self.start)
  }

  // MARK: Filling

  private struct Fill: Act {
    let entries: [Entry]

    func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
      Decision(append: entries)
    }
  }

  /// As `TicketCommented` is written.
  private struct Comment: Fact {
    static let kind = TicketCommented.kind
    let text: String
    let `public`: Bool
    var customer: String?
  }

  private func fill(_ journal: Journal) throws {
    var words = BenchWords()
    let window = 2000
    var seconds = 0.0
    for first in stride(from: 1, through: tickets, by: window) {
      let numbers = Array(first..<min(tickets + 1, first + window))
      var now = Self.start + Span(milliseconds: Int64(first) * 60_000)
      var entries = try numbers.map { try opened($0, at: now, &words) }
      for place in 0..<(comments * numbers.count / max(1, tickets)) {
        now = now + Span(milliseconds: 60)
        let ticket = "T-\(numbers[words.below(numbers.count)])"
        let comment = Comment(
          text: words.text(30), public: words.below(3) > 0, customer: place.isMultiple(of: 2) ? "Ada" : nil)
        entries.append(Entry(comment, at: now, ticket: ticket))
      }
      let act = Fill(entries: entries)
      seconds += try Measure.seconds { _ = try journal.perform(act, by: Self.actor, at: now) }
    }
    try Measure.tell(
      "desk fill", ["tickets": Double(tickets), "comments": Double(comments)], seconds: [seconds])
  }

  private func opened(_ number: Int, at now: Instant, _ words: inout BenchWords) throws -> Entry {
    let states = ["open", "pending_support", "pending_user", "resolved", "closed", "closed", "closed"]
    let due = Self.start + Span(milliseconds: Int64(words.below(1 << 40)))
    let assignee = words.below(4) == 0 ? "" : "\"assignee\":\"agent\(words.below(20))\","
    let body = """
      {"number":\(number),"subject":"\(words.text(6))","requester":"customer\(words.below(9000))",\(assignee)
      "priority":"\(["urgent", "high", "normal", "low"][words.below(4)])","severity":"S\(1 + words.below(4))",
      "state":"\(states[words.below(states.count)])","tags":["tag\(words.below(50))","tag\(words.below(9))"],
      "text":"\(words.text(30))","tenant":"tenant\(words.below(30))","clocks":[{"clock":"resolve",
      "due":"\(due.rfc3339)"}],"plan":{"targets":[],"calendars":[],"pauses":[],"warns_at":0.25}}
      """
    guard let fact = FactCoding.decode(TicketOpened.self, from: Array(body.utf8)) else {
      throw Unmeasurable("A ticket could not be made of \(body).")
    }
    return Entry(fact, at: now, ticket: "T-\(number)")
  }

  // MARK: Asking

  private typealias Query = IndexQuery<Ticket>

  private static let queue = Query(.isOpen(true), order: [.ascending(.due)], limit: page)

  /// A process that begins: the first page and how many there are.
  private func opening(_ place: String) throws {
    var found = 0
    let seconds = try (0..<Self.rounds).map { _ in
      try Measure.seconds {
        let journal = try open(place, readOnly: true)
        found = try journal.rows(Self.queue).rows.count + journal.count(Self.queue)
      }
    }
    try Measure.tell("desk open", ["found": Double(found)], seconds: seconds)
  }

  private func filters(_ journal: Journal) throws {
    let old = IndexValue.integer(Self.start.milliseconds + Int64(tickets) * 30_000)
    let filters: [(String, Query)] = [
      ("queue", Self.queue),
      (
        "state and severity",
        queue(.and([.equal(.state, "pending_support"), .compare(.severity, .lessOrEqual, .integer(2))]))
      ),
      (
        "assignee and age",
        queue(.and([.isOpen(true), .equal(.assignee, "agent7"), .compare(.opened, .lessOrEqual, old)]))
      ),
      ("tag or tenant", queue(.or([.equal(.tags, "tag17"), .equal(.tenant, "tenant3")]))),
      ("subject", queue(.contains(.subject, BenchWords.word(40)))),
      ("not", queue(.not(.or([.equal(.assignee, "agent7"), .isOpen(true)])))),
    ]
    for (name, query) in filters { try ask("desk filter: \(name)", query, journal) }
  }

  private func queue(_ condition: IndexCondition<Ticket.Column>) -> Query {
    Query(condition, order: [.ascending(.due)], limit: Self.page)
  }

  private func searches(_ journal: Journal) throws {
    let (common, frequent) = (BenchWords.word(0), BenchWords.word(30))
    let rare = BenchWords.word(BenchWords.count - 7)
    for (name, text) in [
      ("rare word", rare + " "), ("frequent word", frequent + " "), ("commonest word", common + " "),
      ("two words", "\(common) \(frequent) "), ("beginning", String(frequent.prefix(4))),
      ("short beginning", String(common.prefix(3))), ("phrase", "\"\(common) \(frequent)\""),
    ] {
      try ask("desk search: \(name)", queue(.text(text)), journal)
      try ask("desk search in the queue: \(name)", queue(.and([.isOpen(true), .text(text)])), journal)
    }
  }

  /// The page that is asked for, and how many there are of it, up to 1000.
  private func ask(_ name: String, _ query: Query, _ journal: Journal) throws {
    var (rows, count, isPartial) = (0, 0, false)
    let pages = try (0..<Self.rounds).map { _ in
      try Measure.seconds {
        let page = try journal.rows(query)
        (rows, isPartial) = (page.rows.count, page.isPartial)
      }
    }
    let counts = try (0..<Self.rounds).map { _ in
      try Measure.seconds { count = try journal.count(query, upTo: 1000) }
    }
    try Measure.tell(
      name, ["rows": Double(rows), "partial": isPartial ? 1 : 0], seconds: pages)
    try Measure.tell(name + ", counted", ["found": Double(count)], seconds: counts)
  }

  private func timelines(_ journal: Journal) throws {
    let queries = [
      ("kind", EventQuery(kinds: [TicketOpened.kind], limit: 100)),
      ("ticket", EventQuery(ticket: "T-\(tickets / 2)", limit: 100)),
    ]
    for (name, query) in queries {
      var found = 0
      let seconds = try (0..<Self.rounds).map { _ in
        try Measure.seconds { found = try journal.events(matching: query).count }
      }
      try Measure.tell("desk events: \(name)", ["found": Double(found)], seconds: seconds)
    }
  }

  /// What screen 6 reads: a page of the queue with everything beside it, then the next ticket of it.
  private func screen(_ journal: Journal) throws {
    let desk = JournalDesk(journal)
    let now = Self.start + Span(milliseconds: Int64(tickets) * 60_000)
    var last: DeskPage?
    let first = try (0..<Self.rounds).map { _ in
      try Measure.seconds { last = try desk.page(DeskQuestion(queue: .init()), at: now) }
    }
    try Measure.tell("desk screen: opened", ["rows": Double(last?.items.count ?? 0)], seconds: first)
    let keys = last?.items.prefix(Self.rounds).map(\.ticket.key) ?? []
    let next = try keys.map { key in
      try Measure.seconds {
        let question = DeskQuestion(queue: .init(selected: key))
        last = try desk.page(question, at: now, keeping: last)
      }
    }
    try Measure.tell("desk screen: next ticket", ["alike": Double(last?.similar.count ?? 0)], seconds: next)
  }

  // MARK: Acting

  /// One comment a commit, as a person writes.
  private func acts(_ journal: Journal) throws {
    var words = BenchWords()
    let seconds = try (0..<200).map { step in
      let comment = Comment(text: words.text(30), public: false)
      let entry = Entry(comment, at: Self.start, ticket: "T-\(1 + words.below(tickets))")
      return try Measure.seconds {
        try journal.perform(Fill(entries: [entry]), by: Self.actor, at: Self.start)
      }
    }
    try Measure.tell("desk comment", [:], seconds: seconds)
  }

  /// Resident at most, in MiB.
  private static func memory() throws -> Double {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    let number = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) }
    guard let number else { throw Unmeasurable("The process does not know its memory.") }
    return number / 1024
  }
}

/// Words as often as in speech: the n-th is said a n-th as often as the first. The same each time.
struct BenchWords {
  static let count = 30_000
  private var state: UInt64 = 7

  /// SplitMix64 (Steele, Lea and Flood 2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  mutating func text(_ length: Int) -> String {
    (0..<length).map { _ in
      let chance = Double(next() >> 11) / Double(1 << 53)
      return Self.word(Int(pow(Double(Self.count), chance)) - 1)
    }.joined(separator: " ")
  }

  /// - Parameter rank: from 0, the commonest.
  static func word(_ rank: Int) -> String {
    let (consonants, vowels) = (Array("bdfgklmnprstvz"), Array("aeiou"))
    var (rest, word) = (max(0, rank) * 7919 % 343_000, "")
    for _ in 0..<3 {
      word.append(consonants[rest % consonants.count])
      rest /= consonants.count
      word.append(vowels[rest % vowels.count])
      rest /= vowels.count
    }
    return word
  }
}
