import Incidents
import Playbooks
import Values

/// Runs and evidence in the JSON export.
extension IncidentDocument {
  /// A kept text; a longer one is shortened to its beginning and its end, the journal has all of it.
  struct KeptText: Encodable {
    let text: String
    let isWhole: Bool

    static let longest = 1 << 20

    init(_ text: String) {
      isWhole = text.utf8.count <= Self.longest
      self.text = isWhole ? text : OutputExcerpt.of(text)
    }
  }

  struct EvidenceRow: Encodable {
    let name: String
    let id: String
    let what: String
    let at: Instant
    let by: String
    let sha256: String
    let bytes: Int
    let type: String
    let from: EvidenceAttached.Source
    /// Absent once it was taken back, or is not in the journal any more.
    let text: String?
    /// Whether `text` is all of those bytes.
    let isWhole: Bool?
    let retracted: String?

    init(_ one: AttachedEvidence, text kept: String?) {
      (name, id, what, at, by) = (one.name, one.id, one.fact.what, one.at, one.by)
      (sha256, bytes, type) = (one.fact.blob.sha256, one.fact.blob.bytes, one.fact.blob.type)
      from = one.fact.from
      retracted = one.retracted
      let shown = one.retracted == nil ? kept.map { KeptText($0) } : nil
      text = shown?.text
      isWhole = shown?.isWhole
    }
  }

  struct RunRow: Encodable {
    struct StepRow: Encodable {
      let step: String
      let title: String
      let state: StepState
      let at: Instant?
      let by: String?
      let means: StepChanged.Means?
      let reason: String?
    }

    let key: String
    let playbook: String?
    let title: String?
    let section: String?
    let system: String?
    let environment: String?
    let started: Instant?
    let startedBy: String?
    let ended: Instant?
    let outcome: RunOutcome?
    let steps: [StepRow]
    let commands: [CommandRow]

    init(_ run: Run, texts: [String: String]) {
      key = run.key
      (playbook, title, section) = (run.started?.playbook, run.started?.title, run.started?.section)
      (system, environment) = (run.started?.system, run.started?.environment)
      (started, startedBy) = (run.startedAt, run.startedBy)
      (ended, outcome) = (run.end?.at, run.end?.outcome)
      steps = run.steps.map { planned in
        let mark = run.marks[planned.step]
        return StepRow(
          step: planned.step, title: planned.title, state: run.state(of: planned.step), at: mark?.at,
          by: mark?.by, means: mark?.means, reason: mark?.reason)
      }
      commands = run.executions.map { CommandRow($0, texts: texts) }
    }
  }

  struct CommandRow: Encodable {
    let step: String?
    let command: String
    let cwd: String
    let target: String?
    let mode: CommandStarted.Mode
    let at: Instant
    let by: String
    let ended: Instant?
    let succeeded: Bool?
    let exit: Int?
    let signal: String?
    let meaning: String?
    let tookMs: Int64?
    /// Why nobody knows how it ended.
    let unknown: String?
    let sha256: String?
    let lines: Int?
    let output: KeptText?

    init(_ execution: Run.Execution, texts: [String: String]) {
      (step, command, cwd) = (execution.step, execution.started.command, execution.started.cwd)
      (target, mode) = (execution.started.target, execution.started.mode)
      (at, by) = (execution.at, execution.by)
      var end: Instant?
      var why: String?
      switch execution.end {
      case .finished(_, let at)?: end = at
      case .unknown(let reason, let at)?: (end, why) = (at, reason)
      case nil: break
      }
      (ended, unknown) = (end, why)
      let fact = execution.finished
      (succeeded, exit, signal) = (fact?.succeeded, fact?.exit, fact?.signal)
      (meaning, tookMs) = (fact?.meaning, fact?.tookMs)
      (sha256, lines) = (fact?.digest, fact?.lines)
      output = fact?.output.flatMap { texts[$0.sha256] }.map { KeptText($0) }
    }
  }
}
