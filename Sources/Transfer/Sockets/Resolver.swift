internal import Glibc
internal import Synchronization

/// Looks names up on threads of its own, for getaddrinfo(3) blocks for as long as it likes.
///
/// A thread lives as long as there are names to look up. Nobody waits for one that hangs: whoever asked has a
/// timeout, and the answer that comes after it is for nobody.
final class Resolver: Sendable {
  /// Enough that a few names whose servers are silent do not hold up the others.
  static let threads = 8

  private struct State {
    var waiting: [(token: UInt64, lookup: Lookup)] = []
    var running = 0
    var isStopped = false
  }

  private let state = Mutex(State())
  private let answer: @Sendable (UInt64, Result<[SocketAddress], Lookup.Problem>) -> Void

  /// - Parameter answer: runs on one of the threads, or on the caller's where the system has no thread left.
  init(answer: @escaping @Sendable (UInt64, Result<[SocketAddress], Lookup.Problem>) -> Void) {
    self.answer = answer
  }

  func find(_ lookup: Lookup, token: UInt64) {
    let needsThread = state.withLock { state in
      state.waiting.append((token, lookup))
      guard state.running < Self.threads else { return false }
      state.running += 1
      return true
    }
    guard needsThread, Worker(name: "resolve", body: { self.work() }) == nil else { return }
    let (isAlone, lost) = state.withLock { state in
      state.running -= 1
      guard state.running == 0 else { return (false, state.waiting) }
      defer { state.waiting = [] }
      return (true, state.waiting)
    }
    if isAlone { for (token, _) in lost { answer(token, .failure(Lookup.Problem(code: EAI_SYSTEM))) } }
  }

  /// What waits is forgotten.
  func stop() {
    state.withLock { state in
      state.isStopped = true
      state.waiting = []
    }
  }

  private func work() {
    while let (token, lookup) = next() { answer(token, SocketAddress.find(lookup, isNumeric: false)) }
  }

  private func next() -> (UInt64, Lookup)? {
    state.withLock { state in
      guard !state.isStopped, !state.waiting.isEmpty else {
        state.running -= 1
        return nil
      }
      return state.waiting.removeFirst()
    }
  }
}
