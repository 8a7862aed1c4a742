import Alerting
import Metrics
import Values
import Wire

/// A Prometheus-compatible server that answers for our rules, or whose alerts are shown: when it is asked what,
/// and what its answers mean. Pure.
struct PrometheusLink: Sendable {
  enum Purpose: Sendable {
    case windows
    case alerts
    case rule(group: String, index: Int)
    case evidence(group: String, index: Int, selector: String)
    case chart(id: Int)
  }

  struct Waiting: Sendable {
    let purpose: Purpose
    let question: RemoteQuestion
    let request: Request
  }

  /// A group on its way round: its answers come one by one.
  private struct Round: Sendable {
    let at: Instant
    var elements: [Result<PrometheusValue, RemoteRefusal>?]
    var evidence: [[String: [Labels]]]
    var open: Int
  }

  let server: RemoteServer
  let takesAlerts: Bool
  let every: Span
  private(set) var health = RemoteHealth()
  private(set) var windows: WindowKind?
  /// Warnings and infos of the last answers, each once.
  private(set) var remarks: [String] = []
  private(set) var reported = ReportedAlerts()
  /// Turns of groups that were skipped because the one before was still on its way.
  private(set) var late = 0
  private var calls: OpenCalls<Purpose>
  private var backlog: [Waiting] = []
  private var rounds: [String: Round] = [:]
  private var nextWindows: Uptime
  private var nextAlerts: Uptime

  /// Questions that are on their way at one time.
  static let atOnce = 6
  /// How often it is asked which windows it has: it may have been upgraded.
  static let windowsEvery = Span.minutes(10)

  init(
    _ server: RemoteServer, takesAlerts: Bool, every: Span, link number: UInt32, at now: Moment
  ) {
    self.server = server
    self.takesAlerts = takesAlerts
    self.every = every
    calls = OpenCalls(link: number)
    nextWindows = now.uptime
    nextAlerts = now.uptime
  }

  /// As the journal, and a row's source, name it: `prometheus http://127.0.0.1:9090`.
  var source: String { "prometheus \(server.address)" }
  var name: String { "prometheus at \(server.address)" }

  /// Whether what it said last still stands.
  var isHeard: Bool { health.state == .reachable }

  mutating func restore(_ alert: ReportedAlert, firedAt: Instant?) {
    reported.restore(alert, firedAt: firedAt)
  }

  /// Whether that call was for its list of alerts.
  func isForAlerts(_ id: UInt64) -> Bool {
    if case .alerts = calls.purpose(of: id) { true } else { false }
  }

  var openCalls: Int { calls.count + backlog.count }

  var nextDeadline: Uptime? {
    var due: [Uptime] = []
    if !calls.contains(where: { if case .windows = $0 { true } else { false } }) { due.append(nextWindows) }
    if takesAlerts, !isAskingForAlerts { due.append(nextAlerts) }
    guard let first = due.min() else { return nil }
    return max(first, health.notBefore ?? first)
  }

  private var isAskingForAlerts: Bool {
    calls.contains { if case .alerts = $0 { true } else { false } }
  }

  mutating func tick(at now: Moment) -> [RemoteOutput] {
    guard health.mayAsk(at: now) else { return [] }
    var outputs: [RemoteOutput] = []
    if nextWindows <= now.uptime {
      nextWindows = now.uptime + Self.windowsEvery
      let request = server.instant(WindowKind.question, at: WindowKind.time(at: now.wall))
      outputs.append(.call(calls.make(.value, request, for: .windows, at: now)))
    }
    if takesAlerts, nextAlerts <= now.uptime, !isAskingForAlerts {
      nextAlerts = now.uptime + every
      outputs.append(.call(calls.make(.ruleAlerts, server.ruleAlerts, for: .alerts, at: now)))
    }
    return outputs
  }

  // MARK: Rules

  typealias Question = (expression: String, evidence: [(selector: String, query: String)])

  /// The rules of a group are due. While the server is left alone they have no value, and say why.
  ///
  /// - Parameter dataAt: `time`, less the group's query offset.
  mutating func ask(
    group: String, _ questions: [Question], at time: Instant, dataAt: Instant, now: Moment
  ) -> [RemoteOutput] {
    guard rounds[group] == nil else {
      late += 1
      return []
    }
    guard health.mayAsk(at: now), !questions.isEmpty else {
      let refusal = RemoteRefusal(health.failure?.sentence(of: name) ?? "\(name) was not asked.")
      return [.evaluated(group: group, at: time, questions.map { _ in RuleAnswer(.failure(refusal)) })]
    }
    var round = Round(
      at: time, elements: questions.map { _ in nil }, evidence: questions.map { _ in [:] }, open: 0)
    for (index, question) in questions.enumerated() {
      queue(.rule(group: group, index: index), server.instant(question.expression, at: dataAt))
      for (selector, query) in question.evidence {
        queue(.evidence(group: group, index: index, selector: selector), server.instant(query, at: dataAt))
      }
      round.open += 1 + question.evidence.count
    }
    rounds[group] = round
    return pump(at: now)
  }

  /// A line for a graph.
  mutating func chart(
    id: Int, _ expression: String, from start: Instant, to end: Instant, step: Span, now: Moment
  ) -> [RemoteOutput] {
    guard health.mayAsk(at: now) else {
      return [.refused(id: id, health.failure?.sentence(of: name) ?? "\(name) is left alone for now.")]
    }
    queue(.chart(id: id), server.range(expression, from: start, to: end, step: step))
    return pump(at: now)
  }

