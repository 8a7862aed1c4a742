import Foundation
import Retro
import Terminal
import Values

/// Lengths of time on one line of columns, by their logarithm from a second on, so that seconds and days can be told
/// apart on the same line.
struct LogAxis {
  let width: Int
  private let low: Double
  private let high: Double

  /// Wide enough for all of them.
  init(_ spans: [Span], width: Int) {
    self.width = max(1, width)
    let seconds = spans.map { max(1, $0.seconds) }
    low = log(max(1, (seconds.min() ?? 1) / 1.5))
    high = max(log(max(60, (seconds.max() ?? 3600) * 1.2)), low + 1)
  }

  func place(_ span: Span) -> Int {
    let share = (log(max(1, span.seconds)) - low) / (high - low)
    return min(width - 1, max(0, Int((share * Double(width - 1)).rounded())))
  }

  private static let ticks: [(String, Span)] = [
    ("1s", .seconds(1)), ("10s", .seconds(10)), ("1m", .minutes(1)), ("10m", .minutes(10)),
    ("1h", .hours(1)), ("4h", .hours(4)), ("1d", .days(1)), ("1w", .days(7)), ("30d", .days(30)),
    ("1y", .days(365)),
  ]

  private var shownTicks: [(String, Int)] {
    Self.ticks.filter { $0.1.seconds >= exp(low) && $0.1.seconds <= exp(high) }.map { ($0.0, place($0.1)) }
  }

  /// The names of some lengths, each beginning at its place.
  var labels: String {
    var cells = Array(repeating: Character(" "), count: width)
    var free = 0
    for (label, place) in shownTicks where place >= free && place + label.count <= width {
      for (offset, character) in label.enumerated() { cells[place + offset] = character }
      free = place + label.count + 1
    }
    return String(cells)
  }

  /// Every point of the spread, its median and 90th percentile, and one's own above all.
  func strip(own: Span?, spread: Distribution?) -> [(String, Style)] {
    var cells = Array(repeating: (" ", Style.dim), count: width)
    for (_, place) in shownTicks { cells[place] = ("┊", .rule) }
    if let spread {
      let from = place(spread.least)
      let to = place(spread.most)
      for column in from...max(from, to) { cells[column] = ("─", .rule) }
      for point in spread.points { cells[place(point)] = ("·", .dim) }
      cells[place(spread.p90)] = ("┤", .text)
      cells[place(spread.median)] = ("┼", .text)
    }
    if let own { cells[place(own)] = (Sign.page.glyph, .strong) }
    return cells.joinedByStyle
  }

  /// Several marks on one line; those that would stand on the same column stand beside each other.
  func line(_ marks: [(String, Span)]) -> [(String, Style)] {
    var cells = Array(repeating: ("─", Style.rule), count: width)
    var taken: Set<Int> = []
    for (letter, span) in marks.sorted(by: { $0.1 < $1.1 }) {
      var column = place(span)
      while taken.contains(column), column < width - 1 { column += 1 }
      taken.insert(column)
      cells[column] = (letter, .key)
    }
    for (label, place) in shownTicks where place + label.count <= width {
      let columns = place..<(place + label.count)
      guard taken.isDisjoint(with: (place - 1)..<(place + label.count + 1)) else { continue }
      for (column, character) in zip(columns, label) { cells[column] = (String(character), .dim) }
    }
    return cells.joinedByStyle
  }
}
