import Terminal
import Values

/// What surrounds every screen: the overlay that is open, what just happened, and where one came from.
struct Shell: Sendable {
  var overlay: Overlay?
  var log: [Toast] = []
  var back: [Screen] = []
  var forward: [Screen] = []
  /// The incident whose timeline was asked for last.
  var focus: String??
  /// Page-level alerts that have rung the bell.
  var rung: Set<String> = []
  /// Deadlines that were told when they passed.
  var nudged: Set<String> = []
  /// What was asked of the tickets last.
  var desk: DeskQuestion?
  /// What was asked of the journal's events last.
  var events: EventQuestion?
  /// Clocks of tickets that were told when they ran low, and when they ran out.
  var nudgedTickets: Set<String> = []
  /// Incidents of which an announcement was proposed.
  var announced: Set<String> = []
  /// Whether the notices of the start were said.
  var hasGreeted = false
  /// Whether a key was pressed yet.
  var isTouched = false
  /// Notes that were typed, for Up and Down.
  var noteHistory: [String] = []
  static let depth = 20

  mutating func say(
    _ text: String, at now: Instant, tone: Toast.Tone = .plain, lasting: Span = Toast.shown
  ) {
    log.append(Toast(text, at: now, tone: tone, lasting: lasting))
    if log.count > Toast.kept { log.removeFirst(log.count - Toast.kept) }
  }

  func toast(at now: Instant) -> Toast? {
    log.last.flatMap { $0.isShown(at: now) ? $0 : nil }
  }
}