  /// The group is gone from the rules, or is another.
  mutating func forget(group: String) { rounds[group] = nil }

  private mutating func queue(_ purpose: Purpose, _ request: Request) {
    backlog.append(Waiting(purpose: purpose, question: .value, request: request))
  }

  private mutating func pump(at now: Moment) -> [RemoteOutput] {
    var outputs: [RemoteOutput] = []
    let room = max(0, Self.atOnce - calls.count)
    for waiting in backlog.prefix(room) {
      outputs.append(.call(calls.make(waiting.question, waiting.request, for: waiting.purpose, at: now)))
    }
    backlog.removeFirst(min(room, backlog.count))
    return outputs
  }

  // MARK: Answers

  /// - Parameter own: labels of alerts that are ours, and so are not taken from it.
  mutating func answered(
    _ id: UInt64, _ answer: RemoteAnswer, jitter: Double, own: (Labels) -> Bool, at now: Moment
  ) -> [RemoteOutput] {
    guard let (purpose, sent) = calls.take(id) else { return [] }
    if case .failure(let failure) = answer, !failure.isTheQuestions {
      return fail(failure, of: purpose, sent: sent, jitter: jitter, at: now)
    }
    var outputs: [RemoteOutput] = []
    if health.succeed(at: now) {
      reported.resume(at: now)
      // What answers again may be another version.
      if case .windows = purpose {} else { nextWindows = now.uptime }
      outputs.append(.changed(.reachable, reason: nil))
    }
    outputs += take(answer, for: purpose, own: own, at: now)
    return outputs + pump(at: now)
  }

  private mutating func take(
    _ answer: RemoteAnswer, for purpose: Purpose, own: (Labels) -> Bool, at now: Moment
  ) -> [RemoteOutput] {
    switch purpose {
    case .windows:
      if case .success(.value(let value)) = answer { windows = WindowKind(value) ?? windows }
      return []
    case .alerts:
      guard case .success(.alerts(let list)) = answer else { return [] }
      let (fired, resolved) = reported.take(list.filter { !own($0.labels) }, at: now)
      return (fired.isEmpty ? [] : [.fired(fired)]) + (resolved.isEmpty ? [] : [.resolved(resolved)])
    case .chart(let id):
      switch answer {
      case .success(.value(let value)): return [.chart(id: id, value)]
      case .success: return [.refused(id: id, "\(name) answers something else.")]
      case .failure(let failure): return [.refused(id: id, failure.sentence(of: name))]
      }
    case .rule(let group, let index): return take(answer, ofRule: index, in: group)
    case .evidence(let group, let index, let selector):
      if case .success(.value(let value)) = answer, let elements = value.elements,
        rounds[group]?.evidence.indices.contains(index) ?? false
      {
        rounds[group]?.evidence[index][selector] = elements.map(\.labels)
      }
      return close(group)
    }
  }

  private mutating func take(_ answer: RemoteAnswer, ofRule index: Int, in group: String) -> [RemoteOutput] {
    let element: Result<PrometheusValue, RemoteRefusal>
    switch answer {
    case .success(.value(let value)) where value.elements != nil:
      element = .success(value)
      note(value.remarks)
    case .success: element = .failure(RemoteRefusal("The rule's result at \(name) is no vector or scalar."))
    case .failure(let failure): element = .failure(RemoteRefusal(failure.sentence(of: name)))
    }
    guard var round = rounds[group], round.elements.indices.contains(index) else { return [] }
    round.elements[index] = element
    rounds[group] = round
    return close(group)
  }

  /// One answer more; the last one ends the round.
  private mutating func close(_ group: String) -> [RemoteOutput] {
    rounds[group]?.open -= 1
    guard let round = rounds[group], round.open <= 0 else { return [] }
    rounds[group] = nil
    return [finish(round, group, missing: RemoteRefusal("\(name) gave no answer."))]
  }

  private func finish(_ round: Round, _ group: String, missing: RemoteRefusal) -> RemoteOutput {
    let answers = zip(round.elements, round.evidence).map { element, evidence in
      switch element ?? .failure(missing) {
      case .success(let value):
        RuleAnswer(.success(value.elements ?? []), remarks: value.remarks, evidence: evidence)
      case .failure(let refusal): RuleAnswer(.failure(refusal))
      }
    }
    return .evaluated(group: group, at: round.at, answers)
  }

  private mutating func note(_ said: [String]) {
    for remark in said where !remarks.contains(remark) { remarks.append(remark) }
    remarks.removeFirst(max(0, remarks.count - 5))
  }

  /// The server is at fault: whatever else is on its way will not fare better, and what waits is not sent.
  private mutating func fail(
    _ failure: RemoteFailure, of purpose: Purpose, sent: Uptime, jitter: Double, at now: Moment
  ) -> [RemoteOutput] {
    let isNews = health.fail(failure, sent: sent, at: now, jitter: jitter)
    let sentence = failure.sentence(of: name)
    var outputs: [RemoteOutput] = isNews ? [.changed(.failing, reason: sentence)] : []
    for (group, round) in rounds.sorted(by: { $0.key < $1.key }) {
      outputs.append(finish(round, group, missing: RemoteRefusal(sentence)))
    }
    rounds = [:]
    for purpose in [purpose] + calls.forgetAll() + backlog.map(\.purpose) {
      if case .chart(let id) = purpose { outputs.append(.refused(id: id, sentence)) }
    }
    backlog = []
    nextWindows = health.notBefore ?? now.uptime
    if takesAlerts { nextAlerts = health.notBefore ?? now.uptime }
    return outputs
  }
}
