import Values

/// How one endpoint behaves over a drill: pieces of time, in each of which nothing changes.
struct Course: Sendable {
  struct Piece: Sendable {
    /// Since the start of the drill, in milliseconds.
    let from: Int64
    let change: Change
  }

  /// In the order of time; the first begins at 0.
  private let pieces: [Piece]
  private let publishes: Bool

  init(of endpoint: String, in drill: Drill) {
    let start = drill.start[endpoint] ?? Change()
    var pieces = [Piece(from: 0, change: start)]
    var now = start
    for row in drill.then {
      guard let change = row.changes[endpoint] else { continue }
      now = change.isEmpty ? start : now.merging(change)
      pieces.append(Piece(from: max(0, row.at.milliseconds), change: now))
    }
    self.pieces = pieces
    publishes = pieces.contains {
      !($0.change.counters.isEmpty && $0.change.gauges.isEmpty && $0.change.histograms.isEmpty)
    }
  }

  func change(at elapsed: Span) -> Change {
    pieces.last { $0.from <= elapsed.milliseconds }?.change ?? pieces.first?.change ?? Change()
  }

  /// Each piece that has begun by `elapsed`, and how many milliseconds of it have passed.
  private func passed(by elapsed: Span) -> [(change: Change, milliseconds: Int64)] {
    let now = max(0, elapsed.milliseconds)
    var passed: [(change: Change, milliseconds: Int64)] = []
    for (index, piece) in pieces.enumerated() where piece.from <= now {
      let next = pieces.dropFirst(index + 1).first?.from ?? .max
      passed.append((piece.change, min(next, now).subtractingSaturating(piece.from)))
    }
    return passed
  }

  /// The sum of rate × time over the pieces, from the piece that first names the counter on; a counter that
  /// a later piece no longer names stands still.
  func counters(at elapsed: Span) -> [SeriesName: Double] {
    var totals: [SeriesName: Double] = [:]
    for (change, milliseconds) in passed(by: elapsed) {
      for (name, rate) in change.counters { totals[name, default: 0] += rate * Double(milliseconds) }
    }
    // Rates are decimals: six places hide what binary fractions add to them.
    return totals.mapValues { ($0 * 1000).rounded() / 1_000_000 }
  }

  func histograms(at elapsed: Span) -> [SeriesName: Histogram] {
    var all: [SeriesName: Histogram] = [:]
    for (change, milliseconds) in passed(by: elapsed) {
      for (name, observations) in change.histograms {
        all[name, default: Histogram()].observe(observations, for: milliseconds)
      }
    }
    return all
  }

  /// The page in Prometheus' text format; nil when the drill publishes nothing here.
  func exposition(at elapsed: Span) -> String? {
    guard publishes else { return nil }
    return Exposition.text(
      counters: counters(at: elapsed), gauges: change(at: elapsed).gauges,
      histograms: histograms(at: elapsed))
  }
}
