extension ActionTable {
  /// The key documentation, `docs/keys.md`, whole.
  package static var markdown: String {
    var text = """
      # Keys

      The narrowest scope wins: the pane that has the keyboard, then the screen, then what is selected, then
      everywhere. `?` shows the same on the screen, `:` finds an action by its name. Made from the action table;
      a test keeps the two alike.

      """
    text += section("Moving in lists and texts", rows: navigation)
    text += section("Everywhere", of: .everywhere)
    text += section("Wherever an alert, an endpoint or an incident is selected", of: .subject)
    for screen in Screen.allCases {
      text += section("\(screen.rawValue) \(screen.title)", of: .screen(screen))
      for pane in Pane.allCases where pane.screen == screen {
        text += section("Pane \(pane.title)", of: .pane(pane))
      }
    }
    return text
  }

  private static let navigation: [(String, String)] = [
    ("j ↓", "Down"), ("k ↑", "Up"), ("g Home", "First"), ("G End", "Last"),
    ("PgDn ^D", "A page, half a page down"), ("PgUp ^U", "A page, half a page up"),
    ("^Z", "Suspend"), ("^L", "Draw anew"), ("^C", "Quit"),
  ]

  private static func section(_ title: String, of scope: Action.Scope) -> String {
    section(
      title,
      rows: all.filter { $0.scope == scope }.map { action in
        let mark = action.weight == .looks ? "" : action.isOutward ? " (asks first)" : " (recorded)"
        return (action.keys.isEmpty ? "`:\(action.id)`" : action.keyText, action.title + mark)
      })
  }

  private static func section(_ title: String, rows: [(String, String)]) -> String {
    guard !rows.isEmpty else { return "" }
    let lines = rows.map { "| \(code($0.0)) | \($0.1) |" }
    return "\n## \(title)\n\n| key | what it does |\n|---|---|\n" + lines.joined(separator: "\n") + "\n"
  }

  private static func code(_ keys: String) -> String {
    keys.hasPrefix("`") ? keys : keys.split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
  }
}
