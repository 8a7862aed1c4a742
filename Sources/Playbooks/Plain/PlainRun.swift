import Incidents
import Values

/// A run without a screen: what is asked, what an answer means, and what is done then.
///
/// It decides; whoever owns it reads answers, commits acts and runs commands, and tells it what became of them.
package struct PlainRun: Sendable {
  package struct Options: Sendable {
    /// Why no command is started here, as a sentence; nil where they are.
    package var whyNoCommands: String?
    /// Where commands run that no command of the run has moved; absolute.
    package var directory: String
    package var target: String
    /// Whether a command can be given the terminal.
    package var hasTerminal: Bool
    /// Of the system that the playbook belongs to.
    package var variables: [Variable]
    /// The step to begin with, whatever comes before it.
    package var startAt: String?
    /// Processes that are left of commands nobody waits for.
    package var orphans: [Orphan]

    package init(
      whyNoCommands: String? = nil, directory: String, target: String, variables: [Variable] = [],
      startAt: String? = nil, orphans: [Orphan] = [], hasTerminal: Bool = false
    ) {
      self.hasTerminal = hasTerminal
      self.orphans = orphans
      self.whyNoCommands = whyNoCommands
      self.directory = directory
      self.target = target
      self.variables = variables
      self.startAt = startAt
    }
  }

  package enum Input: Sendable {
    case begin
    /// A line that was asked for.
    case answer(String)
    case endOfInput
    /// Ctrl-C.
    case interrupt
    /// The process is asked to end.
    case terminate
    /// An act is committed; the run as it is now.
    case changed(Run)
    /// An act was refused, or could not be committed; why.
    case refused(String, Run)
    /// The start of a command is committed, and it runs.
    case started(id: String, Run)
    case news(CommandNews)
    /// The end of a command is committed.
    case finished(CommandReport, Run)
    /// ``nextDeadline`` is there.
    case tick
  }

  package enum Effect: Sendable {
    /// Lines, inert.
    case print([String])
    /// Answered by `answer`; a secret is not echoed.
    case ask(String, isSecret: Bool)
    /// Answered by `changed` or `refused`.
    case act(any Act)
    /// Commits a command's start and runs it; answered by `started` and `finished`, or by `refused`. In the mode
    /// `terminal` it has the terminal until it ends.
    case start(CommandPlan, CommandStarted.Mode)
    case cancel(id: String)
    /// Ends every command of ours that still runs.
    case close
    /// Prints the output that the journal keeps under that digest.
    case show(sha256: String)
    /// With that exit status.
    case leave(Int32)
  }

  /// What the next answer is taken for.
  enum Question: Equatable, Sendable {
    case step
    case target(CommandPlan, inTerminal: Bool)
    case skipReason
    case failure
    /// A value, and those to be asked for after it.
    case value(Variable, isUndecided: Bool)
    case changeReason(Variable, String)
    case end
  }

  /// What follows an act once it is committed.
  enum Next: Equatable, Sendable {
    case advance
    case offer
    case nextValue
    case leave
  }

  let document: PlaybookDocument
  var options: Options
  let script: RunScript
  let declared: Set<String>
  var run: Run
  /// The step in hand, and which of its commands.
  var step: String?
  var index = 0
  /// How much of ``script`` was shown.
  var shown = 0
  var question: Question?
  var next = Next.offer
  /// Values that are still to be asked for, with whether it is to be decided if they are values at all.
  var wanted: [(variable: Variable, isUndecided: Bool)] = []
  var secrets: [String: Secret] = [:]
  var now: Instant
  /// What was asked to be started, until its start is committed.
  var starting: (plan: CommandPlan, mode: CommandStarted.Mode)?
  /// Commands of ours that run, and how much of their output was printed.
  var running: [String: RunningCommand] = [:]
  /// What the last ones wrote.
  var outputs: [String: CommandOutput] = [:]
  /// The exit status, once it is to be left and commands of ours still run.
  var leaving: Int32?

  struct RunningCommand: Sendable {
    let plan: CommandPlan
    let mode: CommandStarted.Mode
    /// Lines of its output that were printed, those that are missing counted.
    var printed = 0
    var heard: Instant
    var isSilenceTold = false
  }

  /// - Parameters:
  ///   - document: made of the run's snapshot.
  ///   - secrets: values known from the start.
  package init(
    _ document: PlaybookDocument, run: Run, options: Options, secrets: [String: Secret] = [:], at now: Instant
  ) {
    self.document = document
    self.run = run
    self.options = options
    self.secrets = secrets
    self.now = now
    declared = document.declared(with: options.variables)
    let text = PlaybookText(values: run.runValues(), declared: declared)
    script = RunScript(document, section: run.started?.section, text: text)
  }

  package mutating func receive(_ input: Input, at now: Instant) -> [Effect] {
    self.now = now
    switch input {
    case .begin: return begin()
    case .answer(let line): return answer(line)
    case .endOfInput: return leave(1, because: "The input has ended.")
    case .interrupt: return interrupt()
    case .terminate: return leave(1, because: "This process was asked to end.")
    case .changed(let run):
      self.run = run
      if let leaving { return leave(leaving, because: nil) }
      return proceed()
    case .refused(let sentence, let run):
      self.run = run
      (wanted, starting) = ([], nil)
      if let leaving { return [.print([Inert.terminal(sentence)])] + leave(leaving, because: nil) }
      return [.print([Inert.terminal(sentence)])] + offer()
    case .started(let id, let run):
      self.run = run
      return started(id)
    case .news(let news): return take(news)
    case .finished(let report, let run):
      self.run = run
      return finished(report)
    case .tick: return tellSilence()
    }
  }

  /// The run as it was told of last.
  package var state: Run { run }

  /// When a command has said nothing for so long that it is pointed out.
  package var nextDeadline: Instant? {
    running.values.filter { !$0.isSilenceTold && $0.mode != .terminal }.map { $0.heard + $0.plan.patience }
      .min()
  }

  private mutating func begin() -> [Effect] {
    var effects: [Effect] = [.print(header + [""])]
    if let start = options.startAt {
      return effects + present(start)
    }
    step = nil
    effects += advance(from: run.current)
    return effects
  }

  private mutating func proceed() -> [Effect] {
    switch next {
    case .advance: return advance(after: step)
    case .offer: return offer()
    case .nextValue: return askNextValue()
    case .leave: return leave(0, because: nil)
    }
  }

  private mutating func interrupt() -> [Effect] {
    if let id = foreground {
      return [.print(["asked it to end"]), .cancel(id: id)]
    }
    guard let question else { return [] }
    return [.print(["", "The run stays open; q leaves it."]), ask(question)]
  }

  /// The command that is waited for.
  var foreground: String? { running.first { $0.value.mode != .background }?.key }

  /// Ends what still runs, then says where the run stands.
  mutating func leave(_ status: Int32, because reason: String?) -> [Effect] {
    if leaving == nil { leaving = status }
    question = nil
    var effects: [Effect] = reason.map { [.print(["", $0])] } ?? []
    guard running.isEmpty, starting == nil else { return effects + [.close] }
    effects.append(.print(farewell))
    return effects + [.leave(leaving ?? status)]
  }
}
