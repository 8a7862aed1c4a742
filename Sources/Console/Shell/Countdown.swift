import Terminal
import Values

/// A deadline as a person reads it: what happens at zero, and how near that is.
struct Countdown {
  /// What happens: `update`, `L2`, `resolve`.
  let name: String
  let due: Instant
  /// When the time began to run; tells how much of it is left.
  let from: Instant?

  /// Dim, then plain below half, warn below a fifth, page from zero on.
  func style(at now: Instant) -> Style {
    let left = due - now
    if left <= .zero { return .overdue }
    guard let from, due > from else { return left < .minutes(3) ? .due : .text }
    let share = left.seconds / (due - from).seconds
    return share < 0.2 ? .due : share < 0.5 ? .text : .dim
  }

  /// `update due in 2m10s`, `update overdue by 12s`.
  func text(at now: Instant, verb: String = "due ") -> String {
    let left = due - now
    // Whole seconds, so that zero is reached when the clock shows the due time.
    let span = Span.seconds(Int64((abs(left.seconds)).rounded(.down)))
    return left > .zero ? "\(name) \(verb)in \(span.short)" : "\(name) overdue by \(span.short)"
  }
}
