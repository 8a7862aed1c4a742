import Alerting
import Incidents
import Metrics
import PromQL
import Retro
import Transfer
import Values
import Watch
import Wire

/// Fetches the series that rules ask for out of a Prometheus-compatible server.
///
/// Without a step a range selector is asked for as an instant query (`up[1h]`), which answers samples as they were
/// scraped; with one a range query, which answers the newest sample of each step. Neither has stale markers: where a
/// series ended, it is seen for five minutes more.
package enum RemoteHistory {
  /// Of one question.
  private static let window = Span.hours(1)
  private static let points: Int64 = 10_000

  /// Waits; several questions a selector.
  package static func fetch(
    _ past: RemotePast, for groups: [GroupDefinition], isCancelled: @escaping @Sendable () -> Bool
  ) throws -> BacktestSource {
    guard past.start < past.end else { throw Refusal("--start is not before --end.") }
    let uses = selectors(of: groups)
    guard !uses.isEmpty else { throw Refusal("The rules ask for no series.") }
    let answers = Mailbox<Outcome>()
    let transfers = Transfers(userAgent: "midwatch/\(past.version)") { _, outcome in answers.post(outcome) }
    defer { transfers.stop() }
    var history = SampleHistory()
    var remarks: [String] = []
    var next: UInt64 = 0
    for use in uses {
      // What rules look back at, too.
      var from = past.start - .milliseconds(min(use.reach, Span.days(1).milliseconds))
      while from < past.end {
        if isCancelled() { throw Refusal("It was cancelled.") }
        let length = past.step.map { min(window * 24, $0 * points) } ?? window
        let until = min(past.end, from + length)
        let request =
          past.step.map { past.server.range(use.text, from: from + $0, to: until, step: $0) }
          ?? past.server.instant("\(use.text)[\((until - from).prometheus)]", at: until)
        next += 1
        transfers.start(request, id: TransferID(next))
        let value = try answer(answers, of: past.server, timeout: request.timeout)
        for remark in value.remarks where !remarks.contains(remark) { remarks.append(remark) }
        guard case .matrix(let series) = value.value else {
          throw Refusal("\(past.server.address) answers no matrix to \(use.text).")
        }
        for one in series {
          let id = history.store.reference(one.labels)
          for point in one.points where point.t > from.milliseconds || past.step == nil {
            history.add(id, t: point.t, v: point.v)
          }
        }
        guard history.samples <= BacktestDesk.mostSamples else {
          throw Refusal(
            "\(past.server.address) has more than \(BacktestDesk.mostSamples) samples of this time; "
              + "take a shorter time, or a --step.")
        }
        from = until
      }
    }
    guard history.samples > 0 else {
      throw Refusal("\(past.server.address) has no samples of this time for these rules.")
    }
    return BacktestSource(
      store: history.store, from: past.start, until: past.end,
      remarks: remarks.map { "\(past.server.address) remarks: \($0)" })
  }

  private static func answer(
    _ answers: Mailbox<Outcome>, of server: RemoteServer, timeout: Span
  ) throws -> PrometheusValue {
    let limit = Clock.steady() + timeout + .seconds(5)
    while Clock.steady() < limit {
      _ = answers.wait(timeout: limit - Clock.steady())
      guard let outcome = answers.drain().first else { continue }
      switch RemoteQuestion.value.read(outcome, at: Clock.now()) {
      case .success(.value(let value)): return value
      case .success: throw Refusal("\(server.address) answers something else.")
      case .failure(let failure): throw Refusal(failure.sentence(of: server.address))
      }
    }
    throw Refusal("\(server.address) does not answer.")
  }

  /// Each selector once, with the farthest that a rule looks back at through it; what the rules record is asked for,
  /// too, for the time before the first evaluation.
  private static func selectors(of groups: [GroupDefinition]) -> [(text: String, reach: Int64)] {
    var found: [(text: String, reach: Int64)] = []
    for use in groups.flatMap(\.rules).flatMap(\.expr.selectors) {
      let text = use.selector.bareText
      let reach = use.reach ?? 300_000
      if let place = found.firstIndex(where: { $0.text == text }) {
        found[place].reach = max(found[place].reach, reach)
      } else {
        found.append((text, reach))
      }
    }
    return found
  }
}
