import Incidents
import Testing
import Values

@testable import Journal

/// Pages of events around a place, and how many there are, held against a plain reading of all of them.
@Suite struct EventHuntTests {
  private static let start = Instant(rfc3339: "2026-11-21T00:00:00Z") ?? Instant(milliseconds: 0)

  private struct Said: Fact {
    static let kind = "note.added"
    let text: String
    let system: String?
  }

  private struct Fired: Fact {
    static let kind = "alert.fired"
    let text: String
    let system: String?
  }

  private struct Write: Act {
    let entries: [Entry]

    func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
      Decision(append: entries)
    }
  }

  private static let words = ["pool", "queue", "flag", "disk", "Zürich"]

  /// Of several people, systems and incidents; some written down late, many at the same time.
  private func journal(_ count: Int, _ scratch: Scratch) throws -> Journal {
    let journal = try scratch.open(folds: [])
    var random = SplitMix64(state: 11)
    for first in stride(from: 0, to: count, by: 500) {
      for handle in ["midwatch", "ops1", "ops2"] {
        let entries = (0..<500 / 3).map { offset -> Entry in
          let late =
            Int.random(in: 0..<20, using: &random) == 0 ? Int.random(in: 0..<4000, using: &random) : 0
          let at = Self.start + .seconds(Int64(first + offset / 2 - late))
          let system =
            Int.random(in: 0..<50, using: &random) == 0
            ? "rare" : ["shop", "nova"][Int.random(in: 0..<2, using: &random)]
          let text =
            "\(Self.words[Int.random(in: 0..<5, using: &random)]) \(Self.words[Int.random(in: 0..<5, using: &random)])"
          let fact: any Fact =
            Int.random(in: 0..<3, using: &random) == 0
            ? Fired(text: text, system: system) : Said(text: text, system: nil)
          return Entry(
            fact, at: at,
            incident: Int.random(in: 0..<9, using: &random) == 0
              ? "INC-\(Int.random(in: 0..<3, using: &random))" : nil)
        }
        try journal.perform(Write(entries: entries), by: actor(handle), at: Self.start + .days(2))
      }
    }
    // One who is seldom there, from two hosts.
    for host in ["jump1", "jump2"] {
      let entries = (0..<3).map {
        Entry(Said(text: "disk", system: nil), at: Self.start + .seconds($0 * 500))
      }
      try journal.perform(
        Write(entries: entries), by: actor("ops3", from: host), at: Self.start + .days(2))
    }
    return journal
  }

  private func actor(_ handle: String, from host: String = "jump2") -> Actor {
    Actor(handle: handle, host: host, uid: 1000)
  }

  private func matches(_ event: Event, _ selection: EventSelection) -> Bool {
    let body = event.body.map { String(decoding: $0, as: UTF8.self) } ?? ""
    return (selection.from.map { event.occurred >= $0 } ?? true)
      && (selection.until.map { event.occurred < $0 } ?? true)
      && selection.terms.allSatisfy { term in
        let isFound =
          switch term.test {
          case .kinds(let kinds): kinds.contains(event.kind)
          case .actors(let handles): handles.contains(event.actor.handle)
          case .systems(let names): names.contains { body.contains("\"system\":\"\($0)\"") }
          case .incidents(let keys): event.incident.map(keys.contains) ?? false
          case .tickets(let keys): event.ticket.map(keys.contains) ?? false
          case .text(let words): words.split(separator: " ").allSatisfy { body.contains($0) }
          }
        return isFound != term.isNegated
      }
  }

  private static let selections: [EventSelection] = [
    EventSelection(), EventSelection([.init(.kinds(["alert.fired"]))]),
    EventSelection([.init(.kinds(["alert.fired", "note.added"]))]), EventSelection([.init(.kinds([]))]),
    EventSelection([.init(.actors(["ops1", "ops2"]))]), EventSelection([.init(.actors(["op"]))]),
    EventSelection([.init(.systems(["rare"]))]), EventSelection([.init(.systems(["shop"]), isNegated: true)]),
    EventSelection([.init(.incidents(["INC-1"])), .init(.kinds(["alert.fired"]), isNegated: true)]),
    EventSelection([.init(.text("queue flag"))]), EventSelection([.init(.text("disk"), isNegated: true)]),
    EventSelection([.init(.text("pool")), .init(.actors(["ops2"])), .init(.systems(["nova"]))]),
    EventSelection(
      [.init(.actors(["ops1"]), isNegated: true)], from: start + .seconds(700), until: start + .seconds(1900)),
    EventSelection([.init(.tickets(["T-1"]))]), EventSelection([.init(.actors(["ops3"]))]),
    EventSelection([.init(.actors(["ops1"])), .init(.kinds(["alert.fired"]))]),
    EventSelection([.init(.actors(["ops1", "ops3"])), .init(.kinds(["alert.fired"]), isNegated: true)]),
    EventSelection([.init(.actors(["nobody"])), .init(.kinds(["note.added"]))]),
    EventSelection([.init(.actors(["nobody"]), isNegated: true), .init(.kinds(["alert.fired"]))]),
  ]

  /// Words, and beginnings of words: of one, of several, with an accent, behind another word.
  private static let worded: [EventSelection] =
    selections.filter { selection in
      selection.terms.contains { if case .text = $0.test { true } else { false } }
    } + [
      EventSelection([.init(.text("queu"))]), EventSelection([.init(.text("flag dis"))]),
      EventSelection([.init(.text("Züri"))]), EventSelection([.init(.text("pool"), isNegated: true)]),
      EventSelection([.init(.text("disk")), .init(.kinds(["note.added"])), .init(.actors(["ops1"]))]),
      EventSelection([.init(.text("disk"), isNegated: true), .init(.kinds(["alert.fired"]))]),
      EventSelection([.init(.text("flag")), .init(.systems(["shop"]))]),
    ]

  /// As in a journal a hundred times as long: windows are small, and words are looked up among few rows.
  @Test func narrowWindows() throws {
    let scratch = try Scratch()
    let journal = try journal(3000, scratch)
    let all = try journal.events(matching: EventQuery()).sorted { $0.place < $1.place }
    for selection in Self.worded {
      let wanted = all.filter { matches($0, selection) }.map(\.id)
      #expect(!wanted.isEmpty)
      for (farthest, first, newer) in [
        (Int64(300), 40, true), (40, 200, false), (0, 20, true), (9000, 100, false),
      ] {
        var (found, looks): ([String], Int) = ([], 0)
        var place: EventPlace?
        repeat {
          let slice = try journal.read { db in
            var hunt = try EventHunt(selection, db, rare: 5)
            (hunt.farthest, hunt.firstWindow, hunt.most) = (farthest, first, 300)
            return try hunt.slice(beyond: place, newer: newer, limit: 10_000)
          }
          found = newer ? found + slice.events.map(\.id) : slice.events.map(\.id) + found
          place = slice.looked
          looks += 1
        } while place != nil
        #expect(found == wanted, "\(selection.terms) \(farthest) \(first)")
        #expect(looks > 1, "all of it in one look")
        #expect(try count(selection, journal, farthest, first) == wanted.count)
      }
    }
  }

  /// Walks the whole of it in pages, both ways, however often a look has to be taken up again.
  @Test(arguments: selections) func pages(_ selection: EventSelection) throws {
    let scratch = try Scratch()
    let journal = try journal(6000, scratch)
    let all = try journal.events(matching: EventQuery()).sorted { $0.place < $1.place }
    let wanted = all.filter { matches($0, selection) }.map(\.id)
    for newer in [true, false] {
      var found: [String] = []
      var place: EventPlace?
      while true {
        let slice = try journal.slice(selection, beyond: place, newer: newer, limit: 97)
        #expect(slice.events.map(\.place) == slice.events.map(\.place).sorted())
        found = newer ? found + slice.events.map(\.id) : slice.events.map(\.id) + found
        if let looked = slice.looked {
          place = looked
        } else if slice.events.count == 97, let edge = newer ? slice.events.last : slice.events.first {
          place = edge.place
        } else {
          break
        }
      }
      #expect(found == wanted)
    }
  }

  /// As many as the strip counts, look after look.
  private func count(
    _ selection: EventSelection, _ journal: Journal, _ farthest: Int64, _ first: Int
  ) throws -> Int {
    let extent = try #require(try journal.extent())
    let spans = EventSpans(from: extent.first, until: extent.last + .milliseconds(1), count: 41)
    var (count, until): (Int, Instant?) = (0, nil)
    repeat {
      let tally = try journal.read { db in
        var hunt = try EventHunt(selection, db, rare: 5)
        (hunt.farthest, hunt.firstWindow, hunt.most) = (farthest, first, 300)
        return try hunt.tally(spans, until: until)
      }
      (count, until) = (count + tally.counts.reduce(0, +), tally.looked)
    } while until != nil
    return count
  }

  @Test(arguments: selections) func tallies(_ selection: EventSelection) throws {
    let scratch = try Scratch()
    let journal = try journal(6000, scratch)
    let all = try journal.events(matching: EventQuery())
    let extent = try #require(try journal.extent())
    #expect(extent.count == Int64(all.count))
    let spans = EventSpans(from: extent.first, until: extent.last + .milliseconds(1), count: 41)
    var wanted = Array(repeating: 0, count: 41)
    for event in all where matches(event, selection) {
      if let place = spans.place(of: event.occurred) { wanted[place] += 1 }
    }
    var counts = Array(repeating: 0, count: 41)
    var until: Instant?
    repeat {
      let tally = try journal.tally(selection, in: spans, until: until)
      counts = zip(counts, tally.counts).map(+)
      until = tally.looked
    } while until != nil
    #expect(counts == wanted)
  }

  @Test func kindsAreListedOnce() throws {
    let scratch = try Scratch()
    #expect(try journal(600, scratch).kinds() == ["alert.fired", "journal.opened", "note.added"])
  }
}
