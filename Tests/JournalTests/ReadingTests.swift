import GRDB
import Glibc
import Incidents
import Journal
import Testing
import Values

@Suite("Reading and rebuilding") struct ReadingTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func queriesNarrowByEveryCondition() throws {
    let journal = try scratch.open()
    var backdated = Say("Backdated 100%", incident: "INC-1")
    backdated.occurred = instant(-60)
    try journal.perform(Say("first", incident: "INC-1"), by: ops1, at: instant(1))
    try journal.perform(backdated, by: ops1, at: instant(2))
    var system = Say("of a system")
    system.system = "nova-rms"
    try journal.perform(system, by: ops1, at: instant(3))
    try journal.perform(Raise(), by: ops1, at: instant(4))
    func texts(_ query: EventQuery) throws -> [String] {
      try journal.events(matching: query).map { $0.fact(Said.self)?.text ?? $0.kind }
    }
    #expect(try texts(EventQuery(incident: "INC-1")) == ["Backdated 100%", "first"])
    #expect(
      try texts(EventQuery(kinds: ["counter.raised", "journal.opened"])) == [
        "journal.opened", "counter.raised",
      ])
    #expect(try texts(EventQuery(systems: ["nova-rms"])) == ["of a system"])
    #expect(try texts(EventQuery(from: instant(1), until: instant(3))) == ["first"])
    func found(_ terms: EventSelection.Test...) throws -> [String] {
      let slice = try journal.slice(
        EventSelection(terms.map { .init($0) }), beyond: nil, newer: false, limit: 9)
      return slice.events.map { $0.fact(Said.self)?.text ?? $0.kind }
    }
    #expect(try found(.text("100%")) == ["Backdated 100%"])
    #expect(try found(.text("BACKDATED")) == ["Backdated 100%"])
    #expect(try found(.text("fir_t")).isEmpty)
    #expect(try found(.incidents(["INC-1"]), .text("firs")) == ["first"])
    #expect(try texts(EventQuery(limit: 2)) == ["of a system", "counter.raised"])
    var oldest = EventQuery(limit: 1)
    oldest.keepsNewest = false
    #expect(try texts(oldest) == ["Backdated 100%"])
    #expect(try texts(EventQuery(limit: -1)).isEmpty)
  }

  @Test func entitiesComeOldestFirst() throws {
    let journal = try scratch.open()
    for counter in ["c", "a", "b", "a", "a"] {
      try journal.perform(Raise(counter: counter), by: ops1, at: instant(1))
    }
    #expect(try journal.entities(Counter.self).map(\.key) == ["c", "a", "b"])
    #expect(try journal.entities(Counter.self, open: true).map(\.key) == ["c", "b"])
    #expect(try journal.entities(Counter.self, open: false).map(\.key) == ["a"])
    #expect(try journal.entities(Counter.self, limit: 2).map(\.key) == ["a", "b"])
  }

  @Test func anUnregisteredFoldIsAnErrorAndNoTrap() throws {
    let journal = try scratch.open(folds: [Notes.self])
    #expect(throws: JournalError.self) { try journal.perform(Raise(), by: ops1, at: instant(1)) }
  }

  @Test func aRebuildComesOutEqual() throws {
    let journal = try scratch.open()
    var random = SplitMix64(state: 7)
    for step in 0..<120 {
      let key = ["a", "b", "c"].randomElement(using: &random) ?? "a"
      if Bool.random(using: &random) {
        try journal.perform(Raise(counter: key), by: ops1, at: instant(Int64(step)))
      } else {
        try journal.perform(Say("\(step)", incident: key), by: ops1, at: instant(Int64(step)))
      }
    }
    let counters = try journal.entities(Counter.self)
    let notes = try journal.entities(Notes.self)
    #expect(try journal.rebuild() == [])
    #expect(try journal.entities(Counter.self) == counters)
    #expect(try journal.entities(Notes.self) == notes)
    try DatabaseQueue(path: scratch.file).write {
      try $0.execute(
        sql: "UPDATE fold SET state = json_set(state, '$.value', 99) WHERE key = 'b' AND name = 'counter'")
    }
    #expect(try journal.rebuild() == ["counter b"])
    #expect(try journal.entities(Counter.self) == counters)
  }

  @Test func foldsOfAnotherVersionAreMadeAnew() throws {
    let old = try scratch.open()
    for _ in 0..<3 { try old.perform(Raise(), by: ops1, at: instant(1)) }
    let new = try scratch.open(folds: [Counter2.self])
    #expect(try new.entity(Counter2.self, key: "a")?.raised == [1, 2, 3])
    // The older one, still running, must not write over what the newer one keeps.
    let error = #expect(throws: JournalError.self) { try old.perform(Raise(), by: ops1, at: instant(2)) }
    #expect(error?.kind == .readOnly)
    #expect(try old.entity(Counter.self, key: "a")?.value == 3)
    #expect(try old.entities(Counter.self).map(\.value) == [3])
    let reopened = try scratch.open()
    #expect(reopened.isReadOnly)
    #expect(reopened.notice?.contains("newer midwatch") == true)
    #expect(try reopened.entity(Counter.self, key: "a")?.value == 3)
  }

  @Test func aFoldThatAnotherProcessDoesNotKnowIsCaughtUp() throws {
    let all = try scratch.open()
    try all.perform(Say("one", incident: "INC-1"), by: ops1, at: instant(1))
    let some = try scratch.open(folds: [Counter.self])
    try some.perform(Say("two", incident: "INC-1"), by: ops1, at: instant(2))
    #expect(try all.entity(Notes.self, key: "INC-1")?.texts == ["one", "two"])
    try all.perform(Say("three", incident: "INC-1"), by: ops1, at: instant(3))
    #expect(try all.entity(Notes.self, key: "INC-1")?.texts == ["one", "two", "three"])
    #expect(try all.rebuild() == [])
  }

  @Test func unsentTextIsKeptOutsideTheChain() throws {
    let journal = try scratch.open()
    let head = try journal.head()
    #expect(try journal.unsent("note") == nil)
    try journal.saveUnsent("note", text: "half a sen", at: instant(1))
    try journal.saveUnsent("note", text: "half a sentence", at: instant(2))
    let kept = try scratch.open().unsent("note")
    #expect(kept?.text == "half a sentence")
    #expect(kept?.saved == instant(2))
    try journal.clearUnsent("note")
    #expect(try journal.unsent("note") == nil)
    #expect(try journal.head() == head)
  }

  @Test func blobsAreFoundByDigest() throws {
    let journal = try scratch.open()
    let small = Array("evidence".utf8)
    let large = [UInt8](repeating: 0x61, count: 9 << 20)
    for bytes in [small, large] {
      var say = Say("see")
      say.attached = bytes
      try journal.perform(say, by: ops1, at: instant(1))
    }
    // sha256sum of `evidence`, without a line end.
    let digest = "ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e"
    #expect(try journal.blob(sha256: digest) == small)
    let rows = try DatabaseQueue(path: scratch.file).read {
      try Row.fetchAll($0, sql: "SELECT sha256, size, bytes IS NULL FROM blob ORDER BY size")
    }
    #expect(rows.map { $0[1] as Int } == [small.count, large.count])
    #expect(rows.map { $0[2] as Bool } == [false, true])
    for (row, bytes) in zip(rows, [small, large]) {
      #expect(try journal.blob(sha256: row[0]) == bytes)
    }
    #expect(journal.verify() == .intact(try journal.head()))
  }
}
