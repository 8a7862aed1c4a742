import Foundation
import Host
import Incidents
import Journal
import Systems
import Values

/// `--plain`: the board and the open incidents as linear text, once; for screen readers and pipes.
struct PlainSession {
  let state: StateOptions
  let sources: [SystemSource]

  func run() throws {
    guard !sources.isEmpty else {
      return Standard.out("No system is configured; begin with `midwatch init NAME --health URL`.")
    }
    let snapshots = try LiveState(state, sources: sources).snapshots(rounds: 1, every: .seconds(1))
    Standard.out(BoardText.text(snapshots))
    guard FileManager.default.fileExists(atPath: state.folder.journal) else { return }
    let journal = try state.open(readOnly: true)
    for incident in try journal.entities(Incident.self, open: true) {
      let due =
        incident.nextDeadline(at: Clock.now()).map {
          "; next \(Inert.terminal($0.label)) due \($0.due.dateClockUTC)"
        } ?? ""
      Standard.out(
        "\(incident.key) \(incident.severity.rawValue) \(incident.status.rawValue): "
          + "\(Inert.terminal(incident.title))\(due)")
    }
  }
}
