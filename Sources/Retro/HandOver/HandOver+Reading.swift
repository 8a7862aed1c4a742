import Comms
import Incidents
import Playbooks
import Values

extension HandOver {
  /// A role, and who has it; nobody while `who` is nil.
  package struct Role: Codable, Equatable, Sendable {
    package let role: String
    package let who: String?
  }

  /// A deadline as it stood when this was made.
  package struct Timer: Codable, Equatable, Sendable {
    /// `resolve`, `escalation:L2`, `update:users`.
    package let clock: String
    package let title: String
    package let due: Instant
    /// `running`, `overdue`, `met`, `snoozed`, `dismissed`.
    package let state: String
    package let who: String?
    package let asks: String?
    package let promised: Bool
    /// `in 2m10s`, `overdue by 12s`, `met at 03:18Z`.
    package let standing: String
  }

  /// Something that waits for somebody.
  package struct Ask: Codable, Equatable, Sendable {
    package let what: String
    /// Of whom it is asked, where that is known.
    package let who: String?
  }

  /// Something that was done against the trouble, and what came of it.
  package struct Attempt: Codable, Equatable, Sendable {
    package let at: Instant
    package let by: String
    /// `R-1 2.3`.
    package let place: String
    package let what: String
    /// `done`, `exit 0`, `failed: why`.
    package let outcome: String
    /// Whether it did what it should; nil while nobody knows.
    package let succeeded: Bool?
  }

  /// Something that has to be taken back some time.
  package struct Change: Codable, Equatable, Sendable {
    package let what: String
    package let undo: String
    package let by: String
    package let at: Instant
    /// `R-1 2.3`, `SIL-2`.
    package let place: String
  }

  package var roles: [Role] {
    let others = incident.roles.keys.filter { !knownRoles.contains($0) }.sorted()
    return (knownRoles + others).map { Role(role: $0, who: incident.roles[$0]) }
  }

  /// What is due next before what is due later, and what is over at the end; time boxes stand with their tasks, and
  /// a rung that was reached asks for something.
  package var timers: [Timer] {
    let all = incident.deadlines.filter { deadline in
      switch deadline.name {
      case .task: false
      case .rung: deadline.met == nil
      default: true
      }
    }
    return (all.filter(\.isOpen) + all.filter { !$0.isOpen }).map {
      Timer(
        clock: $0.name.text, title: $0.label, due: $0.due, state: $0.word(at: made), who: $0.who,
        asks: $0.asks,
        promised: $0.isPromised, standing: $0.standing(at: made))
    }
  }

  package var openTasks: [Incident.Task] { incident.openTasks }

  /// What waits for a person: alerts that nobody has, drafts, deliveries that have not arrived, the rung of the ladder that holds, runs that are
  /// not ended.
  package var asks: [Ask] {
    var asks = alerts.filter { $0.acknowledgement.map { $0.until.map { $0 <= made } ?? false } ?? true }
      .compactMap { alert in
        alert.fired.map { Ask(what: "\($0.rule) of \($0.system) fires, and nobody has it", who: nil) }
      }
    for draft in drafts where draft.isOpen {
      let waits = draft.approved.map { "approved by \($0.by), not sent" } ?? "not sent"
      asks.append(
        Ask(what: "\(draft.key) for \(draft.audience) is \(waits): \(draft.subject)", who: draft.saved?.by))
    }
    for delivery in deliveries {
      let why = delivery.reason.map { ": \($0)" } ?? ""
      let what =
        switch delivery.state {
        case .unknown: "may have arrived, look there\(why)"
        case .failed where delivery.retryAt == nil: "did not arrive\(why)"
        case .failed: "is tried again\(why)"
        default: "is on its way"
        }
      asks.append(
        Ask(what: "\(delivery.draft ?? delivery.key) to \(delivery.place) \(what)", who: delivery.queuedBy))
    }
    for run in runs where run.isOpen {
      let (settled, of) = run.progress
      let next = run.current.flatMap { step in run.steps.first { $0.step == step } }
      let place = next.map { ", next is \($0.step) \($0.title)" } ?? ""
      asks.append(
        Ask(
          what: "\(run.key) \(run.started?.playbook ?? "") is open, \(settled) of \(of) steps\(place)",
          who: next.flatMap { run.assigned[$0.step] }))
    }
    if incident.isOpen, let rung = incident.rung(at: made), let what = rung.asks {
      asks.append(Ask(what: "\(rung.name) asks for \(what)", who: rung.contact))
    }
    return asks
  }

