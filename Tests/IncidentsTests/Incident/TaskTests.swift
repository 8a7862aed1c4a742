import Incidents
import Testing
import Values

@Suite struct TaskTests {
  let one = OneIncident()

  private func task(_ number: Int = 1) throws -> Incident.Task {
    try #require(try one.incident().tasks.first { $0.id == "INC-1/\(number)" })
  }

  @Test func aTaskGoesFromHandToHand() throws {
    try one.declare(at: 0)
    try one.perform(
      AddTask(incident: "INC-1", title: "Read the logs", owner: "ops1", box: .minutes(3)), at: 1)
    #expect(try task().due == one.at(4) && task().by == "ops1" && task().at == one.at(1))
    try one.perform(
      GiveTask(incident: "INC-1", task: "INC-1/1", owner: "ops2", reason: "ops1 writes the update"), at: 2)
    #expect(try task().owner == "ops2" && task().due == one.at(4), "the box stays")
    try one.perform(
      GiveTask(incident: "INC-1", task: "INC-1/1", owner: "ops2", box: .minutes(5)), at: 3)
    #expect(try task().due == one.at(8))
    try one.perform(GiveTask(incident: "INC-1", task: "INC-1/1", owner: nil), at: 3)
    #expect(try task().owner == nil && task().isOpen)

    try one.perform(
      FinishTask(incident: "INC-1", task: "INC-1/1", outcome: "nothing in them"), by: TestRecord.ops2, at: 6)
    #expect(try task().done == one.at(6) && task().doneBy == "ops2" && task().outcome == "nothing in them")
    #expect(try one.incident().openTasks.isEmpty)
    for act in [FinishTask(incident: "INC-1", task: "INC-1/1")] {
      try one.refuses(act, at: 7, "Read the logs was done by ops2 at 03:06Z.")
    }
    try one.refuses(
      DropTask(incident: "INC-1", task: "INC-1/1", reason: "x"), at: 7,
      "Read the logs was done by ops2 at 03:06Z.")

    try one.perform(
      ReopenTask(incident: "INC-1", task: "INC-1/1", box: .minutes(10), reason: "wrong host"), at: 8)
    #expect(try task().isOpen && task().doneBy == nil && task().due == one.at(18))
    try one.refuses(
      ReopenTask(incident: "INC-1", task: "INC-1/1"), at: 8, "Read the logs is to do; it was not done.")
    try one.perform(
      DropTask(incident: "INC-1", task: "INC-1/1", reason: "the host is gone"), by: TestRecord.ops2, at: 9)
    #expect(try task().isDropped && !task().isOpen && task().outcome == "the host is gone")
    try one.refuses(
      GiveTask(incident: "INC-1", task: "INC-1/1", owner: "ops1"), at: 9,
      "Read the logs was dropped by ops2 at 03:09Z.")
    try one.perform(ReopenTask(incident: "INC-1", task: "INC-1/1"), at: 10)
    #expect(try !task().isDropped && task().due == nil)
  }

  @Test func twoWhoAskForTheSameAskOnce() throws {
    try one.declare(at: 0)
    let act = AddTask(incident: "INC-1", title: "Read the logs")
    try one.perform(act, by: TestRecord.ops2, at: 2)
    try one.refuses(act, at: 3, "ops2 asked for this at 03:02Z; it is INC-1/1.")
    try one.perform(FinishTask(incident: "INC-1", task: "INC-1/1"), at: 4)
    try one.perform(act, at: 5)
    #expect(try task(2).isOpen)
  }

  @Test func whatIsNoTaskIsRefused() throws {
    try one.declare(at: 0)
    try one.refuses(
      FinishTask(incident: "INC-1", task: "INC-1/7"), at: 1, "INC-1 has no task INC-1/7; it has none.")
    try one.perform(AddTask(incident: "INC-1", title: "Call", owner: "ops2"), at: 1)
    let table: [(any Act, String)] = [
      (AddTask(incident: "INC-1", title: " "), "A task needs words."),
      (
        AddTask(incident: "INC-1", title: "x", owner: "Ops 2"),
        "Ops 2 is no handle: a-z, 0-9, dots, dashes, at most 32."
      ),
      (
        AddTask(incident: "INC-1", title: "x", box: .zero),
        "0s is no time box; give a task from a second to a week."
      ),
      (
        AddTask(incident: "INC-1", title: "x", box: .days(8) + .hours(1)),
        "8d01h is no time box; give a task from a second to a week."
      ),
      (
        GiveTask(incident: "INC-1", task: "INC-1/1", owner: "ops2"), "ops2 has Call already."
      ),
      (DropTask(incident: "INC-1", task: "INC-1/1", reason: " "), "Say why nobody has to do it any more."),
      (FinishTask(incident: "INC-1", task: "2"), "INC-1 has no task 2; it has INC-1/1."),
    ]
    for (act, sentence) in table { try one.refuses(act, at: 2, sentence) }
    try one.perform(ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no"), at: 3)
    try one.refuses(
      AddTask(incident: "INC-1", title: "x"), at: 4, "INC-1 was resolved by ops1 at 03:03Z; reopen it first.")
    try one.perform(FinishTask(incident: "INC-1", task: "INC-1/1"), at: 4)
  }
}
