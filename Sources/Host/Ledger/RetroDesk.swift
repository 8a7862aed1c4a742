import Alerting
import Console
import Foundation
import Incidents
import Journal
import Retro
import Transfer
import Values

/// Does what screen 7 asks for and takes a while, each errand on a thread of its own: the screen waits for none.
package final class RetroDesk: Sendable {
  package typealias Answer = @Sendable (_ number: Int, Result<RetroNews, any Error>) -> Void

  private let journal: Journal
  private let answer: Answer

  /// `answer` runs on the errand's thread; the last answer to a number ends it.
  package init(_ journal: Journal, answer: @escaping Answer) {
    self.journal = journal
    self.answer = answer
  }

  /// Never blocks.
  package func run(_ number: Int, _ errand: RetroErrand) {
    let (journal, answer) = (journal, answer)
    let worker = Worker(name: "retro") {
      answer(number, Result { try Self.news(of: errand, journal) { answer(number, .success($0)) } })
    }
    if worker == nil { answer(number, .failure(Refusal("The system has no thread left to read with."))) }
  }

  /// Bytes of a rule file that are read.
  private static let largestRules = 4 << 20

  private static func backtest(_ wish: BacktestWish, _ journal: Journal) throws -> Backtest {
    guard let handle = FileHandle(forReadingAtPath: wish.rules) else {
      throw Refusal("\(wish.rules) cannot be opened; check the path and its mode.")
    }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: largestRules + 1), data.count <= largestRules else {
      throw Refusal("\(wish.rules) cannot be read, or is longer than \(largestRules >> 20) MiB.")
    }
    let parsed = RuleFile.parse(String(decoding: data, as: UTF8.self), file: wish.rules, as: .prometheus)
    if let first = parsed.problems.first(where: { $0.weight == .error }) {
      throw Refusal("\(first.description)")
    }
    guard parsed.groups.contains(where: { $0.rules.contains(where: \.isAlerting) }) else {
      throw Refusal("\(wish.rules) has no alert that could fire.")
    }
    return try BacktestDesk.run(
      BacktestOrder(
        groups: parsed.groups, past: .evidence, incident: wish.incident,
        every: wish.every,
        sweeps: wish.sweep.map { [Sweep.Request(rule: $0.rule, thresholds: $0.thresholds)] } ?? []),
      in: journal)
  }

  private static func news(
    of errand: RetroErrand, _ journal: Journal, meanwhile tell: @escaping (RetroNews) -> Void
  ) throws -> RetroNews {
    let now = Clock.now()
    switch errand {
    case .statistics(let period):
      let from = period.length.map { now - $0 }
      // Without them all else is worth being told.
      let series = (try? BudgetReading.series(in: journal.folder)) ?? []
      return .statistics(
        try StatisticsReader.statistics(.init(since: from, until: now), from: journal, series: series))
    case .preview(let incident):
      return .preview(try RetroReading.markdown(of: incident, in: journal, at: now))
    case .compare(let left, let right):
      return .compared(try RetroReading.comparison(of: left, and: right, in: journal, at: now))
    case .backtest(let wish): return .backtested(try backtest(wish, journal))
    case .verify:
      let all = try journal.head().count
      let found = journal.verify { tell(.checking($0, of: all)) }
      if case .intact(let head) = found {
        return .verified("\(found.description) · head \(head.hash)", isIntact: true)
      }
      return .verified(found.description, isIntact: false)
    }
  }
}