  package var lastUpdate: SentUpdate? { lastUpdates.first }

  /// The last update to each audience, the latest first.
  package var lastUpdates: [SentUpdate] {
    var seen: Set<String?> = []
    return SentUpdate.all(in: events).reversed().filter { seen.insert($0.audience).inserted }
  }

  /// When the next update was promised for, to whichever audience comes first.
  package var nextPromise: Instant? { incident.promise }

  /// What each audience was promised and did not get yet, the earliest first.
  package var nextPromises: [Promise] {
    incident.promises.sorted(by: Deadline.comesFirst).map { Promise(audience: $0.who, due: $0.due) }
  }

  package struct Promise: Codable, Equatable, Sendable {
    /// Nil: to anybody.
    package let audience: String?
    package let due: Instant
  }

  /// Steps and commands of its runs, oldest first.
  package var tried: [Attempt] {
    let attempts = runs.flatMap { run in steps(of: run) + commands(of: run) }
    return attempts.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
  }

  private func steps(of run: Run) -> [Attempt] {
    let known = run.steps.compactMap { step in run.marks[step.step].map { (step, $0) } }
    let marked = known + run.leftBehind.map { ($0.step, $0.mark) }
    return marked.compactMap { step, mark in
      let outcome: String
      switch mark.state {
      case .todo: return nil
      case .doing: outcome = "being done"
      case .notApplicable: outcome = "not applicable"
      case .unknown: outcome = "outcome unknown"
      case .done, .skipped, .failed: outcome = mark.state.rawValue
      }
      let reason = mark.reason.map { $0.isEmpty ? "" : ": \($0)" } ?? ""
      let succeeded: Bool? = mark.state == .done ? true : mark.state == .failed ? false : nil
      return Attempt(
        at: mark.at, by: mark.by, place: "\(run.key) \(step.step)", what: step.title,
        outcome: outcome + reason, succeeded: succeeded)
    }
  }

  private func commands(of run: Run) -> [Attempt] {
    run.executions.map { execution in
      let outcome: String
      var succeeded: Bool?
      switch execution.end {
      case nil: outcome = "still runs"
      case .unknown(let reason, _): outcome = "outcome unknown: \(reason)"
      case .finished(let fact, _):
        outcome = Timeline.end(fact)
        succeeded = fact.cause == .cancelled || fact.cause == .closed ? nil : fact.succeeded
      }
      return Attempt(
        at: execution.at, by: execution.by, place: "\(run.key) \(execution.started.step)",
        what: "$ \(Timeline.line(execution.started.command))", outcome: outcome, succeeded: succeeded)
    }
  }

  /// What steps have left in force, and silences of its systems; oldest first.
  package var inForce: [Change] {
    let effects = runs.flatMap { run in
      run.effects.map {
        Change(what: $0.what, undo: $0.undo, by: $0.by, at: $0.at, place: "\(run.key) \($0.step)")
      }
    }
    let muted = silences.compactMap { silence -> Change? in
      guard let fact = silence.fact, let end = silence.end else { return nil }
      return Change(
        what: "\(fact.system) {\(fact.matchers.joined(separator: ", "))} is silenced: \(fact.comment)",
        undo: "ends by itself at \(end.dateClockUTC)", by: silence.by ?? "", at: fact.start,
        place: silence.key)
    }
    return (effects + muted).sorted { ($0.at, $0.place) < ($1.at, $1.place) }
  }

  /// What was decided, and what somebody pinned, oldest first; what was taken back is left out.
  package var remembered: [TimelineLine] {
    let decided = Set(events.filter { $0.kind == IncidentDecided.kind }.map(\.id))
    return Timeline(events).lines.filter { ($0.isPinned || decided.contains($0.id)) && $0.retracted == nil }
  }
}
