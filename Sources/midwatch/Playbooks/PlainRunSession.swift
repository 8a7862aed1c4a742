import Foundation
import Glibc
import Host
import Incidents
import Journal
import Playbooks
import Systems
import Transfer
import Values

/// The hands of a run without a screen: reads answers, commits acts, runs commands, and tells ``PlainRun``.
final class PlainRunSession {
  private enum Message: Sendable {
    case wish(PlainSignals.Wish)
    case news(CommandNews)
  }

  private let journal: Journal
  private let actor: Actor
  private let key: String
  private let mark = ProcessTable.ownMark()
  private let mailbox = Mailbox<Message>()
  private let runner: CommandRunner
  private let handOver: TerminalHandOver
  private let answers: AnswerReader
  private var plain: PlainRun
  private var commands = 0
  /// Effects of one input are done before the next is received.
  private var inputs: [PlainRun.Input] = [.begin]
  private var status: Int32?
  private var hasHungUp = false

  /// Begins the run, or takes up the one that is open.
  init(_ subject: RunSubject, for verb: PlaybookRun, in journal: Journal, by actor: Actor) throws {
    self.journal = journal
    self.actor = actor
    let mailbox = mailbox
    // Before any thread is started that could be interrupted.
    PlainSignals.hear { mailbox.post(.wish($0)) }
    let preparation = RunPreparation(subject, verb, journal, actor)
    let ready = try preparation.make()
    key = ready.run.key
    let gate = CommandGate(
      journal, sources: subject.book.map { [$0.source] } ?? [],
      named: subject.isFile ? [ready.document.digest] : [], mayExecute: !verb.mayNotExecute)
    runner = CommandRunner(
      state: verb.options.folder.path, permission: { gate.refusal(of: $0) }, tell: { mailbox.post(.news($0)) }
    )
    handOver = TerminalHandOver(state: verb.options.folder.path, gate: gate)
    plain = PlainRun(
      ready.document, run: ready.run, options: ready.options, secrets: ready.secrets, at: Clock.now())
    answers = AnswerReader()
  }

  /// Until it is left; returns the exit status.
  func run() -> Int32 {
    defer {
      answers.close()
      runner.stop()
    }
    while true {
      while !inputs.isEmpty {
        for effect in plain.receive(inputs.removeFirst(), at: Clock.now()) { perform(effect) }
        if let status { return status }
      }
      guard answers.canWrite || hasHungUp else {
        // Nobody reads what is printed, so that nobody can know what would be answered.
        hasHungUp = true
        inputs.append(.terminate)
        continue
      }
      wait()
    }
  }

  private func wait() {
    let timeout = plain.nextDeadline.map { max(0, ($0 - Clock.now()).milliseconds) }
    if let line = answers.poll(beside: mailbox.fileDescriptor, for: timeout) { inputs.append(line) }
    for message in mailbox.drain() {
      switch message {
      case .wish(.interrupt): inputs.append(.interrupt)
      case .wish(.end): inputs.append(.terminate)
      case .news(let news): take(news)
      }
    }
    if let deadline = plain.nextDeadline, deadline <= Clock.now() { inputs.append(.tick) }
  }

  private func take(_ news: CommandNews) {
    inputs.append(.news(news))
    guard let report = news.report else { return }
    // What was typed meanwhile was not meant for the next question.
    answers.forget()
    do {
      try journal.perform(FinishCommand(run: key, report), by: actor, at: Clock.now())
    } catch {
      answers.print(["How the command ended could not be written down: \(Inert.terminal(Sentence.of(error)))"]
      )
    }
    inputs.append(.finished(report, current))
  }

  /// The run as the journal has it now.
  private var current: Run { (try? journal.entity(Run.self, key: key)) ?? plain.state }

  private func perform(_ effect: PlainRun.Effect) {
    switch effect {
    case .print(let lines): answers.print(lines)
    case .ask(let prompt, let isSecret): answers.ask(prompt, isSecret: isSecret)
    case .act(let act):
      do {
        try journal.perform(act, by: actor, at: Clock.now())
        inputs.append(.changed(current))
      } catch {
        inputs.append(.refused(Sentence.of(error), current))
      }
    case .start(let plan, let mode): start(plan, mode)
    case .cancel(let id): runner.cancel(id)
    case .close: runner.stop()
    case .show(let sha256):
      let bytes = try? journal.blob(sha256: sha256)
      let text = bytes.map { String(decoding: $0, as: UTF8.self) }
      answers.print(
        text.map { Inert.terminalLines($0).map { "| " + $0 } }
          ?? ["The journal does not have this output any more."])
    case .leave(let status): self.status = status
    }
  }

  /// The start is in the journal before there is a process.
  private func start(_ plan: CommandPlan, _ mode: CommandStarted.Mode) {
    commands += 1
    let id = mark.command(commands, at: Clock.now())
    let act = StartCommand(plan, run: key, id: id, mode: mode, digest: plan.digest, owner: mark)
    do {
      try journal.perform(act, by: actor, at: Clock.now())
    } catch {
      inputs.append(.refused(Sentence.of(error), current))
      return
    }
    inputs.append(.started(id: id, current))
    let order = CommandOrder(id: id, run: key, mode: mode, plan: plan)
    if mode == .terminal { giveTerminal(to: order) } else { runner.run(order) }
  }

  /// Until it has ended; what comes meanwhile of commands in the background waits, but the wish to end does not.
  private func giveTerminal(to order: CommandOrder) {
    var isEnding = false
    let report = handOver.run(order, watching: [mailbox.fileDescriptor]) {
      for message in mailbox.drain() {
        switch message {
        // Ctrl-C was for the command, which has the terminal.
        case .wish(.interrupt): break
        case .wish(.end): isEnding = true
        case .news(let news): take(news)
        }
      }
      return !isEnding
    }
    var news = CommandNews(id: order.id, output: CommandOutput(), heard: Clock.now())
    news.report = report
    take(news)
    if isEnding { inputs.append(.terminate) }
  }
}
