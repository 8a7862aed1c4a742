import Alerting
import Foundation
import Host
import Journal
import Metrics
import Testing
import Values
import Watch

/// Objectives and their series, as another process reads them beside the engine.
@Suite struct BudgetReadingTests {
  private let now = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)

  private func saved(_ title: String, total: [Double], good: [Double]) -> SavedSystem {
    func points(_ values: [Double]) -> [Point] {
      values.enumerated().map { Point(t: now.milliseconds + Int64($0) * 60_000, v: $1) }
    }
    var store = Store()
    store.load([
      (Labels(["__name__": ErrorBudget.Series.total, "slo": title]), points(total)),
      (Labels(["__name__": ErrorBudget.Series.good, "slo": title]), points(good)),
      (Labels(["__name__": "queue_depth"]), points(total)),
    ])
    return SavedSystem(
      store: store, retention: .hours(1),
      kept: [ErrorBudget.Series.total: .days(30), ErrorBudget.Series.good: .days(30)],
      objectives: [
        SavedObjective(title: title, objective: 0.999, window: .days(30), step: .minutes(1)),
        SavedObjective(title: "nothing yet", objective: 0.9, window: .days(1), step: .seconds(30)),
      ])
  }

  @Test func areReadBesideTheEngineThatSavesThem() throws {
    let folder = try TestFolder()
    let state = StateFolder(folder.path)
    #expect(try BudgetReading.series(in: state).isEmpty, "nobody ever watched")
    let store = try SampleStore(state)
    var samples = SavedSamples(store)
    try samples.save(saved("API", total: [10, 20, 30], good: [10, 15]), of: "shop", at: now + .minutes(3))
    try samples.save(saved("Ünïcode / a", total: [1], good: [0]), of: "nova", at: now + .minutes(3))
    let found = try BudgetReading.series(in: state)
    #expect(found.map(\.system) == ["nova", "shop"] && found.map(\.title) == ["Ünïcode / a", "API"])
    let shop = try #require(found.last)
    #expect(shop.objective == 0.999 && shop.window == .days(30) && shop.step == .minutes(1))
    #expect(
      shop.points == [.init(at: now, good: 10, total: 10), .init(at: now + .minutes(1), good: 15, total: 20)])
    #expect(try BudgetReading.series(in: state, system: "shop").map(\.system) == ["shop"])
    // What is counted next is there, too; an objective that is gone is not.
    try samples.save(
      saved("API", total: [10, 20, 30], good: [10, 15, 30]), of: "shop", at: now + .minutes(4))
    try samples.save(SavedSystem(), of: "nova", at: now + .minutes(4))
    let later = try BudgetReading.series(in: state)
    #expect(later.map(\.system) == ["shop"] && later.first?.points.count == 3)
  }

  @Test func whatReadsChangesNothing() throws {
    let folder = try TestFolder()
    let state = StateFolder(folder.path)
    try SampleStore(state).setValue([1], for: "k")
    let reader = try #require(try SampleStore(reading: state))
    #expect(try reader.value(for: "k") == [1])
    #expect(throws: JournalError.self) { try reader.setValue([2], for: "k") }
    #expect(throws: JournalError.self) { try reader.deleteBefore(now) }
    #expect(try SampleStore(state).value(for: "k") == [1])
  }

  @Test func aDamagedFileIsAnErrorAndStays() throws {
    let folder = try TestFolder()
    let state = StateFolder(folder.path)
    let text = "this is no database, and whoever reads it leaves it as it is"
    try text.write(toFile: state.metrics, atomically: true, encoding: .utf8)
    #expect(throws: JournalError.self) { try BudgetReading.series(in: state) }
    #expect(try String(contentsOfFile: state.metrics, encoding: .utf8) == text)
  }
}
