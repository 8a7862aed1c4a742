import Values

/// What a text says about lost data.
enum LossStatement: Equatable {
  case unsaid
  /// Nothing was.
  case none
  case lost

  /// What somebody answered to "was data lost?"; nil when nobody did.
  init?(answer: String?) {
    guard let answer = answer?.trimmed.lowercased(), !answer.isEmpty else { return nil }
    let first = answer.prefix { $0.isLetter }
    let words = Set(answer.split { !$0.isLetter }.map(String.init))
    let isNo = ["no", "none", "nothing", "not", "nil", "never"].contains(String(first))
    // "no, but two orders are missing"
    self = isNo && words.isDisjoint(with: ["but", "except", "only", "apart", "besides"]) ? .none : .lost
  }

  private static let losses: Set<String> = [
    "lost", "lose", "loses", "losing", "loss", "losses", "missing", "deleted", "erased", "overwritten",
    "corrupted",
    "corrupt", "unsaved", "gone", "damaged",
  ]
  private static let negations: Set<String> = [
    "no", "not", "nothing", "none", "never", "without", "nobody", "neither",
  ]
  private static let keeping: Set<String> = [
    "safe", "intact", "complete", "unharmed", "preserved", "unaffected", "kept",
  ]
  private static let data: Set<String> = [
    "data", "orders", "order", "purchases", "purchase", "packs", "entries", "records", "messages", "changes",
    "sales",
    "payments", "files", "everything", "accounts", "bookings", "settings", "journals", "history",
  ]

  /// Read sentence by sentence; one that tells of a loss outweighs those that tell of none.
  init(in text: String) {
    var said = LossStatement.unsaid
    for sentence in CheckedText(text, .text).whole.split(whereSeparator: { ".!?\n;".contains($0) }) {
      let words = sentence.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(String.init)
      // "If something is missing, please tell us" tells of no loss.
      if let first = words.first, ["if", "should", "whoever", "unless"].contains(first) { continue }
      let isNegated =
        words.contains(where: Self.negations.contains)
        || words.contains { $0.hasSuffix("n't") || $0.hasSuffix("n’t") }
      if words.contains(where: Self.losses.contains) {
        guard isNegated else {
          self = .lost
          return
        }
        let isLimited = words.contains { ["but", "except", "only", "apart"].contains($0) }
        if isLimited {
          self = .lost
          return
        }
        said = .none
      } else if words.contains(where: Self.keeping.contains), words.contains(where: Self.data.contains),
        !isNegated
      {
        said = .none
      }
    }
    self = said
  }
}

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
