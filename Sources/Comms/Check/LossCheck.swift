import Values

/// Whether a text that says "resolved" says whether data was lost, and nothing else than the incident does.
enum LossCheck {
  /// - Parameter dataLost: the incident's own words; nil when nobody said yet.
  static func finding(in text: String, dataLost: String?) -> Finding {
    let known = LossStatement(answer: dataLost)
    switch (LossStatement(in: text), known) {
    case (.unsaid, .lost):
      return Finding(
        .error, .loss, "Say what was lost: the incident says \"\(Inert.terminal(dataLost ?? ""))\".")
    case (.unsaid, _):
      return Finding(
        .error, .loss, "Say whether data was lost, such as \"No data was lost.\", or what was.")
    case (.lost, .none?):
      return Finding(
        .error, .loss,
        "The text tells of a loss, and the incident says \"\(Inert.terminal(dataLost ?? ""))\"; correct one of them."
      )
    case (.none, .lost?):
      return Finding(
        .error, .loss,
        "The text says that nothing was lost, and the incident says \"\(Inert.terminal(dataLost ?? ""))\"; correct one of them."
      )
    case (.none, _): return Finding(.good, .loss, "It says that nothing was lost.")
    case (.lost, _): return Finding(.good, .loss, "It says what was lost.")
    }
  }
}
