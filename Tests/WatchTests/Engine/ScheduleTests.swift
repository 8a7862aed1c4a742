import Testing
import Values
import Watch

@Suite struct ScheduleTests {
  let zero = Uptime(milliseconds: 1_000_000)

  @Test func turnsComeAtAFixedRateWithoutDrift() {
    var schedule = Schedule(every: .seconds(10), first: zero)
    var turns: [Int64] = []
    for millisecond in stride(from: Int64(0), through: 60_000, by: 700)
    where schedule.takeTurn(at: zero + .milliseconds(millisecond)) {
      turns.append(millisecond)
    }
    #expect(turns == [0, 10_500, 20_300, 30_100, 40_600, 50_400])
    #expect(schedule.skipped == 0)
    #expect(schedule.next == zero + .seconds(60))
  }

  @Test func whatIsLateByAWholeIntervalIsSkippedAndCounted() {
    var schedule = Schedule(every: .seconds(10), first: zero)
    let turns = [zero, zero + .seconds(45), zero + .seconds(46)].map { schedule.takeTurn(at: $0) }
    #expect(turns == [true, true, false])
    #expect(schedule.skipped == 3)
    #expect(schedule.next == zero + .seconds(50))
  }

  @Test func theRateCanBeginAtTheSecondTurn() {
    var schedule = Schedule(every: .seconds(10), first: zero, second: zero + .seconds(7))
    let turns = [0, 3, 7, 8, 17].map { schedule.takeTurn(at: zero + .seconds($0)) }
    #expect(turns == [true, false, true, false, true])
    #expect(schedule.next == zero + .seconds(27) && schedule.skipped == 0)
    var late = Schedule(every: .seconds(10), first: zero, second: zero + .seconds(7))
    #expect(late.takeTurn(at: zero + .seconds(25)) == true)
    #expect(late.next == zero + .seconds(30) && late.skipped == 2)
  }

  @Test func turnsThatAreLeftOutAreNotSkippedAndTheRateStays() {
    var schedule = Schedule(every: .seconds(10), first: zero)
    _ = schedule.takeTurn(at: zero)
    schedule.postpone(by: 3)
    let turns = [10, 20, 39, 40, 41].map { schedule.takeTurn(at: zero + .seconds($0)) }
    #expect(turns == [false, false, false, true, false])
    #expect(schedule.skipped == 0 && schedule.next == zero + .seconds(50))
    schedule.postpone(by: 5)
    schedule.resume(at: zero + .seconds(73))
    #expect(schedule.next == zero + .seconds(80) && schedule.skipped == 0)
    schedule.resume(at: zero + .seconds(1))
    #expect(schedule.next == zero + .seconds(80), "there is nothing more to take back")
    schedule.postpone(by: -1)
    #expect(schedule.next == zero + .seconds(80))
  }

  @Test func jitterIsTheSameForTheSameNameAndWithinItsWindow() {
    let window = Span.seconds(2)
    let places = (0..<200).map { Schedule.jitter(of: "endpoint \($0)", within: window) }
    #expect(places.allSatisfy { $0 >= .zero && $0 < window })
    #expect(Set(places).count > 150)
    #expect(Schedule.jitter(of: "a", within: window) == Schedule.jitter(of: "a", within: window))
    #expect(Schedule.jitter(of: "a", within: .zero) == .zero)
  }
}
