import Testing
import Values

@testable import Playbooks

@Suite struct CheckLoopTests {
  private func at(_ seconds: Int64) -> Instant { Instant(milliseconds: 1000 * seconds) }

  /// What a check does whose tries take so long and end so.
  private func play(every: Span?, for limit: Span?, tries: [(seconds: Int64, passes: Bool)]) -> (
    begun: [Int64], over: Int64?
  ) {
    var check = CheckLoop(every: every, for: limit, at: at(0))
    var begun: [Int64] = []
    var now: Int64 = 0
    for one in tries {
      guard let next = check.nextDeadline else { break }
      now = next.milliseconds / 1000
      #expect(check.receive(.tick, at: next - .milliseconds(1)) == nil)
      #expect(check.receive(.tick, at: next) == .attempt)
      #expect(check.receive(.tick, at: next) == nil && check.nextDeadline == nil)
      begun.append(now)
      now += one.seconds
      if check.receive(.ended(passed: one.passes), at: at(now)) == .finish { return (begun, now) }
    }
    return (begun, nil)
  }

  @Test func itIsTriedUntilItPasses() {
    let (begun, over) = play(
      every: .seconds(10), for: .minutes(5), tries: [(1, false), (2, false), (1, true), (1, true)])
    #expect(begun == [0, 10, 20] && over == 21)
  }

  @Test func withoutPaceAndLimitItIsTriedOnce() {
    let (begun, over) = play(every: nil, for: nil, tries: [(3, false), (3, true)])
    #expect(begun == [0] && over == 3)
  }

  @Test func theLastTryBeginsWhenTheTimeIsUp() {
    let (begun, over) = play(
      every: .seconds(10), for: .seconds(25), tries: Array(repeating: (2, false), count: 9))
    #expect(begun == [0, 10, 20, 25] && over == 27)
  }

  @Test func aLimitAloneHasTheDefaultPace() {
    let (begun, over) = play(every: nil, for: .seconds(15), tries: Array(repeating: (1, false), count: 9))
    #expect(begun == [0, 10, 15] && over == 16)
  }

  @Test func aPaceAloneHasNoEnd() {
    let (begun, over) = play(every: .seconds(10), for: nil, tries: Array(repeating: (1, false), count: 500))
    #expect(begun.count == 500 && begun.last == 4990 && over == nil)
  }

  @Test func slowTriesFollowEachOtherWithAPause() {
    let (begun, _) = play(every: .seconds(10), for: nil, tries: Array(repeating: (30, false), count: 3))
    #expect(begun == [0, 31, 62])
  }

  @Test func aTryThatOutlastsTheTimeIsTheLast() {
    let (begun, over) = play(
      every: .seconds(10), for: .seconds(20), tries: Array(repeating: (60, false), count: 3))
    #expect(begun == [0] && over == 60)
  }

  @Test func givenUpItIsOverOnce() {
    var check = CheckLoop(every: .seconds(1), for: nil, at: at(0))
    #expect(check.receive(.tick, at: at(0)) == .attempt && check.tries == 1 && !check.isOver)
    #expect(check.receive(.abandoned, at: at(1)) == .finish && check.isOver)
    #expect(
      check.receive(.abandoned, at: at(1)) == nil && check.receive(.ended(passed: true), at: at(1)) == nil)
    #expect(check.nextDeadline == nil)
    var waiting = CheckLoop(every: .seconds(1), for: nil, at: at(0))
    #expect(waiting.receive(.ended(passed: true), at: at(0)) == nil, "nothing was tried yet")
    #expect(waiting.receive(.abandoned, at: at(0)) == .finish && waiting.tries == 0)
  }
}
