import Playbooks
import Watch

/// Gives the terminal of this process to one command at a time, and takes it back whatever happens.
package struct TerminalHandOver: Sendable {
  private let folder: OutputFolder
  private let gate: CommandGate

  /// - Parameter state: the state folder.
  package init(state: String, gate: CommandGate) {
    folder = OutputFolder(state: state)
    self.gate = gate
  }

  /// Blocks until it has ended and what it left on the screen was read.
  ///
  /// - Parameters:
  ///   - descriptors: end the sleep when they can be read.
  ///   - meanwhile: called now and then; false asks the command to end.
  package func run(
    _ order: CommandOrder, watching descriptors: [Int32], meanwhile: () -> Bool
  ) -> CommandReport {
    if let refusal = gate.refusal(of: order) {
      var report = CommandReport(id: order.id)
      report.cause = .unable
      report.reason = refusal.sentence
      return report
    }
    return TerminalCommand(order: order, folder: folder).run(watching: descriptors, meanwhile: meanwhile)
  }
}
