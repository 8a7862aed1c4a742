import Alerting
import Incidents
import Metrics
import PromQL
import Systems
import Values

/// The servers beside this system: what they are asked, told, and what their answers change.
extension WatchedSystem {
  /// - Parameter mayAct: whether anything but a question may leave.
  mutating func openRemotes(origin: String, mayAct: Bool, at now: Moment) {
    remotes = Remotes(origin: origin, mayAct: mayAct)
    _ = remotes.configure(folder, isTrusted: isTrusted, at: now)
    for index in remotes.alertmanagers.indices { remotes.alertmanagers[index].update(silences, at: now) }
  }

  /// After an edit; returns the end of alerts that nobody reports any more.
  mutating func configureRemotes(at now: Moment) -> [AlertResolved] {
    let gone = remotes.configure(folder, isTrusted: isTrusted, at: now)
    steps.forgetQuestions()
    tellAlertmanagers(at: now)
    return gone.flatMap(\.alerts).map { fact(ofEnd: $0, how: .ruleGone) }
  }

  /// Hands the alerts that remotes reported before a restart to whoever reports them now; returns the others.
  mutating func restoreRemotes(_ firing: [Alert]) -> [Alert] {
    firing.filter { alert in
      guard let fact = alert.fired, let source = fact.source else { return true }
      var annotations: [String: String] = [:]
      annotations["summary"] = fact.summary
      annotations["playbook"] = fact.playbook
      let reported = ReportedAlert(
        labels: Labels(fact.labels), annotations: annotations, activeAt: fact.activeAt,
        value: fact.value ?? .nan)
      if remotes.prometheus?.takesAlerts == true, remotes.prometheus?.source == source {
        remotes.prometheus?.restore(reported, firedAt: alert.firedAt)
        return false
      }
      guard let index = remotes.alertmanagers.firstIndex(where: { $0.source == source }) else { return true }
      remotes.alertmanagers[index].restore(reported, firedAt: alert.firedAt)
      return false
    }
  }

  /// Everything that is due.
  mutating func tickRemotes(at now: Moment) -> [WatchEffect] {
    var effects: [WatchEffect] = []
    if let outputs = remotes.prometheus?.tick(at: now), let link = remotes.prometheus, !outputs.isEmpty {
      effects += take(outputs, from: .prometheus, link.source, link.server, at: now)
    }
    for index in remotes.alertmanagers.indices {
      remotes.alertmanagers[index].update(silences, at: now)
      let outputs = remotes.alertmanagers[index].tick(at: now)
      guard !outputs.isEmpty else { continue }
      let link = remotes.alertmanagers[index]
      effects += take(outputs, from: .alertmanager, link.source, link.server, at: now)
    }
    return effects
  }

  mutating func answered(
    _ call: UInt64, _ answer: RemoteAnswer, jitter: Double, at now: Moment
  ) -> [WatchEffect] {
    touch(isUrgent: false)
    let own = remotes.isForAlerts(call) ? ownLabels : []
    if let outputs = remotes.prometheus?.answered(call, answer, jitter: jitter, own: own.contains, at: now),
      let link = remotes.prometheus, !outputs.isEmpty
    {
      return take(outputs, from: .prometheus, link.source, link.server, at: now)
    }
    // What Prometheus reports comes to Alertmanager too.
    let known = own.union(remotes.prometheus?.reported.all.map(\.alert.labels) ?? [])
    for index in remotes.alertmanagers.indices {
      let outputs = remotes.alertmanagers[index].answered(
        call, answer, jitter: jitter, own: known.contains, at: now)
      guard !outputs.isEmpty else { continue }
      let link = remotes.alertmanagers[index]
      return take(outputs, from: .alertmanager, link.source, link.server, at: now)
    }
    return []
  }

  /// Labels of our own alerts, those included that were resolved a short while ago.
  private var ownLabels: Set<Labels> {
    Set(groups.flatMap { ($0.group.instances + $0.group.resolved).map(\.labels) })
  }

