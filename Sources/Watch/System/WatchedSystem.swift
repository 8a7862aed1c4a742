import Alerting
import Incidents
import Metrics
import Probes
import Systems
import Values

/// One system under watch: its endpoints, its series, which nobody else's rules see, and its alerts.
struct WatchedSystem: Sendable {
  private(set) var folder: SystemFolder
  private(set) var isTrusted: Bool
  var store = Store()
  var endpoints: [WatchedEndpoint] = []
  /// Where an endpoint stands in ``endpoints``, by its name.
  private var places: [String: Int] = [:]
  /// What of ``endpoints`` depends on what.
  private(set) var dependencies = Dependencies()
  /// Which of ``endpoints`` are checks of connectivity.
  private(set) var checks: [Int] = []
  /// While nothing can be said of anybody; nil: as it should be.
  var suspension: Suspension?
  /// When which of ``endpoints`` wants attention.
  var agenda = Agenda(count: 0)
  /// What rules wait for before they are evaluated at all; nil once they are.
  var settling: Settling?
  /// What waits for the samples of before; nil once they are there.
  var restoring: Restoring?
  var groups: [WatchedGroup] = []
  var silences: [Silence] = [] {
    didSet {
      guard oldValue != silences else { return }
      muting.take(silences)
      nextMuting = Uptime(milliseconds: .min)
      touch()
    }
  }
  /// What is known of when its routines were done.
  var routines = RoutineFindings() {
    didSet { if oldValue != routines { touch() } }
  }
  /// Steps of runs that tick themselves.
  var steps = StepWatch()
  var remotes = Remotes()
  /// Questions for graphs that a remote engine has in hand, by id.
  var charts: [Int: OpenChart] = [:]
  var muting = MutingState()
  /// When something that mutes begins or ends next.
  var nextMuting: Uptime?
  /// When the watch over it began.
  let started: Instant
  /// Whether the journal was told which windows of maintenance take place.
  var hasRecordedMaintenance = false
  private(set) var problems: [String] = []
  private(set) var warnings: [String] = []
  /// Whether something changed since the last snapshot.
  var isDirty = true
  /// Whether that was more than another answer of the same kind: a state changed.
  var isUrgent = true
  var lastPublished: Uptime?
  /// When samples that no rule needs any more are dropped next.
  var nextTrim: Uptime
  /// How long samples are kept: an hour, or as long as the longest window of a rule, and the time of a lookback.
  private(set) var retention = Span.hours(1)
  /// The few series that are kept for longer, by their metric's name.
  private(set) var kept: [String: Span] = [:]
  var lastEvaluation: Instant?
  /// Answers of endpoints since it is under watch.
  var answers = 0

  /// Snapshots are at least this far apart: when a state changed, and when only figures did.
  static let publishing = (urgent: Span.milliseconds(100), routine: Span.milliseconds(500))

  init(_ folder: SystemFolder, isTrusted: Bool, at now: Moment) {
    self.folder = folder
    self.isTrusted = isTrusted
    nextTrim = now.uptime + .minutes(1)
    started = now.wall
    muting.take(folder, isFresh: true, at: now.wall)
    endpoints = folder.polled.map { endpoint, isCheck in
      let turns = Self.turns(of: endpoint, in: folder, at: now)
      return WatchedEndpoint(
        endpoint, of: folder.name, heldBack: endpoint.heldBack(isTrusted: isTrusted), isCheck: isCheck,
        first: turns.first, second: turns.second)
    }
    groups = folder.ruleGroups.map { group in
      WatchedGroup(
        RuleGroup(group, surroundings: folder.surroundings), every: group.interval ?? folder.every)
    }
    index(at: now)
    settle(at: now)
  }

  /// First polls are spread a little, so that a thousand do not start at once, yet a board fills at once.
  static func spread(of folder: SystemFolder) -> Span {
    min(longestSpread, .milliseconds(Int64(folder.endpoints.count) * 10))
  }

  private static let longestSpread = Span.seconds(2)

  /// The first turns of an endpoint, spread; where there are many, their rates are spread over the whole interval
  /// from the second turn on.
  static func turns(
    of endpoint: Endpoint, in folder: SystemFolder, at now: Moment
  ) -> (first: Uptime, second: Uptime?) {
    let spread = spread(of: folder)
    let first = now.uptime + Schedule.jitter(of: endpoint.name, within: spread)
    guard spread >= longestSpread else { return (first, nil) }
    let half = Span(milliseconds: endpoint.every.milliseconds / 2)
    return (
      first, now.uptime + half + Schedule.jitter(of: "rate of " + endpoint.name, within: endpoint.every)
    )
  }

