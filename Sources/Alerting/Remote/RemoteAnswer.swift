import JSON
import Metrics
import PromQL
import Values
import Wire

/// What a remote engine said.
package enum RemotePayload: Hashable, Sendable {
  case value(PrometheusValue)
  case alerts([ReportedAlert])
  case silences([ReportedSilence])
  /// The id of the silence that was made.
  case silence(String)
  /// It took what was sent.
  case taken
}

package typealias RemoteAnswer = Result<RemotePayload, RemoteFailure>

/// What is asked of a remote engine: says how its answer is read.
package enum RemoteQuestion: Hashable, Sendable {
  /// `/api/v1/query` and `/api/v1/query_range`.
  case value
  /// `/api/v1/alerts` of Prometheus.
  case ruleAlerts
  /// `/api/v2/alerts` of Alertmanager.
  case managedAlerts
  case silences
  case setSilence
  /// An answer without a body that matters.
  case deed

  /// Reads what came back. Expensive for a large answer, so where it arrived, never on the engine's thread.
  package func read(_ outcome: Outcome, at now: Instant) -> RemoteAnswer {
    do throws(RemoteFailure) {
      let response = try Self.success(outcome, at: now)
      if self == .deed { return .success(.taken) }
      let document = try Self.document(response)
      switch self {
      case .value: return .success(.value(try PrometheusValue(document)))
      case .ruleAlerts: return .success(.alerts(try ReportedAlert.ofPrometheus(document)))
      case .managedAlerts: return .success(.alerts(try ReportedAlert.ofAlertmanager(document)))
      case .silences: return .success(.silences(try ReportedSilence.list(document)))
      case .setSilence:
        guard let id = document["silenceID"]?.string, !id.isEmpty else {
          throw RemoteFailure.shape("names no silence")
        }
        return .success(.silence(id))
      case .deed: return .success(.taken)
      }
    } catch {
      return .failure(error)
    }
  }

  /// The response with a status that says that it was understood.
  private static func success(_ outcome: Outcome, at now: Instant) throws(RemoteFailure) -> Response {
    let response: Response
    switch outcome {
    case .success(let came): response = came
    case .failure(let failure):
      switch failure.kind {
      case .timeout: throw RemoteFailure(.silent, "does not answer: \(failure.reason)")
      case .tooLarge, .malformed:
        throw RemoteFailure(.unreadable, "answers what cannot be read: \(failure.reason)")
      default: throw RemoteFailure(.unreachable, "cannot be reached: \(failure.reason)")
      }
    }
    switch response.status {
    case 200..<300: return response
    case 400, 422: throw rejection(response)
    case 401, 403:
      throw RemoteFailure(
        .unauthorised, "refuses us with \(response.status): look at its bearer, basic or cert in system.yaml")
    default:
      let wait = response.header("Retry-After").flatMap { RetryAfter.span($0, at: now) }
      let asked = wait.map { ", and asks for \($0.short) of patience" } ?? ""
      throw RemoteFailure(
        .unavailable, "answers \(StatusText.shown(response.status))\(asked)", retryAfter: wait)
    }
  }

  /// 400 and 422 carry why in JSON: an error of Prometheus' API, or a text, or Alertmanager's `message`. What is
  /// no JSON did not come from either.
  private static func rejection(_ response: Response) -> RemoteFailure {
    guard case .success(let document) = JSONValue.read(response.body) else {
      return RemoteFailure(.unavailable, "answers \(StatusText.shown(response.status)) without saying why")
    }
    let why = document["error"]?.string ?? document["message"]?.string ?? document.string ?? ""
    return RemoteFailure(
      .rejected, why.isEmpty ? "answers \(StatusText.shown(response.status))" : "refuses: \(quoted(why))")
  }

  private static func document(_ response: Response) throws(RemoteFailure) -> JSONValue {
    let type = response.header("Content-Type") ?? ""
    let media = type.split(separator: ";").first.map { String($0).lowercased() } ?? ""
    guard media == "application/json" || media.hasSuffix("+json") else {
      let shown = media.isEmpty ? "no content type" : Inert.terminal(String(media.prefix(40)))
      throw RemoteFailure(
        .unreadable, "answers \(shown) instead of application/json: is this the address of its API?")
    }
    switch JSONValue.read(response.body) {
    case .success(let document): return document
    case .failure(let mistake):
      throw RemoteFailure(.unreadable, "answers what cannot be read: \(mistake.reason)")
    }
  }

  /// Remote text in a reason: one harmless line of at most 200 characters.
  static func quoted(_ text: String) -> String {
    let cut = text.prefix(200)
    return Inert.terminal(String(cut)) + (cut.endIndex < text.endIndex ? "…" : "")
  }
}

extension RemoteFailure {
  /// JSON, and not what was asked for.
  static func shape(_ what: String) -> RemoteFailure {
    RemoteFailure(.unreadable, "answers JSON that \(what)")
  }
}

/// A status with its words, where everybody knows them.
enum StatusText {
  static func shown(_ status: Int) -> String {
    let words = [
      301: "Moved Permanently", 302: "Found", 307: "Temporary Redirect", 308: "Permanent Redirect",
      400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 422: "Unprocessable Content",
      429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
      504: "Gateway Timeout",
    ]
    return words[status].map { "\(status) \($0)" } ?? "\(status)"
  }
}
