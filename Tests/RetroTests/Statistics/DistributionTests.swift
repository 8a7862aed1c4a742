import Testing
import Values

@testable import Retro

@Suite struct DistributionTests {
  static let table: [([Int64], Int64, Int64)] = [
    ([7], 7000, 7000), ([1, 3], 2000, 2800), ([1, 2, 3], 2000, 2800),
    ([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 55_000, 91_000), ([5, 5, 5, 5], 5000, 5000),
    ([0, 0, 0, 100], 0, 70_000),
  ]

  @Test(arguments: table) func knowsMedianAndP90(_ seconds: [Int64], _ median: Int64, _ p90: Int64) throws {
    let spread = try #require(Distribution(seconds.reversed().map { .seconds($0) }))
    #expect(spread.median.milliseconds == median && spread.p90.milliseconds == p90)
    #expect(spread.points == seconds.map { .seconds($0) } && spread.count == seconds.count)
    #expect(spread.least == spread.points.first && spread.most == spread.points.last)
  }

  @Test func nothingIsNoDistribution() { #expect(Distribution([]) == nil) }

  @Test func theLongestSpansDoNotTrap() throws {
    let spread = try #require(Distribution([.milliseconds(.max), .zero, .milliseconds(.max)]))
    #expect(spread.median == .milliseconds(.max))
  }
}
