import Foundation
import Incidents
import Testing
import Values

@testable import Journal

@Suite("Restoring a backup") struct RestoreTests {
  let scratch: Scratch
  let place: Scratch

  init() throws {
    scratch = try Scratch()
    place = try Scratch()
  }

  var options: JournalOptions {
    JournalOptions(folder: place.folder.path, folds: [Counter.self, Notes.self])
  }

  @Test func aRestoredCopyGoesOnAsAnOriginOfItsOwn() throws {
    let journal = try scratch.open()
    try journal.perform(Raise(), by: ops1, at: instant(1))
    try journal.perform(Number(), by: ops1, at: instant(1))
    var say = Say("see")
    let large = [UInt8](repeating: 0x64, count: 9 << 20)
    say.attached = large
    say.digest = Blobs.digest(large)
    try journal.perform(say, by: ops1, at: instant(1))
    let epoch = try journal.takeEpoch(by: engine, at: instant(1), pid: 7)
    let copy = scratch.path + "/copy.db"
    let head = try journal.backup(to: copy)
    try journal.perform(Raise(), by: ops1, at: instant(2))
    let restored = try Journal.restore(from: copy, options, by: ops1, at: instant(3))
    #expect(restored.origin != journal.origin)
    let first = try #require(try restored.events(after: 0).first)
    #expect(
      first.fact(JournalOpened.self)?.headOf
        == JournalOpened.HeadOf(origin: head.origin, count: head.count, head: head.hash))
    #expect(try restored.head().count == 1)
    #expect(try restored.entity(Counter.self, key: "a")?.value == 1)
    try restored.perform(Raise(), by: ops1, at: instant(4))
    #expect(try restored.entity(Counter.self, key: "a")?.value == 2)
    let number = try restored.perform(Number(), by: ops1, at: instant(4))
    #expect(number.first?.fact(Said.self)?.text == "INC-2")
    #expect(try restored.takeEpoch(by: engine, at: instant(5), pid: 8) == epoch + 1)
    #expect(try restored.rebuild() == [])
    #expect(try restored.entities(Counter.self).map(\.jumps) == [0])
    #expect(restored.verify() == .intact(try restored.head()))
    #expect(restored.verify(against: head.stamp) == .intact(try restored.head()))
    #expect(try Journal(options, by: ops1, at: instant(6)).origin == restored.origin)
    #expect(Journal.verify(file: copy) == .intact(head))
    #expect(try restored.blob(sha256: Blobs.digest(large)) == large)
    let left = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
    #expect(left.filter { $0.contains("restoring") || $0.contains("partial") } == [])
  }

  @Test func foldsUnknownThenAreMadeFromAllOrigins() throws {
    let copy = scratch.path + "/copy.db"
    let journal = try scratch.open(folds: [Counter.self])
    try journal.perform(Say("before", incident: "INC-1"), by: ops1, at: instant(1))
    try journal.backup(to: copy)
    var some = options
    some.folds = [Counter.self]
    let restored = try Journal.restore(from: copy, some, by: ops1, at: instant(2))
    try restored.perform(Say("after", incident: "INC-1"), by: ops1, at: instant(3))
    let all = try Journal(options, by: ops1, at: instant(4))
    #expect(try all.entity(Notes.self, key: "INC-1")?.texts == ["before", "after"])
  }

  @Test func nothingIsRestoredOverAJournalNorFromNothing() throws {
    let copy = scratch.path + "/copy.db"
    #expect(throws: JournalError.self) { try Journal.restore(from: copy, options, by: ops1, at: instant(1)) }
    let journal = try scratch.open()
    try journal.backup(to: copy)
    let there = try place.open()
    #expect(throws: JournalError.self) { try Journal.restore(from: copy, options, by: ops1, at: instant(1)) }
    #expect(try Journal(options, by: ops1, at: instant(1)).origin == there.origin)
  }
}
