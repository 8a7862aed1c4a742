/// The signs that stand before a word, so that no state is colour alone; each with its ASCII form.
///
/// Views draw ``glyph``; ``Frame/asciiSigns()`` turns a whole frame into ASCII forms at the end.
package enum Sign: Hashable, Sendable, CaseIterable {
  case page, warn, info, pending
  case up, down, stale, maintenance, retry
  case selected, current, todo, done, failed, choice, skipped, notApplicable
  case declared, command, star, sent, chain, resolved

  package var glyph: String {
    switch self {
    case .page: "●"
    case .warn: "▲"
    case .info: "i"
    case .pending: "◌"
    case .up, .done, .resolved: "✓"
    case .down, .failed: "✖"
    case .stale: "?"
    case .maintenance: "‖"
    case .retry: "…"
    case .selected: "▌"
    case .current: "▸"
    case .todo: "☐"
    case .choice: "◇"
    case .skipped: "–"
    case .notApplicable: "·"
    case .declared: "+"
    case .command: "$"
    case .star: "★"
    case .sent: "»"
    case .chain: "⛓"
    }
  }

  package var ascii: String { Frame.asciiForms[glyph] ?? glyph }
}
