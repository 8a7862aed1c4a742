import Playbooks

/// What became of one step of a playbook over several runs.
package struct StepQuality: Equatable, Sendable {
  package let playbook: String
  /// Its number, `1.2`.
  package let step: String
  package let title: String
  package internal(set) var done = 0
  package internal(set) var skipped = 0
  package internal(set) var failed = 0
  /// Runs that had it.
  package internal(set) var runs = 0

  /// By playbook and step, the most often skipped or failed first; steps that never were are left out.
  package static func all(in runs: [Run]) -> [StepQuality] {
    var tally = StepTally()
    for run in runs { tally.add(run) }
    return tally.rows
  }
}

/// What became of the steps of the runs that it was given, one after the other.
struct StepTally {
  private var steps: [String: StepQuality] = [:]

  mutating func add(_ run: Run) {
    guard let playbook = run.started?.playbook else { return }
    for planned in run.steps {
      // A step is the same one while it has its title; numbers move when a playbook is edited.
      let key = playbook + "\u{0}" + planned.title
      var row = steps[key] ?? StepQuality(playbook: playbook, step: planned.step, title: planned.title)
      row.runs += 1
      switch run.marks[planned.step]?.state {
      case .done: row.done += 1
      case .skipped: row.skipped += 1
      case .failed: row.failed += 1
      default: break
      }
      steps[key] = row
    }
  }

  var rows: [StepQuality] {
    steps.values.filter { $0.skipped + $0.failed > 0 }.sorted {
      ($1.skipped + $1.failed, $0.playbook, $0.step) < ($0.skipped + $0.failed, $1.playbook, $1.step)
    }
  }
}
