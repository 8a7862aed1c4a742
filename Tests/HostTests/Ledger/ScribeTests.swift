import Host
import Incidents
import Journal
import Testing
import Values

@Suite struct ScribeTests {
  @Test func whatWaitsIsWrittenOnceAndInOrder() throws {
    let folder = try TestFolder()
    let journal = try folder.journal()
    let scribe = Scribe(journal)
    let heard = Heard<[Event]>()
    let mailbox = heard.mailbox
    for number in 0..<200 {
      scribe.perform(AddNote("note \(number)", isForJournal: true), by: TestFolder.actor, at: Clock.now()) {
        result in
        if case .success(let events) = result { mailbox.post(events) }
      }
    }
    scribe.stop()
    let told = mailbox.drain().flatMap { $0 }
    #expect(told.count == 200, "stopping waits for what was posted before")
    #expect(told.compactMap { $0.fact(NoteAdded.self)?.text } == (0..<200).map { "note \($0)" })
    #expect(zip(told, told.dropFirst()).allSatisfy { $1.seq == $0.seq + 1 })
    #expect(try journal.events(matching: EventQuery(kinds: [NoteAdded.kind])).count == 200)
  }

  @Test func aRefusalIsToldToTheOneWhoseActItWas() throws {
    let folder = try TestFolder()
    let scribe = Scribe(try folder.journal())
    let heard = Heard<(String, String)>()
    let mailbox = heard.mailbox
    func note(_ text: String, incident: String? = nil) {
      scribe.perform(AddNote(text, incident: incident), by: TestFolder.actor, at: Clock.now()) { result in
        switch result {
        case .success(let events): mailbox.post((text, "\(events.count) events"))
        case .failure(let error): mailbox.post((text, Sentence.of(error)))
        }
      }
    }
    note("one")
    note("  ")
    note("three", incident: "INC-9")
    note("four")
    scribe.stop()
    let told = mailbox.drain()
    #expect(told.map(\.0) == ["one", "  ", "three", "four"])
    #expect(told.first?.1 == "1 events" && told.last?.1 == "1 events")
    #expect(told.dropFirst().first?.1 == "A note needs words.")
    #expect(told.dropFirst(2).first?.1.contains("INC-9") == true)
  }

  @Test func whatIsToBeWrittenTogetherIsInItsOrderAndEachHasItsResult() throws {
    let folder = try TestFolder()
    let journal = try folder.journal()
    let scribe = Scribe(journal)
    let heard = Heard<[String]>()
    let mailbox = heard.mailbox
    scribe.perform(
      ["one", "  ", "three"].map { AddNote($0, isForJournal: true) }, by: Identity.engine(), at: Clock.now()
    ) { results in
      mailbox.post(results.map { if case .failure(let error) = $0 { Sentence.of(error) } else { "written" } })
    }
    scribe.stop()
    #expect(mailbox.drain() == [["written", "A note needs words.", "written"]])
    #expect(try journal.events(matching: EventQuery(kinds: [NoteAdded.kind])).count == 2)
  }

  @Test func anEngineThatWasSupersededWritesNothing() throws {
    let folder = try TestFolder()
    let journal = try folder.journal()
    let old = try journal.takeEpoch(by: Identity.engine(), at: Clock.now(), pid: 1)
    _ = try journal.takeEpoch(by: Identity.engine(), at: Clock.now(), pid: 2)
    let scribe = Scribe(journal)
    let heard = Heard<String>()
    let mailbox = heard.mailbox
    scribe.perform(
      AddNote("late", isForJournal: true), by: Identity.engine(), at: Clock.now(), epoch: old
    ) { result in
      guard case .failure(let error as JournalError) = result else { return mailbox.post("written") }
      mailbox.post("\(error.kind)")
    }
    scribe.stop()
    #expect(mailbox.drain() == ["superseded"])
  }
}
