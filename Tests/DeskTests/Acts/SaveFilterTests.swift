import Incidents
import TestSupport
import Testing

@testable import Desk

@Suite struct SaveFilterTests {
  @Test func aFilterHasANameUntilItIsTakenAway() throws {
    let record = MemoryRecord()
    func saved() throws -> [String: String] {
      try record.entity(SavedFilters.self, SavedFilters.key)?.filters ?? [:]
    }
    try record.perform(SaveFilter("mine", filter: "assignee:me sev:<=2"))
    try record.perform(SaveFilter("late", filter: "is:overdue"))
    #expect(try saved() == ["mine": "assignee:me sev:<=2", "late": "is:overdue"])
    #expect(
      record.refusal(SaveFilter("mine", filter: "assignee:me sev:<=2")) == "mine is that filter already.")
    try record.perform(SaveFilter("mine", filter: "assignee:me"))
    try record.perform(SaveFilter("late", filter: " "))
    #expect(try saved() == ["mine": "assignee:me"])
    #expect(record.refusal(SaveFilter("late", filter: "")) == "There is no filter late.")
    #expect(
      record.refusal(SaveFilter("two words", filter: "x"))
        == "A filter's name is one word of letters, digits and dashes, at most 30.")
    let wrong = try #require(record.refusal(SaveFilter("bad", filter: "state:done")))
    #expect(wrong.hasPrefix("The filter cannot be saved: column 1: \"done\" is no state"), "\(wrong)")
  }
}
