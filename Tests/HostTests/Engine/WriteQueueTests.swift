import Host
import Incidents
import Testing
import Values

@Suite struct WriteQueueTests {
  private func act(_ clock: String) -> RecordOverdue {
    RecordOverdue(incident: "INC-1", clock: clock, due: Instant(milliseconds: 0))
  }

  private func name(_ act: (any Act)?) -> String? { (act as? RecordOverdue)?.clock }

  @Test func oneIsInHandAtATimeInTheirOrder() {
    var queue = WriteQueue()
    queue.add(act("one"))
    queue.add(act("two"))
    #expect(name(queue.take()) == "one")
    #expect(queue.take() == nil)
    let isNews = queue.settle(trouble: nil)
    #expect(!isNews)
    #expect(name(queue.take()) == "two")
  }

  @Test func whatTheJournalCouldNotTakeStaysFirst() {
    var queue = WriteQueue()
    queue.add(act("one"))
    queue.add(act("two"))
    #expect(name(queue.take()) == "one")
    var isNews = queue.settle(trouble: "The disk is full.")
    #expect(isNews)
    #expect(queue.trouble == "The disk is full.")
    #expect(name(queue.take()) == "one")
    isNews = queue.settle(trouble: "The disk is full.")
    #expect(!isNews, "it is told once")
    #expect(name(queue.take()) == "one")
    isNews = queue.settle(trouble: nil)
    #expect(isNews)
    #expect(queue.trouble == nil)
    #expect(name(queue.take()) == "two")
  }

  @Test func theEndHandsOverWhatIsNotInHand() {
    var queue = WriteQueue()
    queue.add(act("one"))
    queue.add(act("two"))
    _ = queue.take()
    #expect(queue.drain().map { name($0) } == ["two"])
    let isNews = queue.settle(trouble: nil)
    #expect(!isNews)
    #expect(queue.take() == nil)
  }
}
