import Host
import Incidents
import Testing
import Values

@Suite struct WriteQueueTests {
  private func act(_ clock: String) -> RecordOverdue {
    RecordOverdue(incident: "INC-1", clock: clock, due: Instant(milliseconds: 0))
  }

  private func names(_ acts: [any Act]) -> [String] { acts.compactMap { ($0 as? RecordOverdue)?.clock } }

  @Test func thoseThatWaitAreInHandTogetherAndNoneOvertakesThem() {
    var queue = WriteQueue()
    queue.add(act("one"))
    queue.add(act("two"))
    #expect(names(queue.take()) == ["one", "two"])
    queue.add(act("three"))
    #expect(queue.take().isEmpty)
    let isNews = queue.settle(trouble: nil)
    #expect(!isNews)
    #expect(names(queue.take()) == ["three"])
  }

  @Test func noMoreGoTogetherThanAPersonMayWaitFor() {
    var queue = WriteQueue()
    let all = (0..<150).map { "clock \($0)" }
    for name in all { queue.add(act(name)) }
    var taken: [[String]] = []
    while case let acts = queue.take(), !acts.isEmpty {
      taken.append(names(acts))
      _ = queue.settle(trouble: nil)
    }
    #expect(taken.map(\.count) == [64, 64, 22])
    #expect(taken.flatMap { $0 } == all)
  }

  @Test func whatTheJournalCouldNotTakeStaysFirst() {
    var queue = WriteQueue()
    queue.add(act("one"))
    #expect(names(queue.take()) == ["one"])
    queue.add(act("two"))
    var isNews = queue.settle(trouble: "The disk is full.")
    #expect(isNews)
    #expect(queue.trouble == "The disk is full.")
    #expect(names(queue.take()) == ["one", "two"])
    isNews = queue.settle(trouble: "The disk is full.")
    #expect(!isNews, "it is told once")
    #expect(names(queue.take()) == ["one", "two"])
    isNews = queue.settle(trouble: nil)
    #expect(isNews)
    #expect(queue.trouble == nil)
    #expect(queue.take().isEmpty)
  }

  @Test func theEndHandsOverWhatIsNotInHand() {
    var queue = WriteQueue()
    queue.add(act("one"))
    #expect(names(queue.take()) == ["one"])
    queue.add(act("two"))
    #expect(names(queue.drain()) == ["two"])
    queue.add(act("three"))
    let isNews = queue.settle(trouble: nil)
    #expect(!isNews)
    #expect(names(queue.take()) == ["three"])
  }
}
