import Terminal
import Values

/// One thing a responder can do: a row from which its key, its place in the palette, its help, its hint in
/// the footer and its line in the key documentation all come.
struct Action: Sendable {
  /// What it leaves behind.
  enum Weight: Sendable {
    /// Changes nothing but the screen.
    case looks
    /// Writes to the journal; can be taken back by another act.
    case records
    /// Goes out to others or cannot be taken back: names its target and asks.
    case outward
  }

  /// Where its keys mean it. The narrower scope wins.
  enum Scope: Hashable, Sendable {
    case pane(Pane)
    case screen(Screen)
    /// Wherever an alert, an endpoint or an incident has the focus, unless the screen says otherwise.
    case subject
    case everywhere

    /// The screen that it is part of, if it is.
    var screen: Screen? {
      switch self {
      case .pane(let pane): pane.screen
      case .screen(let screen): screen
      case .subject, .everywhere: nil
      }
    }
  }

  /// One word and dashes; unique.
  let id: String
  let keys: [Key]
  /// A whole phrase for help, palette and documentation.
  let title: String
  /// One or two words for the footer; nil keeps it out of there.
  let hint: String?
  let scope: Scope
  var weight = Weight.looks
  /// Where its hint stands in the footer: the lowest first, and the last one standing when room is short.
  var rank = 50
  /// Whether its keys mean it now; where they do not, they mean what a wider scope says.
  var isMeant: @Sendable (Console) -> Bool = { _ in true }
  /// Why it cannot be done now, as a sentence; nil when it can.
  var unavailable: @Sendable (Console) -> String? = { _ in nil }
  let run: @Sendable (inout Console, Instant) -> [Console.Effect]

  var isOutward: Bool { weight == .outward }

  /// `a`, `Space`, `[`.
  var keyText: String { keys.map(\.description).joined(separator: " ") }
}
