import Incidents
import Playbooks

/// Words for many events, one after the other: which of the readers knows a kind is looked for once.
struct WordingReaders {
  private enum Reader {
    /// Of commands, whose ends are told with their starts.
    case command
    case other(Int)
  }

  private var known: [String: Reader] = [:]

  /// As ``Timeline/wording(of:)``, and for commands.
  ///
  /// - Parameter started: the commands whose start was told before, by their ids.
  mutating func wording(of event: Event, started: [String: CommandStarted]) -> Wording? {
    guard let reader = known[event.kind] else { return firstWording(of: event, started: started) }
    switch reader {
    case .command: if let wording = Timeline.commandWording(event, started: started) { return wording }
    case .other(let index):
      if event.body != nil, let wording = Timeline.readers[index](event) { return wording }
    }
    // Erased, or of a version that this program does not know.
    return Timeline.wording(of: event)
  }

  private mutating func firstWording(of event: Event, started: [String: CommandStarted]) -> Wording? {
    if let wording = Timeline.commandWording(event, started: started) {
      known[event.kind] = .command
      return wording
    }
    guard event.body != nil else { return Timeline.wording(of: event) }
    for (index, reader) in Timeline.readers.enumerated() {
      if let wording = reader(event) {
        known[event.kind] = .other(index)
        return wording
      }
    }
    return Timeline.unknown(event)
  }
}