  // MARK: Rules

  /// Asks a remote engine for the values of a group's rules; nil when the group is evaluated here.
  mutating func evaluateRemotely(_ index: Int, at time: Instant, now: Moment) -> [WatchEffect]? {
    guard remotes.evaluates, isRemote(groups[index].group.definition), let link = remotes.prometheus else {
      return nil
    }
    let group = groups[index].group
    let outputs = remotes.prometheus?.ask(
      group: Self.key(of: group.definition), group.questions, at: time,
      dataAt: time - group.definition.queryOffset, now: now)
    return take(outputs ?? [], from: .prometheus, link.source, link.server, at: now)
  }

  /// The built-in group is about our own polls; the rules of files are asked of whoever evaluates them.
  func isRemote(_ definition: GroupDefinition) -> Bool {
    !definition.rules.allSatisfy(\.isBuiltIn)
  }

  /// Whether a remote engine evaluates the rule of that row.
  func isRemote(_ row: AlertRow) -> Bool { remotes.evaluates && row.source != "built in" }

  private static func key(of definition: GroupDefinition) -> String {
    "\(definition.file)/\(definition.name)"
  }

  /// A question for a graph that only a remote engine can answer: about series that are not here.
  mutating func askRemotely(
    _ id: Int, _ parsed: Expr, _ expression: String, from start: Instant, to end: Instant, step: Span,
    at now: Moment
  ) -> [WatchEffect]? {
    guard let link = remotes.prometheus else { return nil }
    let uses = parsed.selectors
    guard !uses.isEmpty, uses.allSatisfy({ store.select($0.selector.matchers).isEmpty }) else { return nil }
    charts[id] = OpenChart(expression: expression, start: start, end: end, step: step)
    let outputs = remotes.prometheus?.chart(id: id, expression, from: start, to: end, step: step, now: now)
    return take(outputs ?? [], from: .prometheus, link.source, link.server, at: now)
  }

  /// Tells every Alertmanager which of our alerts fire now.
  mutating func tellAlertmanagers(at now: Moment) {
    guard remotes.alertmanagers.contains(where: \.posts) else { return }
    let graph = remotes.evaluates ? remotes.prometheus?.server : nil
    let firing = groups.flatMap { watched in
      watched.group.firing.map { alert in
        AlertRelay.Firing(
          labels: alert.labels, annotations: alert.annotations, since: alert.firedAt ?? alert.activeAt,
          interval: watched.every, generatorURL: graph?.graph(alert.expression))
      }
    }
    for index in remotes.alertmanagers.indices { remotes.alertmanagers[index].update(firing, at: now) }
  }

  // MARK: Outputs

  mutating func take(
    _ outputs: [RemoteOutput], from kind: RemoteRow.Kind, _ source: String, _ server: RemoteServer,
    at now: Moment
  ) -> [WatchEffect] {
    var effects: [WatchEffect] = []
    for output in outputs {
      switch output {
      case .call(let call): effects.append(.call(system: folder.name, call))
      case .endSilence(let key): effects.append(.endSilence(key))
      case .evaluated(let key, let time, let answers):
        if let ticked = takeStep(key, answers) {
          effects += ticked
          continue
        }
        guard let index = groups.firstIndex(where: { Self.key(of: $0.group.definition) == key }),
          groups[index].group.definition.rules.count == answers.count
        else { continue }
        let result = groups[index].group.evaluate(at: time.milliseconds, given: answers, in: &store)
        effects += take(result, of: index, now: now)
      case .fired(let alerts):
        touch()
        let facts = muted(alerts.map { fact(of: $0, source) }, at: now.wall)
        effects.append(.record(RecordTransitions(fired: facts, at: now.wall)))
      case .resolved(let alerts):
        touch()
        let ends = alerts.map { fact(ofEnd: $0, how: .recovered) }
        effects.append(.record(RecordTransitions(resolved: ends, at: now.wall)))
      case .changed(let state, let reason):
        touch()
        let change = RemoteChanged(
          system: folder.name, remote: kind.rawValue, server: server.address, state: state.rawValue,
          reason: reason)
        effects.append(.record(RecordTransitions(remotes: [change], at: now.wall)))
      case .chart(let id, let value):
        guard let asked = charts.removeValue(forKey: id) else { continue }
        effects.append(.answer(id: id, asked.chart(of: value.value)))
      case .refused(let id, let sentence):
        charts[id] = nil
        effects.append(.refuse(id: id, sentence))
      }
    }
    return effects
  }

