import Foundation
import GRDB
import Incidents
import Testing
import Values

@testable import Journal

@Suite("Erasing") struct EraseTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test func anErasedTextIsGoneAndTheChainStands() throws {
    let journal = try scratch.open()
    try journal.perform(Say("harmless", incident: "INC-1"), by: ops1, at: instant(1))
    let named = try journal.perform(Say("Jane Roe called", incident: "INC-1"), by: ops1, at: instant(2))
    let stamp = try journal.head().stamp
    let id = try #require(named.first?.id)
    let erasure = try journal.erase(event: id, reason: "asked to", by: ops1, at: instant(3))
    #expect(erasure.isCompacted)
    #expect(erasure.backups.isEmpty)
    #expect(
      erasure.event.fact(EventErased.self) == EventErased(target: id, reason: "asked to", parts: ["body"]))
    let event = try #require(try journal.event(id: id))
    #expect(event.body == nil)
    #expect(event.kind == Said.kind)
    #expect(event.actor == ops1)
    #expect(try journal.entity(Notes.self, key: "INC-1")?.texts == ["harmless"])
    #expect(journal.verify(against: stamp) == .intact(try journal.head()))
    #expect(try journal.rebuild() == [])
    for suffix in ["", "-wal"] {
      let bytes = try? Data(contentsOf: URL(fileURLWithPath: scratch.file + suffix))
      #expect(bytes?.range(of: Data("Jane Roe".utf8)) == nil)
    }
  }

  @Test func anEntityWithoutTextLeftIsGone() throws {
    let journal = try scratch.open()
    let event = try #require(try journal.perform(Raise(), by: ops1, at: instant(1)).first)
    try journal.erase(event: event.id, reason: "wrong", by: ops1, at: instant(2))
    #expect(try journal.entity(Counter.self, key: "a") == nil)
    #expect(try journal.perform(Raise(), by: ops1, at: instant(3)).first?.fact(Raised.self)?.from == 0)
    #expect(try journal.rebuild() == [])
  }

  @Test func blobsAndWhatIsQueuedGoToo() throws {
    let journal = try scratch.open()
    let shared = Array("shared".utf8)
    let own = [UInt8](repeating: 0x62, count: 9 << 20)
    func attach(_ bytes: [UInt8], _ text: String) throws -> Event {
      var say = Say(text)
      say.attached = bytes
      say.digest = Blobs.digest(bytes)
      say.send = [Outgoing(destination: "page", key: text, payload: bytes)]
      return try #require(try journal.perform(say, by: ops1, at: instant(1)).first)
    }
    _ = try attach(shared, "first")
    let second = try attach(shared, "second")
    let third = try attach(own, "third")
    try journal.erase(event: second.id, reason: "r", by: ops1, at: instant(2))
    #expect(try journal.blob(sha256: Blobs.digest(shared)) == shared)
    let file = BlobFolder(journal: scratch.file).file(Blobs.digest(own))
    #expect(StateFolder.exists(file))
    let erasure = try journal.erase(event: third.id, reason: "r", by: ops1, at: instant(3))
    #expect(erasure.event.fact(EventErased.self)?.parts == ["body", "blob:\(Blobs.digest(own))"])
    #expect(try journal.blob(sha256: Blobs.digest(own)) == nil)
    #expect(!StateFolder.exists(file))
    #expect(try journal.outbox([.queued]).map(\.outgoing.key) == ["first"])
    #expect(try journal.outbox([.erased]).map(\.outgoing.payload) == [[], []])
    #expect(journal.verify() == .intact(try journal.head()))
  }

  @Test func whatCannotBeErasedIsRefused() throws {
    let journal = try scratch.open()
    let opened = try #require(try journal.events(after: 0).first)
    let note = try #require(try journal.perform(Say("x"), by: ops1, at: instant(1)).first)
    #expect(throws: Refusal.self) {
      try journal.erase(event: opened.id, reason: "r", by: ops1, at: instant(2))
    }
    #expect(throws: Refusal.self) { try journal.erase(event: note.id, reason: " ", by: ops1, at: instant(2)) }
    #expect(throws: JournalError.self) {
      try journal.erase(event: "none", reason: "r", by: ops1, at: instant(2))
    }
    let erasure = try journal.erase(event: note.id, reason: "r", by: ops1, at: instant(2))
    #expect(throws: Refusal.self) { try journal.erase(event: note.id, reason: "r", by: ops1, at: instant(2)) }
    #expect(throws: Refusal.self) {
      try journal.erase(event: erasure.event.id, reason: "r", by: ops1, at: instant(2))
    }
    #expect(try journal.head().count == 3)
  }

  @Test func anotherJournalForgetsItToo() throws {
    let journal = try scratch.open()
    let other = try scratch.open()
    let event = try #require(try journal.perform(Raise(), by: ops1, at: instant(1)).first)
    try other.perform(Raise(), by: ops1, at: instant(2))
    try other.erase(event: event.id, reason: "r", by: ops1, at: instant(3))
    try journal.perform(Raise(), by: ops1, at: instant(4))
    #expect(try journal.entity(Counter.self, key: "a")?.value == 3)
    #expect(try journal.rebuild() == [])
  }
}
