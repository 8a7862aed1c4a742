import Values

/// The times in which a ticket's clocks stand still, cut where a reason begins or ends: in order, apart from each
/// other or touching, none counted twice.
struct Pauses {
  struct Stretch: Hashable, Sendable {
    let from: Instant
    /// Nil while it lasts: the last one only.
    let until: Instant?
    /// The reason that began first first; at most ``Pauses/shown``.
    let why: [String]
  }

  /// More reasons at once are not told apart.
  static let shown = 4

  let stretches: [Stretch]

  /// - Parameter start: nothing earlier counts.
  init(_ pauses: [ClockHistory.Pause], from start: Instant) {
    struct Edge {
      let at: Instant
      let index: Int
      let begins: Bool
    }
    let relevant = pauses.filter { $0.until.map { $0 > start } ?? true }
      .filter { pause in pause.until.map { $0 > pause.from } ?? true }
      .sorted { $0.from < $1.from }
    var edges: [Edge] = []
    for (index, pause) in relevant.enumerated() {
      edges.append(Edge(at: max(pause.from, start), index: index, begins: true))
      if let until = pause.until { edges.append(Edge(at: until, index: index, begins: false)) }
    }
    edges.sort { ($0.at, $0.begins ? 1 : 0, $0.index) < ($1.at, $1.begins ? 1 : 0, $1.index) }
    var stretches: [Stretch] = []
    var active: [Int] = []
    var since = start
    func close(at end: Instant?) {
      guard !active.isEmpty, end.map({ $0 > since }) ?? true else { return }
      var why: [String] = []
      for index in active where why.count < Self.shown && !why.contains(relevant[index].why) {
        why.append(relevant[index].why)
      }
      if let last = stretches.last, last.until == since, last.why == why {
        stretches.removeLast()
        since = last.from
      }
      stretches.append(Stretch(from: since, until: end, why: why))
    }
    for edge in edges {
      close(at: edge.at)
      since = edge.at
      if edge.begins { active.append(edge.index) } else { active.removeAll { $0 == edge.index } }
    }
    close(at: nil)
    self.stretches = stretches
  }

  /// The one in which an instant lies.
  func stretch(at instant: Instant) -> Stretch? {
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].from <= instant { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let stretch = stretches[low - 1]
    return stretch.until.map { instant < $0 } ?? true ? stretch : nil
  }
}
