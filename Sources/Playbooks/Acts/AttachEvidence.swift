import Incidents
import Values

/// Says that what a command wrote is evidence, and sees to it that the journal has the text.
package struct AttachEvidence: Act {
  /// All that a command wrote, as a file has it.
  package struct File: Equatable, Sendable {
    package var bytes: [UInt8]
    /// Of ``bytes``, in lower-case hex.
    package var sha256: String

    package init(bytes: [UInt8], sha256: String) {
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  package var run: String
  /// ``CommandStarted/id``.
  package var command: String
  /// Where the journal has the beginning and the end alone: all of it, if somebody has it. Without it, or where it is
  /// not what the command wrote, those two are attached.
  package var file: File?

  package init(run: String, command: String, file: File? = nil) {
    self.run = run
    self.command = command
    self.file = file
  }

  /// Works on a finished run too.
  package func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    guard let state = try record.entity(Run.self, run), state.started != nil else {
      throw Refusal("There is no run \(run); `midwatch playbook` shows them.")
    }
    guard let execution = state.executions.first(where: { $0.id == command }) else {
      throw Refusal("\(run) has started no such command.")
    }
    if let reason = execution.whyNoEvidence { throw Refusal(reason) }
    guard let fact = execution.finished, let output = fact.output else {
      throw Refusal("Nothing that it wrote is kept.")
    }
    let whole = fact.truncated ? file.flatMap { $0.sha256 == fact.digest ? $0 : nil } : nil
    let number = execution.step ?? execution.started.step
    let title = state.steps.first { $0.step == execution.step }?.title
    let evidence = EvidenceAttached(
      what: [number, title].compactMap { $0 }.joined(separator: " "),
      blob: .init(
        sha256: whole?.sha256 ?? output.sha256, bytes: whole?.bytes.count ?? output.bytes, type: output.type),
      from: .init(
        run: run, step: number, command: command, text: execution.started.command, by: execution.by,
        at: execution.at, end: fact.phrase + (fact.meaning.map { " (\($0))" } ?? ""), tookMs: fact.tookMs,
        lines: fact.lines, part: fact.truncated && whole == nil ? .ends : .whole))
    return Decision(
      append: [Entry(evidence, at: now, incident: state.incident)], blobs: whole.map { [$0.bytes] } ?? [])
  }
}

extension Run.Execution {
  /// Why what it wrote cannot be attached as evidence, as a sentence; nil when it can.
  package var whyNoEvidence: String? {
    switch end {
    case nil: return "It still runs; attach what it wrote once it has ended."
    case .unknown:
      return "Nobody waited for its end, so nothing of what it wrote is kept; write a note of what you saw."
    case .finished(let fact, _):
      guard fact.output == nil else { return nil }
      if fact.cause == .unable { return "There was no process: it has written nothing." }
      if started.mode == .terminal {
        return "It had the terminal in its hands, so nothing of what it wrote is kept."
      }
      return "`output: secret` keeps the digest alone of what it wrote: there is no text to be attached."
    }
  }
}
