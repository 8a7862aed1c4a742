import Dispatch
import Foundation
import Synchronization

extension Array where Element: Sendable {
  /// What `work` makes of pieces of it, in their order; long ones are worked on by every processor at once.
  ///
  /// - Parameter least: fewer than these are not worth a piece of their own.
  package func inParallel<R: Sendable>(
    least: Int = 4096, _ work: @Sendable (ArraySlice<Element>) -> R
  ) -> [R] {
    // More pieces than processors: not every element takes the same time.
    let most = ProcessInfo.processInfo.activeProcessorCount * 4
    let pieces = Swift.min(count / Swift.max(1, least), most)
    guard pieces > 1 else { return isEmpty ? [] : [work(self[...])] }
    let found = Mutex([R?](repeating: nil, count: pieces))
    DispatchQueue.concurrentPerform(iterations: pieces) { piece in
      let made = work(self[(count * piece / pieces)..<(count * (piece + 1) / pieces)])
      found.withLock { $0[piece] = made }
    }
    return found.withLock { $0.compactMap { $0 } }
  }
}
