import Alerting
import Testing
import Values

struct BurnPairTests {
  @Test(arguments: [
    // The workbook's own.
    ("30d", "14.4 1h 5m page, 6.0 6h 30m page, 1.0 3d 6h warn"),
    // Fluxori's 99 % over a day.
    ("24h", "14.4 5m 1m page, 6.0 30m 3m page, 1.0 2h 10m warn"),
    ("1w", "14.4 15m 1m page, 6.0 1h30m 10m page, 1.0 18h 1h30m warn"),
    ("28d", "14.4 1h 5m page, 6.0 6h 30m page, 1.0 3d 6h warn"),
    ("90d", "14.4 3h 15m page, 6.0 18h 1h30m page, 1.0 10d 18h warn"),
    // What does not fit is left out.
    ("1h", "14.4 5m 1m page, 6.0 30m 3m page"),
  ])
  func windowsScale(_ window: String, _ expected: String) throws {
    let pairs = BurnPair.pairs(for: try #require(Span(prometheus: window)))
    let told = pairs.map { "\($0.factor) \($0.long.prometheus) \($0.short.prometheus) \($0.level.rawValue)" }
    #expect(told.joined(separator: ", ") == expected)
  }

  /// No window is shorter than what a single rate looks back over.
  @Test func noWindowIsShorterThanARate() {
    let pairs = BurnPair.pairs(for: .days(1), shortest: .minutes(20))
    #expect(pairs.map(\.long) == [.minutes(20), .hours(2)])
    #expect(pairs.map(\.short) == [.minutes(20), .minutes(20)])
  }

  /// Long windows grow, and every short one is part of its long one, whatever the window.
  @Test func pairsAreInOrder() {
    for hours in stride(from: 1, through: 24 * 90, by: 7) {
      let pairs = BurnPair.pairs(for: .hours(Int64(hours)))
      #expect(!pairs.isEmpty, "\(hours) h")
      #expect(zip(pairs, pairs.dropFirst()).allSatisfy { $0.long < $1.long }, "\(hours) h")
      #expect(pairs.allSatisfy { $0.short <= $0.long && $0.long < .hours(Int64(hours)) }, "\(hours) h")
    }
  }
}
