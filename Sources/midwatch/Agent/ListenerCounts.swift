import Serving
import Synchronization

/// How many requests were answered with which status.
final class ListenerCounts: Sendable {
  private let counts = Mutex<[Int: Int]>([:])

  /// Counts an answer, and returns it.
  func noted(_ response: HTTPResponse) -> HTTPResponse {
    counts.withLock { $0[response.status, default: 0] += 1 }
    return response
  }

  var requests: [(status: Int, count: Int)] {
    counts.withLock { counts in counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }
}
