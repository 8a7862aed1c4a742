import Incidents
import TestSupport
import Testing
import Values

@testable import Playbooks

/// A run without a screen over a journal in memory: what hands would do is done at once, or told.
final class Conversation {
  private let record: MemoryRecord
  private let document: PlaybookDocument
  private let options: PlainRun.Options
  private(set) var plain: PlainRun
  var now = Instant(rfc3339: "2026-11-21T03:00:00Z") ?? Instant(milliseconds: 0)
  /// Since the last answer: lines, prompts after `? `, and what was done.
  private(set) var told: [String] = []
  private(set) var all: [String] = []
  private(set) var status: Int32?
  /// Of the command that was started last.
  private(set) var id = ""
  private var running: (plan: CommandPlan, mode: CommandStarted.Mode)?

  convenience init(
    _ text: String, whyNoCommands: String? = nil, startAt: String? = nil, hasTerminal: Bool = false
  ) throws {
    let (document, problems) = read(text, file: "high-error-rate.md")
    try #require(problems.isEmpty)
    let record = MemoryRecord()
    try record.perform(StartRun(document, system: "shop", sha256: "ab"), at: "03:00")
    let options = PlainRun.Options(
      whyNoCommands: whyNoCommands, directory: "/work", target: "shop", startAt: startAt,
      hasTerminal: hasTerminal)
    try self.init(record, document, options)
  }

  private init(_ record: MemoryRecord, _ document: PlaybookDocument, _ options: PlainRun.Options) throws {
    self.record = record
    self.document = document
    self.options = options
    let run = try #require(try record.entity(Run.self, "R-1"))
    plain = PlainRun(document, run: run, options: options, at: now)
  }

  var run: Run { (try? record.entity(Run.self, "R-1")) ?? Run(key: "") }

  /// Another process takes the run up.
  func resumed(orphans: [Orphan] = []) throws -> Conversation {
    var options = options
    options.orphans = orphans
    return try Conversation(record, document, options)
  }

  func begin() { receive(.begin) }

  func say(_ lines: String...) {
    told = []
    for line in lines { take(.answer(line)) }
  }

  func receive(_ input: PlainRun.Input) {
    told = []
    take(input)
  }

  func lose(_ id: String) throws {
    try record.perform(LoseCommand(run: "R-1", id: id, reason: "its console is gone"), at: "03:00")
  }

  /// The command that runs ends.
  func finish(exit: Int?, _ written: String = "", cause: CommandFinished.Cause? = nil) {
    told = []
    guard let running else { return }
    self.running = nil
    var output = CommandOutput()
    _ = output.receive(Array(written.utf8), isError: false)
    _ = output.finish()
    take(.news(CommandNews(id: id, output: output, heard: now)))
    var report = CommandReport(id: id)
    (report.exit, report.cause, report.took) = (exit, cause, .milliseconds(100))
    report.succeeded = cause == nil && exit.map { running.plan.judge($0).succeeded } ?? false
    report.lines = output.lines
    _ = try? record.perform(FinishCommand(run: "R-1", report), at: "03:00")
    take(.finished(report, run))
  }

  private func take(_ input: PlainRun.Input) {
    var inputs = [input]
    while !inputs.isEmpty {
      for effect in plain.receive(inputs.removeFirst(), at: now) { inputs += perform(effect) }
    }
  }

  private func tell(_ lines: [String]) {
    told += lines
    all += lines
  }

  private func perform(_ effect: PlainRun.Effect) -> [PlainRun.Input] {
    switch effect {
    case .print(let lines): tell(lines)
    case .ask(let prompt, _): tell(["? " + prompt])
    case .act(let act):
      tell(["act \(type(of: act))"])
      do {
        try record.perform(act, at: "03:00")
        return [.changed(run)]
      } catch {
        return [.refused("\(error)", run)]
      }
    case .start(let plan, let mode):
      tell(["start \(plan.step)/\(plan.index) \(mode): \(Inert.terminal(plan.text.shown))"])
      id = "c\(run.executions.count + 1)"
      let mark = ProcessMark(host: "h", boot: "", pid: 1, since: 0)
      let act = StartCommand(plan, run: "R-1", id: id, mode: mode, digest: "d", owner: mark)
      do {
        try record.perform(act, at: "03:00")
      } catch {
        return [.refused("\(error)", run)]
      }
      running = (plan, mode)
      return [.started(id: id, run)]
    case .cancel: tell(["cancel"])
    case .close: tell(["close"])
    case .show: tell(["show"])
    case .leave(let status):
      tell(["leave \(status)"])
      self.status = status
    }
    return []
  }
}
