import Testing
import Values

@testable import Comms

struct RetryPolicyTests {
  private let policy = RetryPolicy(
    first: .seconds(1), longest: .minutes(5), tries: 14, patience: .hours(1))

  @Test func doublesUpToItsLongestAndEnds() throws {
    for done in 1..<14 {
      let whole = min(Span.minutes(5), .seconds(1) * (Int64(1) << Int64(done - 1)))
      for key in ["a", "b", "shop/team/k1"] {
        let pause = try #require(policy.pause(after: done, key: key))
        #expect(pause >= Span(milliseconds: whole.milliseconds / 2) && pause <= whole, "\(done) \(key)")
        #expect(policy.pause(after: done, key: key) == pause, "the same each time")
      }
    }
    #expect(policy.pause(after: 14, key: "a") == nil)
    #expect(policy.pause(after: .max, key: "a", asked: .seconds(5)) == nil)
    #expect(RetryPolicy(tries: .max).pause(after: 1_000_000, key: "a") != nil)
  }

  @Test func keysAreSpread() {
    let pauses = (0..<100).compactMap { policy.pause(after: 9, key: "k\($0)") }
    #expect(Set(pauses).count > 90)
    let mean = pauses.map(\.seconds).reduce(0, +) / Double(pauses.count)
    #expect(mean > 170 && mean < 215, "half of 256 s is fixed, half is spread evenly: \(mean)")
  }

  @Test func whatIsAskedForIsHonouredAsFarAsPatienceGoes() {
    #expect(policy.pause(after: 1, key: "a", asked: .minutes(2)) == .minutes(2))
    #expect(policy.pause(after: 1, key: "a", asked: .days(2)) == .hours(1))
    #expect(policy.pause(after: 9, key: "a", asked: .zero) == policy.pause(after: 9, key: "a"))
  }
}
