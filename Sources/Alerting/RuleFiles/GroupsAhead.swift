import Documents
import Synchronization
import Values

/// Reads groups of a file on several threads while the rest of the file is still being taken apart.
///
/// What it knows of a group counts only once the whole file proves to be sound.
final class GroupsAhead<Kept: Sendable>: Sendable {
  typealias Reading = GroupReading<Kept>

  private struct Place: Hashable {
    let position: Position
    let isCustomResource: Bool
  }

  private struct State {
    /// In the order of the file; those before ``next`` were begun.
    var groups: [(node: YAMLNode, isCustomResource: Bool)?] = []
    var next = 0
    /// Threads at work besides the one that adds groups.
    var busy = 0
    var readings: [Place: Reading] = [:]

    mutating func take() -> (node: YAMLNode, isCustomResource: Bool)? {
      guard next < groups.count else { return nil }
      defer { next += 1 }
      let group = groups[next]
      // Its nodes end with its reading.
      groups[next] = nil
      return group
    }
  }

  private let threads: RuleFile.Threads
  private let read: @Sendable (_ group: YAMLNode, _ isCustomResource: Bool) -> Reading
  private let state = Mutex(State())

  init(
    on threads: RuleFile.Threads,
    _ read: @escaping @Sendable (_ group: YAMLNode, _ isCustomResource: Bool) -> Reading
  ) {
    self.threads = threads
    self.read = read
  }

  /// Reads a group as soon as a thread is free.
  func add(_ group: YAMLNode, isCustomResource: Bool) {
    let isOneMore = state.withLock { state in
      state.groups.append((group, isCustomResource))
      // A thread for a single group would cost more than it gains.
      let isWorthwhile = state.groups.count - state.next > 1 && state.busy < threads.most
      if isWorthwhile { state.busy += 1 }
      return isWorthwhile
    }
    guard isOneMore else { return }
    threads.begin {
      while true {
        let group = self.state.withLock { state in
          let group = state.take()
          if group == nil { state.busy -= 1 }
          return group
        }
        guard let group else { return }
        self.read(group)
      }
    }
  }

  /// Returns when all groups that were added are read; the caller's thread reads along.
  func finish() {
    while let group = state.withLock({ $0.take() }) { read(group) }
    threads.join()
  }

  /// What was read of the group at a place; nil when it was not handed over.
  func reading(at position: Position, isCustomResource: Bool) -> Reading? {
    state.withLock { $0.readings[Place(position: position, isCustomResource: isCustomResource)] }
  }

  private func read(_ group: (node: YAMLNode, isCustomResource: Bool)) {
    let reading = read(group.node, group.isCustomResource)
    let place = Place(position: group.node.position, isCustomResource: group.isCustomResource)
    state.withLock { $0.readings[place] = reading }
  }
}
