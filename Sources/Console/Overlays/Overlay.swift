import Terminal

/// What takes the keyboard for a moment, in a panel below the stage.
enum Overlay: Sendable {
  case help(Palette)
  case palette(Palette)
  case filter(TextField)
  case line(LineEntry)
  case choice(Choice)
  case form(Form)
  case send(SendPanel)
  case comment(CommentPanel)
  case confirm(Confirmation)
  case page(TextPage)

  /// The keys shown in the footer while it is open.
  var hints: [(String, String)] {
    switch self {
    case .help, .palette: [("type", "to search"), ("↑↓", "choose"), ("Enter", "do it"), ("Esc", "close")]
    case .filter: [("Enter", "keep"), ("Esc", "show all"), ("!word", "leaves it out")]
    case .line(let entry): entry.hints
    case .choice: [("↑↓", "choose"), ("Enter", "take it"), ("Esc", "change nothing")]
    case .form(let form): form.hints
    case .send(let panel): panel.hints
    case .comment(let panel): panel.hints
    case .confirm(let confirmation): [("Enter", confirmation.verb), ("Esc", "does nothing")]
    case .page: [("j k", "scroll"), ("Esc", "close")]
    }
  }

  /// The number of the act that it waits for.
  var saving: Int? {
    switch self {
    case .line(let entry): entry.saving
    case .choice(let choice): choice.saving
    case .form(let form): form.saving
    case .send(let panel): panel.saving
    case .comment(let panel): panel.saving
    case .confirm(let confirmation): confirmation.saving
    default: nil
    }
  }

  /// Text stays after a failure, and says why.
  mutating func fail(_ sentence: String) {
    switch self {
    case .line(var entry):
      entry.error = sentence
      entry.saving = nil
      self = .line(entry)
    case .choice(var choice):
      choice.error = sentence
      choice.saving = nil
      self = .choice(choice)
    case .form(var form):
      form.error = sentence
      form.saving = nil
      self = .form(form)
    case .comment(var panel):
      (panel.error, panel.saving, panel.isArmed) = (sentence, nil, false)
      self = .comment(panel)
    case .send(var panel):
      panel.error = sentence
      panel.saving = nil
      self = .send(panel)
    case .confirm(var confirmation):
      confirmation.error = sentence
      confirmation.saving = nil
      self = .confirm(confirmation)
    default: break
    }
  }

  mutating func wait(for number: Int) {
    switch self {
    case .line(var entry):
      (entry.saving, entry.error) = (number, nil)
      self = .line(entry)
    case .choice(var choice):
      (choice.saving, choice.error) = (number, nil)
      self = .choice(choice)
    case .form(var form):
      (form.saving, form.error) = (number, nil)
      self = .form(form)
    case .comment(var panel):
      (panel.saving, panel.error) = (number, nil)
      self = .comment(panel)
    case .send(var panel):
      (panel.saving, panel.error) = (number, nil)
      self = .send(panel)
    case .confirm(var confirmation):
      (confirmation.saving, confirmation.error) = (number, nil)
      self = .confirm(confirmation)
    default: break
    }
  }
}
