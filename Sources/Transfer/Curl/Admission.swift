/// Who may go next: transfers wait in line for their host, and the hosts take turns, so that a host with
/// many waiting delays nobody else's.
struct Admission {
  typealias Host = String

  var limits: TransferLimits
  private var running: [Host: Int] = [:]
  private var runningInAll = 0
  private var waiting: [Host: Line<TransferID>] = [:]
  /// Hosts that have somebody waiting, each once.
  private var turns = Line<Host>()

  init(limits: TransferLimits) {
    self.limits = limits
  }

  mutating func enqueue(_ id: TransferID, host: Host) {
    if waiting[host] == nil { turns.append(host) }
    waiting[host, default: Line()].append(id)
  }

  /// The next that may go; it counts as running until ``finish(host:)``.
  mutating func next() -> (id: TransferID, host: Host)? {
    guard runningInAll < limits.atOnce else { return nil }
    // One round over the hosts at most: those at their limit keep their turn.
    for _ in 0..<turns.count {
      guard let host = turns.popFirst() else { return nil }
      guard running[host, default: 0] < limits.limit(of: host) else {
        turns.append(host)
        continue
      }
      guard let id = waiting[host]?.popFirst() else {
        waiting[host] = nil
        continue
      }
      if waiting[host]?.isEmpty ?? true {
        waiting[host] = nil
      } else {
        turns.append(host)
      }
      running[host, default: 0] += 1
      runningInAll += 1
      return (id, host)
    }
    return nil
  }

  mutating func finish(host: Host) {
    guard let count = running[host] else { return }
    running[host] = count > 1 ? count - 1 : nil
    runningInAll -= 1
  }
}

/// A queue on an array.
struct Line<Element> {
  private var elements: [Element] = []
  private var head = 0

  var count: Int { elements.count - head }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ element: Element) {
    elements.append(element)
  }

  mutating func popFirst() -> Element? {
    guard head < elements.count else { return nil }
    let first = elements[head]
    head += 1
    if head > 32, head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return first
  }
}