  private func fact(of alert: ReportedAlert, _ source: String) -> AlertFired {
    AlertFired(
      system: folder.name, rule: alert.name, labels: alert.labels.dictionary,
      level: folder.levels.level(of: alert.labels["severity"]), activeAt: alert.activeAt,
      value: alert.value.isFinite ? alert.value : nil, sign: nil, threshold: nil, unit: alert.unit,
      summary: alert.summary, playbook: alert.annotations["playbook"], source: source)
  }

  private func fact(ofEnd alert: ReportedAlert, how: AlertResolved.How) -> AlertResolved {
    AlertResolved(
      system: folder.name, rule: alert.name, labels: alert.labels.dictionary, activeAt: alert.activeAt,
      value: alert.value.isFinite ? alert.value : nil, unit: alert.unit, how: how)
  }

  /// The alerts that remotes report, as rows that say so.
  func reportedRows(_ mutings: Mutings) -> [AlertRow] {
    let lists =
      (remotes.prometheus.map { [($0.reported, $0.source, $0.isHeard, nil as AlertmanagerLink?)] } ?? [])
      + remotes.alertmanagers.map { ($0.reported, $0.source, $0.isHeard, $0) }
    var seen: Set<Labels> = []
    return lists.flatMap { reported, source, isHeard, manager in
      reported.all.compactMap { known -> AlertRow? in
        guard seen.insert(known.alert.labels).inserted else { return nil }
        let alert = known.alert
        var row = AlertRow(
          identity: AlertIdentity(system: folder.name, rule: alert.name, labels: alert.labels.dictionary),
          state: alert.state == .firing ? .firing : .pending,
          level: folder.levels.level(of: alert.labels["severity"]), activeAt: alert.activeAt,
          summary: alert.summary, source: source)
        row.value = alert.value.isFinite ? Figure(alert.value, unit: alert.unit) : nil
        row.firedAt = known.firedAt
        row.annotations = alert.annotations
        row.playbook = alert.annotations["playbook"]
        row.remote = source
        row.hasNoData = !isHeard || !known.isConfirmed
        row.mutings = mutings.reasons(for: alert.labels, isNew: false)
        row.mutings += alert.mutings { manager?.shared.name(ofID: $0) ?? $0 }
        return row
      }
    }
  }
}

extension ReportedAlert {
  /// Why Alertmanager keeps it from being heard.
  ///
  /// - Parameter name: of the silence with an id.
  func mutings(_ name: (String) -> String) -> [AlertMuting] {
    silencedBy.map { AlertMuting(.silence, name($0)) }
      + inhibitedBy.map { AlertMuting(.inhibition, "alertmanager \($0.prefix(8))") }
  }

  var summary: String {
    ["summary", "description", "message"].lazy.compactMap { annotations[$0] }.first { !$0.isEmpty } ?? ""
  }

  var unit: Figure.Unit { annotations["unit"].flatMap(Figure.Unit.init) ?? .none }
}

/// A question for a graph on its way to a remote engine.
struct OpenChart: Sendable {
  let expression: String
  let start: Instant
  let end: Instant
  let step: Span

  func chart(of value: Value) -> Chart {
    Chart(value, expression: expression, start: start, end: end, step: step)
  }
}
