import Alerting
import Incidents
import Metrics
import Probes
import PromQL
import Values

/// Publishing: what a board shows of this system.
extension WatchedSystem {
  /// Nil when nothing changed, or when the last one is too young; see ``publishing``.
  mutating func snapshotIfChanged(at now: Moment) -> SystemSnapshot? {
    guard isDirty, nextPublication.map({ $0 <= now.uptime }) ?? true else { return nil }
    isDirty = false
    isUrgent = false
    lastPublished = now.uptime
    return snapshot(at: now)
  }

  func snapshot(at moment: Moment) -> SystemSnapshot {
    let now = moment.wall
    var snapshot = SystemSnapshot(system: folder.name, title: folder.title, at: now, digest: folder.digest)
    let mutings = mutings(at: now)
    snapshot.endpoints = endpoints.filter { !$0.isCheck }.map { row($0, at: moment) }
    snapshot.suspension = suspension.map(SuspensionRow.init)
    let own = alertRows(mutings, at: now)
    snapshot.alerts = remotes.marked(own, isRemote: isRemote) + reportedRows(mutings)
    snapshot.remotes = remotes.rows
    snapshot.maintenance = maintenanceRows(mutings)
    snapshot.objectives = objectiveRows(at: now)
    snapshot.routines = RoutineRow.rows(of: folder, routines)
    snapshot.failures = groups.flatMap(\.failures)
    snapshot.lastEvaluation = lastEvaluation
    snapshot.groups = groups.map(\.row)
    snapshot.series = store.seriesCount
    snapshot.untrusted = isTrusted ? [] : folder.needsTrust
    snapshot.problems = problems
    snapshot.warnings = warnings
    return snapshot
  }

  var figures: EngineFigures.System {
    var figures = EngineFigures.System(
      system: folder.name, endpoints: endpoints.count { !$0.isCheck }, series: store.seriesCount,
      appended: store.appended,
      answers: answers, groups: groups.map(\.row))
    figures.skipped = endpoints.reduce(0) { $0 + $1.schedule.skipped }
    let none = Dictionary(uniqueKeysWithValues: EndpointState.allCases.map { ($0.rawValue, 0) })
    figures.states = endpoints.reduce(into: none) { states, watched in
      guard !watched.isCheck else { return }
      let state = watched.heldBack == nil ? watched.monitor.state : .paused
      states[state.rawValue, default: 0] += 1
    }
    let instances = groups.lazy.flatMap(\.group.instances)
    figures.alerts = [
      "firing": instances.count { $0.state == .firing }, "pending": instances.count { $0.state == .pending },
    ]
    return figures
  }

  private func row(_ watched: WatchedEndpoint, at now: Moment) -> EndpointRow {
    let endpoint = watched.endpoint
    var row = EndpointRow(
      name: endpoint.name, kind: endpoint.kind.name, target: endpoint.target,
      state: EndpointRow.State(watched.monitor.state))
    row.since = watched.monitor.since
    row.next = watched.nextPoll.map(now.wall(of:))
    row.history = watched.history
    if row.state == .blocked { row.blockedBy = watched.monitor.blockedBy }
    row.flapping = EndpointRow.Flapping(watched.monitor.flapping, at: now.wall)
    row.delay = watched.restraint.cause
    row.skipped = watched.schedule.skipped
    row.isUnverified = endpoint.tls.verify ? nil : true
    if let reason = watched.heldBack {
      row.state = .paused
      row.reason = reason
    }
    if row.state == .maintenance { row.reason = note(of: endpoint.name, at: now.wall) }
    guard let last = watched.last else { return row }
    row.reason = row.reason ?? last.reason ?? last.remark
    row.code = last.code
    row.took = last.took
    row.phases = last.phases
    row.certificateExpiry = last.certificateExpiry
    row.samples = last.scraped
    row.checks = last.assertions.map {
      EndpointRow.Check(text: $0.text, passed: $0.passed, actual: $0.actual)
    }
    return row
  }

  private func alertRows(_ mutings: Mutings, at now: Instant) -> [AlertRow] {
    var rows: [AlertRow] = []
    for watched in groups {
      for alert in watched.group.instances where alert.state != .inactive {
        var row = AlertRow(
          identity: AlertIdentity(system: folder.name, rule: alert.rule, labels: alert.labels.dictionary),
          state: alert.state == .firing ? .firing : .pending, level: alert.level, activeAt: alert.activeAt,
          holds: alert.hold, summary: alert.summary, source: alert.source, expression: alert.expression)
        // `probe_success == 0` measures nothing: the summary says what is down.
        let isMeasured = alert.rule != EndpointDown.name
        row.value = isMeasured && alert.value.isFinite ? alert.figure : nil
        row.sign = isMeasured ? alert.threshold?.sign : nil
        row.threshold =
          !isMeasured
          ? nil
          : alert.threshold.flatMap {
            $0.value.isFinite ? Figure($0.value, unit: alert.unit) : nil
          }
        row.firedAt = alert.firedAt
        row.annotations = alert.annotations
        row.playbook = alert.playbook
        row.hasNoData = alert.hasNoData
        row.keptUntil = alert.keptUntil
        row.mutings = mutings.reasons(for: alert.labels, isNew: alert.firedAt.map { $0 >= started } ?? true)
        row.history = history(of: alert, at: now)
        rows.append(row)
      }
    }
    return rows
  }

  /// What the alert measures over the last minutes, in so many points.
  private func history(of alert: AlertInstance, at now: Instant) -> [Double?] {
    let points = 16
    let step = Span.seconds(15)
    var query = Query(alert.measure)
    let start = now - step * Int64(points - 1)
    guard
      let value = try? query.range(
        from: start.milliseconds, to: now.milliseconds, step: step.milliseconds, in: store)
    else { return [] }
    let chart = Chart(value, expression: alert.expression, start: start, end: now, step: step)
    return chart.lines.first?.values.map { $0.flatMap { $0.isFinite ? $0 : nil } } ?? []
  }
}

extension EndpointRow.State {
  init(_ state: EndpointState) {
    self = EndpointRow.State(rawValue: state.rawValue) ?? .unknown
  }
}
