import Glibc
import Incidents
import Journal
import Playbooks
import Systems
import Values

/// The last word on every command before it runs, whatever a screen or a verb has let pass.
///
/// An order is carried out only when its start is in the journal just so, when this process may run things at all, and
/// when its run goes by the text that a trusted folder holds at this moment.
package struct CommandGate: Sendable {
  private let journal: Journal
  private let sources: [SystemSource]
  private let named: Set<String>
  private let mayExecute: Bool

  /// - Parameters:
  ///   - named: SHA-256 of texts that somebody named by their file, outside of any system: that is their trust.
  ///   - mayExecute: false for `--no-exec` and `--read-only`.
  package init(_ journal: Journal, sources: [SystemSource], named: Set<String> = [], mayExecute: Bool) {
    self.journal = journal
    self.sources = sources
    self.named = named
    self.mayExecute = mayExecute
  }

  /// Why an order must not be carried out; nil when it may. Reads the folder; blocks.
  package func refusal(of order: CommandOrder) -> Refusal? {
    guard mayExecute else { return Refusal("Nothing is run here: this console was opened without running.") }
    guard !journal.isReadOnly else {
      return Refusal("Nothing is run here: the journal is read-only, and could not tell of it.")
    }
    do {
      guard let run = try journal.entity(Run.self, key: order.run), let started = run.started else {
        return Refusal("There is no run \(order.run) that this command could belong to.")
      }
      if let refusal = Self.mismatch(order, in: run) { return refusal }
      return trustRefusal(started, snapshot: run.snapshot)
    } catch {
      return Refusal("Nothing is run while the journal cannot be read: \(Sentence.of(error))")
    }
  }

  private static func mismatch(_ order: CommandOrder, in run: Run) -> Refusal? {
    guard let execution = run.executions.first(where: { $0.id == order.id }), execution.isOpen else {
      return Refusal("This command's start is not in the journal, or it has ended.")
    }
    let (written, plan) = (execution.started, order.plan)
    guard written.command == plan.text.shown, written.cwd == plan.directory, written.mode == order.mode,
      written.index == plan.index, written.environmentNames == plan.environmentNames
    else { return Refusal("This command is another than the one that the journal says was started.") }
    return nil
  }

  private func trustRefusal(_ started: RunStarted, snapshot: String?) -> Refusal? {
    guard let snapshot else { return Refusal("The run has no text that it goes by.") }
    guard let system = started.system else {
      if named.contains(snapshot) { return nil }
      return Refusal(
        "The run goes by a text outside of every system; run it as `midwatch playbook run FILE`.")
    }
    guard let source = sources.first(where: { $0.name == system }) else {
      return Refusal("There is no system \(Inert.terminal(system)) here; open the console with its folder.")
    }
    let (folder, _) = source.load()
    if let environment = folder.environments.first(where: { $0.name == started.environment }),
      environment.state == .reference
    {
      return Refusal("\(environment.name) is there for reference: its commands are shown and never run.")
    }
    guard source.isBundled || TrustCheck.mayRunCommands(of: folder, at: source.path, in: journal) else {
      return Refusal(
        "\(folder.name) is not trusted as it is now: `midwatch trust \(source.path)` shows what it wants.")
    }
    guard folder.playbook(started.playbook)?.digest == snapshot else {
      return Refusal(
        "The run goes by an older text of \(started.playbook): move the run over to the new one first.")
    }
    return nil
  }
}
