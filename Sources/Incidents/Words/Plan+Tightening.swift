import Values

extension IncidentPlan {
  /// Takes of each clock, and of the call-out, the earlier one, and every follow-up, for an incident of several
  /// systems: each of their promises holds. Names, ladder and cadence stay.
  package mutating func tighten(by other: IncidentPlan) {
    for clock in other.clocks {
      guard let index = clocks.firstIndex(where: { $0.name == clock.name }) else {
        clocks.append(clock)
        continue
      }
      if clock.after < clocks[index].after { clocks[index] = clock }
    }
    callOut = [callOut, other.callOut].compactMap { $0 }.min()
    for followUp in other.followUps where !followUps.contains(followUp) { followUps.append(followUp) }
  }
}
