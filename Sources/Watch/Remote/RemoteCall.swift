import Alerting
import Values
import Wire

/// One request to a remote engine, for the host to send; its answer comes back under its number.
package struct RemoteCall: Hashable, Sendable {
  /// Never given twice within a system, so that an answer that nobody waits for any more is known as one.
  package let id: UInt64
  /// How the answer is read, where it arrives.
  package let question: RemoteQuestion
  package let request: Request
}

/// The calls of one link that are on their way, and what each is for.
struct OpenCalls<Purpose: Sendable>: Sendable {
  private struct Sent: Sendable {
    let purpose: Purpose
    let at: Uptime
  }

  private var sent: [UInt64: Sent] = [:]
  private var last: UInt64

  /// - Parameter number: of the link; no two links of a system have the same.
  init(link number: UInt32) {
    last = UInt64(number) << 32
  }

  var count: Int { sent.count }

  func contains(where fits: (Purpose) -> Bool) -> Bool { sent.values.contains { fits($0.purpose) } }

  func purpose(of id: UInt64) -> Purpose? { sent[id]?.purpose }

  mutating func make(
    _ question: RemoteQuestion, _ request: Request, for purpose: Purpose, at now: Moment
  ) -> RemoteCall {
    last += 1
    sent[last] = Sent(purpose: purpose, at: now.uptime)
    return RemoteCall(id: last, question: question, request: request)
  }

  /// What the call was for and when it was sent; nil when nobody waits for it.
  mutating func take(_ id: UInt64) -> (purpose: Purpose, at: Uptime)? {
    sent.removeValue(forKey: id).map { ($0.purpose, $0.at) }
  }

  /// Whatever comes of them does not matter any more.
  mutating func forgetAll() -> [Purpose] {
    defer { sent = [:] }
    return sent.sorted { $0.key < $1.key }.map(\.value.purpose)
  }
}

/// What a link wants done, or has to tell.
enum RemoteOutput: Sendable {
  case call(RemoteCall)
  /// A group has its answers, one for each rule, for the time it was asked at.
  case evaluated(group: String, at: Instant, [RuleAnswer])
  case fired([ReportedAlert])
  case resolved([ReportedAlert])
  case chart(id: Int, PrometheusValue)
  /// The question has no answer, why as a sentence.
  case refused(id: Int, String)
  /// It answers for the first time, or no longer, or again.
  case changed(RemoteHealth.State, reason: String?)
  /// Somebody ended there what we had set.
  case endSilence(String)
}
