import Incidents
import Metrics
import Probes
import PromQL
import Systems
import Values

/// The engine: polls, evaluates and publishes, as a pure state machine.
///
/// It is told what came and what time it is, and says what to do. It reads no clock, opens no socket and
/// starts no thread; `Host` does.
package struct Watch: Sendable {
  /// In the order in which the watch over them began.
  private var systems: [WatchedSystem] = []
  /// Where a system stands among them, by its name.
  private var places: [String: Int] = [:]
  private var silences: [Silence] = []
  private var recorded: [String: RoutineFindings.Recorded] = [:]
  private var waiting: [String: [WaitingStep]] = [:]
  private var isWatched = false
  /// When it was called last.
  private var last: Moment?
  private let followsSchedule: Bool
  private let origin: String

  /// - Parameters:
  ///   - followsSchedule: false for one that polls and evaluates only when it is told to.
  ///   - origin: of the journal; marks what is ours in remote engines.
  package init(followsSchedule: Bool = true, origin: String = "") {
    self.followsSchedule = followsSchedule
    self.origin = origin
  }

  package var systemNames: [String] { systems.map(\.folder.name) }

  /// Whether something keeps an alert from being heard; false for a system that is not under watch.
  package func mutes(_ alert: AlertIdentity, at now: Instant) -> Bool {
    places[alert.system].map { systems[$0].mutes(alert, at: now) } ?? false
  }

  /// When ``receive(_:at:)`` wants a tick; nil when nothing is under watch.
  package var nextDeadline: Uptime? {
    guard followsSchedule else { return nil }
    // Where they are: a system is much to copy.
    return systems.withUnsafeBufferPointer { systems in
      systems.indices.lazy.compactMap { systems[$0].nextDeadline(isWatched: isWatched) }.min()
    }
  }

  /// By a clock that nobody sets.
  package mutating func receive(_ input: WatchInput, at now: Instant) -> [WatchEffect] {
    receive(input, at: Moment(now))
  }

  package mutating func receive(_ input: WatchInput, at now: Moment) -> [WatchEffect] {
    notice(at: now) + take(input, at: now)
  }

  /// Takes several that came together, one after another; what else is due is looked at once, behind them.
  package mutating func receive(_ inputs: [WatchInput], at now: Moment) -> [WatchEffect] {
    var effects = notice(at: now)
    for input in inputs {
      if case .observed(let system, let observation) = input {
        effects += observe(observation, of: system, at: now)
      } else {
        effects += take(input, at: now)
      }
    }
    return effects + attend(at: now)
  }

  /// Carries all that counts time over a gap, if there was one since the last call.
  private mutating func notice(at now: Moment) -> [WatchEffect] {
    defer { last = now }
    guard followsSchedule, let last, let gap = Gap(from: last, to: now, due: nextDeadline) else { return [] }
    for index in systems.indices { systems[index].bridge(gap, at: now) }
    return [.notice(gap.sentence)]
  }

  private mutating func take(_ input: WatchInput, at now: Moment) -> [WatchEffect] {
    switch input {
    case .load(let folder, let isTrusted, let saved, let firing):
      return load(folder, isTrusted: isTrusted, at: now) { $0.restore(saved, firing: firing, at: now) }
    case .begin(let folder, let isTrusted, let firing):
      return load(folder, isTrusted: isTrusted, at: now) { $0.begin(firing: firing, at: now) }
    case .restored(let system, let saved):
      if let index = places[system] { systems[index].restored(saved, at: now) }
      return attend(at: now)
    case .rejected(let system, let problems):
      if let index = places[system] {
        systems[index].reject(problems.map(\.description))
        return attend(at: now)
      }
      // It never ran, so all there is to show is why.
      var snapshot = SystemSnapshot(system: system, title: system, at: now.wall)
      snapshot.problems = problems.map(\.description)
      return [.publish(snapshot)] + attend(at: now)
    case .warned(let system, let problems):
      if let index = places[system] { systems[index].warn(problems.map(\.description)) }
      return attend(at: now)
    case .observed(let system, let observation):
      return observe(observation, of: system, at: now) + attend(at: now)
    case .answered(let system, let call, let answer, let jitter):
      let effects = places[system].map { systems[$0].answered(call, answer, jitter: jitter, at: now) } ?? []
      return effects + attend(at: now)
    case .probe(let system, let endpoint):
      return places[system].map { systems[$0].probeNow(endpoint, at: now) } ?? []
    case .trace(let id, let system, let endpoint): return trace(id, of: system, endpoint)
    case .silences(let silences):
      self.silences = silences
      for index in systems.indices {
        let name = systems[index].folder.name
        systems[index].silences = silences.filter { $0.fact?.system == name }
      }
      return attend(at: now)
    case .routines(let recorded):
      self.recorded = recorded
      for index in systems.indices {
        systems[index].routines.recorded = recorded[systems[index].folder.name] ?? .init()
      }
      return attend(at: now)
    case .evidence(let system, let found):
      if let index = places[system] { systems[index].routines.evidence = found }
      return attend(at: now)
    case .waiting(let steps):
      waiting = steps
      for index in systems.indices {
        systems[index].steps.take(steps[systems[index].folder.name] ?? [], at: now)
      }
      return attend(at: now)
    case .watched(let isWatched):
      // Whoever begins to look has seen nothing yet, though others have.
      if isWatched { for index in systems.indices { systems[index].touch() } }
      self.isWatched = isWatched
      return attend(at: now)
    case .query(let id, let system, let expression, let start, let end, let step):
      return ask(id, of: system, expression, start: start, end: end, step: step, at: now)
    case .evaluate:
      return systems.indices.flatMap { systems[$0].evaluateAll(at: now) + systems[$0].tickRemotes(at: now) }
    case .took(let system, let group, let seconds):
      if let index = places[system] { systems[index].note(seconds, ofGroup: group) }
      return []
    case .tick:
      return tick(at: now)
    }
  }

  /// What to keep of a system for the next start: samples and timers as they are now.
  ///
  /// Nil while those of the last start are still being read: they are not to be replaced.
  package func saved(_ system: String) -> SavedSystem? {
    places[system].flatMap { systems[$0].restoring == nil ? systems[$0].saved : nil }
  }

  /// A snapshot of every system as it is, whether anybody looks or not.
  package func snapshots(at now: Instant) -> [SystemSnapshot] {
    systems.indices.map { systems[$0].snapshot(at: Moment(now)) }
  }

  /// What it knows of its own work.
  package func figures(at now: Instant) -> EngineFigures {
    EngineFigures(at: now, systems: systems.map(\.figures))
  }

  /// Whether every endpoint that is polled has answered or failed `count` times.
  package func hasSettled(rounds count: Int) -> Bool {
    systems.allSatisfy { $0.hasSettled(rounds: count) }
  }

  /// Whether no call to a remote engine is awaited.
  package var remotesAreIdle: Bool { systems.allSatisfy { $0.remotes.openCalls == 0 } }

  /// One system's series, as they are; nil when it is not under watch.
  package func store(of system: String) -> Store? { places[system].map { systems[$0].store } }

  private mutating func observe(
    _ observation: Observation, of system: String, at now: Moment
  ) -> [WatchEffect] {
    places[system].map { systems[$0].observe(observation, at: now) } ?? []
  }

  /// A probe out of turn that changes nothing: for somebody who wants to see all of it.
  private func trace(_ id: Int, of system: String, _ name: String) -> [WatchEffect] {
    guard let place = places[system],
      let watched = systems[place].endpoints.first(where: { $0.endpoint.name == name })
    else {
      return [.refuseTrace(id: id, "\(Inert.terminal(system)) has no endpoint \(Inert.terminal(name)).")]
    }
    if let reason = watched.heldBack {
      return [.refuseTrace(id: id, "It is not probed: \(Inert.terminal(reason)).")]
    }
    return [.trace(id: id, system: system, watched.endpoint)]
  }

  private mutating func load(
    _ folder: SystemFolder, isTrusted: Bool, at now: Moment,
    restore: (inout WatchedSystem) -> [WatchEffect]
  ) -> [WatchEffect] {
    var effects: [WatchEffect] = []
    let index = places[folder.name] ?? systems.count
    if index < systems.count {
      effects += systems[index].reload(folder, isTrusted: isTrusted, at: now)
    } else {
      var system = WatchedSystem(folder, isTrusted: isTrusted, at: now)
      system.silences = silences.filter { $0.fact?.system == folder.name }
      system.routines.recorded = recorded[folder.name] ?? .init()
      system.steps.take(waiting[folder.name] ?? [], at: now)
      system.openRemotes(origin: origin, mayAct: followsSchedule, at: now)
      effects += restore(&system)
      places[folder.name] = index
      systems.append(system)
    }
    // Now, and not with the first tick: one that follows no schedule has none.
    effects += systems[index].advanceMuting(at: now.wall)
    return effects + attend(at: now)
  }

  /// Evaluates one group that is due; where none is, does everything else that is.
  private mutating func tick(at now: Moment) -> [WatchEffect] {
    guard followsSchedule else { return [] }
    for index in systems.indices {
      if let effects = systems[index].evaluateNext(at: now) { return effects }
    }
    return attend(at: now)
  }

  /// Everything that is due but evaluations.
  private mutating func attend(at now: Moment) -> [WatchEffect] {
    guard followsSchedule else { return [] }
    var effects: [WatchEffect] = []
    for index in systems.indices {
      effects += systems[index].advanceMuting(at: now.wall)
      systems[index].nextMuting = systems[index].muting.nextChange.map(now.uptime(of:))
      effects += systems[index].restoreIfLate(at: now)
      effects += systems[index].poll(at: now)
      effects += systems[index].tickRemotes(at: now)
      systems[index].settleIfReady(at: now)
      effects += systems[index].tickSteps(at: now)
      systems[index].trimIfDue(at: now)
      if isWatched, let snapshot = systems[index].snapshotIfChanged(at: now) {
        effects.append(.publish(snapshot))
      }
    }
    return effects
  }

  private mutating func ask(
    _ id: Int, of name: String, _ expression: String, start: Instant, end: Instant, step: Span, at now: Moment
  ) -> [WatchEffect] {
    guard let index = places[name] else { return [.refuse(id: id, "No system \(name) is under watch.")] }
    guard start <= end, step > .zero else { return [.refuse(id: id, "The range ends before it begins.")] }
    guard (end - start).milliseconds / step.milliseconds < Int64(AdHocQuery.maximumSteps) else {
      return [.refuse(id: id, "More than \(AdHocQuery.maximumSteps) points a line; take a longer step.")]
    }
    do throws(ParseError) {
      let parsed = try PromQL.parse(expression)
      let elsewhere = systems[index].askRemotely(
        id, parsed, expression, from: start, to: end, step: step, at: now)
      if let elsewhere { return elsewhere }
      let query = AdHocQuery(
        query: Query(parsed), expression: expression, start: start, end: end, step: step,
        store: systems[index].store)
      return [.ask(id: id, query)]
    } catch {
      return [.refuse(id: id, "\(error)")]
    }
  }
}
