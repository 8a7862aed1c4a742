import Incidents
import Retro
import Values

/// How far back figures look.
package enum RetroPeriod: Int, CaseIterable, Hashable, Sendable {
  case month, quarter, all

  package var length: Span? {
    switch self {
    case .month: .days(30)
    case .quarter: .days(90)
    case .all: nil
    }
  }

  var words: String {
    switch self {
    case .month: "30 days"
    case .quarter: "90 days"
    case .all: "all time"
    }
  }

  var next: Self { Self(rawValue: rawValue + 1) ?? .month }
}

/// What screen 7 wants to know that takes a while; each is answered by ``RetroNews``.
package enum RetroErrand: Hashable, Sendable {
  /// Figures of the incidents of a period.
  case statistics(RetroPeriod)
  /// The retro of an incident as it would be written.
  case preview(incident: String)
  /// Two incidents beside each other.
  case compare(String, String)
  /// What other rules would have done on an incident's series.
  case backtest(BacktestWish)
  /// Whether the journal's chain is unbroken.
  case verify
}

/// What is answered to a ``RetroErrand``.
package enum RetroNews: Sendable {
  case statistics(RetroStatistics)
  /// Markdown.
  case preview(String)
  case compared(IncidentComparison)
  case backtested(Backtest)
  /// Events checked so far, of how many.
  case checking(Int64, of: Int64)
  /// What was found, as a sentence.
  case verified(String, isIntact: Bool)
}

/// What was answered, as long as it is shown.
struct RetroAnswers: Sendable {
  var statistics: (period: RetroPeriod, figures: RetroStatistics)?
  /// What the statistics were made of.
  var basis: [String] = []
  /// How well each incident of the period kept its promises of updates.
  var cadence: [String: CadenceKept] = [:]
  var preview: (incident: String, lines: [String])?
  /// Of what the preview was asked.
  var previewBasis: [String] = []
  /// Events checked so far.
  var checked: (Int64, of: Int64)?
}
