import Testing
import Values
import Watch

@Suite struct ScheduleTests {
  let zero = Instant(milliseconds: 1_000_000)

  @Test func turnsComeAtAFixedRateWithoutDrift() {
    var schedule = Schedule(every: .seconds(10), first: zero)
    var turns: [Int64] = []
    for second in stride(from: Int64(0), through: 60_000, by: 700)
    where schedule.takeTurn(at: zero + .milliseconds(second)) {
      turns.append(second)
    }
    #expect(turns.count == 6 || turns.count == 7)
    #expect(schedule.skipped == 0)
    #expect((schedule.next - zero).milliseconds % 10_000 == 0)
  }

  @Test func whatIsLateByAWholeIntervalIsSkippedAndCounted() {
    var schedule = Schedule(every: .seconds(10), first: zero)
    let turns = [zero, zero + .seconds(45), zero + .seconds(46)].map { schedule.takeTurn(at: $0) }
    #expect(turns == [true, true, false])
    #expect(schedule.skipped == 3)
    #expect(schedule.next == zero + .seconds(50))
  }

  @Test func aClockThatGoesBackStopsNothing() {
    var schedule = Schedule(every: .seconds(10), first: zero)
    let turns = [zero, zero - .hours(5)].map { schedule.takeTurn(at: $0) }
    #expect(turns == [true, false])
    #expect(schedule.next == zero - .hours(5) + .seconds(10))
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
