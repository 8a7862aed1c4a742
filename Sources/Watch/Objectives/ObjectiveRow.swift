import Values

/// A service level objective as boards list it: how much of its error budget is left, and how fast it burns.
package struct ObjectiveRow: Codable, Equatable, Sendable {
  package enum State: String, Codable, Sendable {
    /// Nothing burns faster than it may.
    case kept
    /// A pair of windows burns as fast as an alert asks for; see ``ObjectiveRow/burnsFast``.
    case burning
    /// Nothing is left.
    case spent
    /// Nobody knows: nothing was counted over the whole window.
    case noData = "no_data"
  }

  /// How fast the budget burns over one pair of windows; 1 spends it within the objective's window.
  package struct Burn: Codable, Equatable, Sendable {
    package var window: Span
    package var rate: Double?
    package var recentWindow: Span
    package var recent: Double?
    /// Faster than this over both is an alert.
    package var factor: Double

    package init(
      window: Span, rate: Double? = nil, recentWindow: Span, recent: Double? = nil, factor: Double
    ) {
      self.window = window
      self.rate = rate
      self.recentWindow = recentWindow
      self.recent = recent
      self.factor = factor
    }

    package var isTooFast: Bool { (rate ?? 0) > factor && (recent ?? 0) > factor }
  }

  package var title: String
  /// From 0 to 1.
  package var objective: Double
  package var window: Span
  /// 1: nothing is burnt; 0 or less: the budget is spent. Nil where nothing was counted: that is neither.
  package var left: Double?
  /// Over how much of the window there was anything to count.
  package var covered: Span
  /// The fastest pair first.
  package var burns: [Burn]

  package init(
    title: String, objective: Double, window: Span, left: Double? = nil, covered: Span = .zero,
    burns: [Burn] = []
  ) {
    self.title = title
    self.objective = objective
    self.window = window
    self.left = left
    self.covered = covered
    self.burns = burns
  }
}

extension ObjectiveRow {
  package var state: State {
    guard let left else { return .noData }
    if left <= 0 { return .spent }
    return burns.contains(where: \.isTooFast) ? .burning : .kept
  }

  /// Whether it burns so fast that it is an alert now, and not a matter of days.
  package var burnsFast: Bool { burns.dropLast().contains(where: \.isTooFast) }

  /// How fast it burns now, and over which window that was seen: of the pair that is too fast, else of the first
  /// that knows.
  package var current: Burn? {
    burns.first(where: \.isTooFast) ?? burns.first { $0.rate != nil }
  }

  /// When the budget is spent if it burns on as now, whatever leaves the window meanwhile not given back; nil while it
  /// burns no faster than it may, and when it is spent.
  package var exhaustion: Span? {
    guard let left, left > 0, let rate = current?.rate, rate > 1 else { return nil }
    let seconds = left * window.seconds / rate
    return seconds < 1e12 ? .milliseconds(Int64(seconds * 1000)) : nil
  }

  /// Whether almost all of the window was seen: what is missing is less than a fiftieth.
  package var isWhole: Bool { covered.seconds >= window.seconds * 0.98 }
}
