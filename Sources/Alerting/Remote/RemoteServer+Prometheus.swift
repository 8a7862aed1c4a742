import Values
import Wire

/// Prometheus' HTTP API, which Thanos, Mimir and VictoriaMetrics have too.
extension RemoteServer {
  /// The value of an expression at one time.
  package func instant(_ expression: String, at time: Instant) -> Request {
    post(
      "/api/v1/query",
      form: [("query", expression), ("time", Self.seconds(time)), ("timeout", Self.seconds(timeout))])
  }

  package func range(_ expression: String, from start: Instant, to end: Instant, step: Span) -> Request {
    post(
      "/api/v1/query_range",
      form: [
        ("query", expression), ("start", Self.seconds(start)), ("end", Self.seconds(end)),
        ("step", Self.seconds(step)), ("timeout", Self.seconds(timeout)),
      ])
  }

  /// All alerts of its own rules that are pending or firing.
  package var ruleAlerts: Request { fetch("/api/v1/alerts") }

  /// The page of an expression in its web interface, as Prometheus links its alerts.
  package func graph(_ expression: String) -> String {
    "\(address)/graph?g0.expr=\(FormText.escaped(expression))&g0.tab=1"
  }

  private static func seconds(_ instant: Instant) -> String { decimal(instant.milliseconds) }
  private static func seconds(_ span: Span) -> String { decimal(span.milliseconds) }

  /// Seconds of milliseconds, to the last digit: `1435781430.781`.
  private static func decimal(_ milliseconds: Int64) -> String {
    let whole = milliseconds / 1000
    let rest = Int((milliseconds % 1000).magnitude)
    let sign = milliseconds < 0 && whole == 0 ? "-" : ""
    return rest == 0 ? "\(whole)" : "\(sign)\(whole).\(rest.padded(3))"
  }
}

/// Whether a range holds the sample that lies exactly at its beginning.
///
/// Prometheus 3 left it out, so that `[1m]` over samples a minute apart is one sample and not two: a rule gives
/// other numbers there than here, if the server is of the older kind.
package enum WindowKind: String, Codable, Hashable, Sendable {
  /// 2.x: both ends belong to it.
  case closed
  /// 3.x, and VictoriaMetrics: its beginning does not.
  case leftOpen = "left_open"

  /// Has one value at a whole minute, by which the kinds differ: 1 or 2.
  package static let question = "count_over_time(vector(1)[1m:1m])"

  /// The last whole minute: between two of them both kinds answer 1.
  package static func time(at now: Instant) -> Instant {
    Instant(milliseconds: now.milliseconds - (now.milliseconds % 60_000 + 60_000) % 60_000)
  }

  /// Nil for an answer that neither kind gives.
  package init?(_ answer: PrometheusValue) {
    switch answer.elements?.first?.value {
    case 1: self = .leftOpen
    case 2: self = .closed
    default: return nil
    }
  }

  /// For a status line: `2.x windows`.
  package var words: String {
    switch self {
    case .closed: "2.x windows"
    case .leftOpen: "3.x windows"
    }
  }
}
