import Incidents
import Values

/// What several acts ask of the record before they decide.
extension Record {
  /// The run of that key while it can be worked on, or a refusal.
  func openRun(_ key: String) throws -> Run {
    guard let run = try entity(Run.self, key), run.started != nil else {
      throw Refusal("There is no run \(key); `midwatch playbook` shows them.")
    }
    if let end = run.end {
      throw Refusal("\(key) was finished by \(end.by) at \(end.at.minuteUTC); start a new run.")
    }
    return run
  }

  /// As ``openRun(_:)``, and it must have that step.
  func openRun(_ key: String, step: String) throws -> (Run, RunStarted.Planned) {
    let run = try openRun(key)
    guard let planned = run.steps.first(where: { $0.step == step }) else {
      throw Refusal("\(key) has no step \(Inert.terminal(step)).")
    }
    return (run, planned)
  }

  /// Answers the `mitigate` clock of the run's incident, if it still runs: the first step done of a run
  /// bound to it does.
  func mitigation(of run: Run, at now: Instant) throws -> [Entry] {
    guard let incident = run.incident, let state = try entity(Incident.self, incident), state.isOpen,
      let clock = state.clock("mitigate"), clock.met == nil
    else { return [] }
    return [Entry(ClockMet(clock: "mitigate", due: clock.due, by: now), at: now, incident: incident)]
  }
}