  /// Makes anew what is derived from ``endpoints`` and ``groups``.
  private mutating func index(at now: Moment) {
    places = Dictionary(zip(endpoints.map(\.endpoint.name), endpoints.indices)) { first, _ in first }
    checks = endpoints.indices.filter { endpoints[$0].isCheck }
    dependencies = Dependencies(
      endpoints.map { watched in watched.endpoint.dependsOn.compactMap { places[$0] } })
    agenda = Agenda(count: endpoints.count)
    for index in endpoints.indices { agenda.set(index, to: endpoints[index].deadline(at: now)) }
    retention = max(.hours(1), .milliseconds(groups.map(\.group.reach).max() ?? 0)) + .minutes(5)
    kept = groups.reduce(into: [:]) { $0.merge($1.group.definition.kept) { max($0, $1) } }
  }

  /// Where the endpoint of that name stands in ``endpoints``. O(1).
  func place(of endpoint: String) -> Int? { places[endpoint] }

  mutating func touch(isUrgent: Bool = true) {
    isDirty = true
    self.isUrgent = self.isUrgent || isUrgent
  }

  /// When the next snapshot may go out; nil when there is nothing new to show.
  var nextPublication: Uptime? {
    guard isDirty, let lastPublished else { return nil }
    return lastPublished + (isUrgent ? Self.publishing.urgent : Self.publishing.routine)
  }

  mutating func reject(_ problems: [String]) {
    self.problems = problems
    touch()
  }

  mutating func warn(_ warnings: [String]) {
    self.warnings = warnings
    touch()
  }

  /// Takes an edited folder: endpoints and alerts that are still there keep their states.
  mutating func reload(_ folder: SystemFolder, isTrusted: Bool, at moment: Moment) -> [WatchEffect] {
    let now = moment.wall
    let known = Dictionary(endpoints.map { ($0.endpoint.name, $0) }) { first, _ in first }
    endpoints = folder.polled.map { endpoint, isCheck in
      let held = endpoint.heldBack(isTrusted: isTrusted)
      let same = known[endpoint.name].flatMap { $0.isCheck == isCheck ? $0 : nil }
      return same?.redefined(endpoint, of: folder.name, heldBack: held, at: moment)
        ?? WatchedEndpoint(
          endpoint, of: folder.name, heldBack: held, isCheck: isCheck, first: moment.uptime)
    }
    var before = groups
    var ended: [AlertTransition] = []
    groups = folder.ruleGroups.map { definition in
      var made = RuleGroup(definition, surroundings: folder.surroundings)
      if let index = before.firstIndex(where: { $0.group.name == definition.name }) {
        ended += made.inherit(from: before.remove(at: index).group, at: now)
      }
      var group = WatchedGroup(made, every: definition.interval ?? folder.every)
      if settling == nil { group.evaluateSoon(at: moment.uptime + .seconds(1)) }
      return group
    }
    for index in before.indices {
      ended += before[index].group.ended(at: now)
      before[index].group.retire(at: now, in: &store)
    }
    self.folder = folder
    self.isTrusted = isTrusted
    muting.take(folder, isFresh: false, at: now)
    hasRecordedMaintenance = false
    problems = []
    warnings = []
    index(at: moment)
    settling?.waiting = endpoints.count { $0.isAwaited }
    touch()
    let resolved =
      ended.filter { $0.from == .firing }.map { AlertResolved($0, system: folder.name) }
      + configureRemotes(at: moment)
    let ends: [WatchEffect] =
      resolved.isEmpty ? [] : [.record(RecordTransitions(resolved: resolved, at: now))]
    // Where nobody checks any more, nobody would say that it is back.
    let back = checks.isEmpty && suspension?.cause == .connection ? resume(at: moment) : []
    return ends + back + reconsider(Array(endpoints.indices), at: moment)
  }

  /// O(groups): it is asked after every answer.
  func nextDeadline(isWatched: Bool) -> Uptime? {
    var earliest = agenda.first?.due
    func consider(_ deadline: Uptime?) {
      guard let deadline else { return }
      earliest = earliest.map { min($0, deadline) } ?? deadline
    }
    if let restoring {
      consider(restoring.until)
    } else if suspension == nil {
      consider(settling?.until)
    }
    consider(suspension?.until)
    consider(remotes.nextDeadline)
    if restoring == nil, suspension == nil, settling == nil { consider(steps.due) }
    for index in groups.indices { consider(groups[index].due) }
    consider(nextMuting)
    if isWatched, let nextPublication { consider(nextPublication) }
    return earliest
  }

  func hasSettled(rounds count: Int) -> Bool {
    endpoints.allSatisfy { !$0.isPolled || $0.rounds >= count }
  }

  var saved: SavedSystem {
    SavedSystem(
      store: store, alerts: groups.flatMap(\.group.persisted), retention: retention, kept: kept,
      objectives: savedObjectives)
  }
}
