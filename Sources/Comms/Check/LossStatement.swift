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

  /// Read clause by clause. A loss that is told of outweighs all; that nothing was lost outweighs what was missing for
  /// a time.
  init(in text: String) {
    let said = Set(LossClause.all(in: text).map(\.meaning))
    self =
      said.contains(.lost)
      ? .lost : said.contains(.nothingLost) ? .none : said.contains(.missed) ? .lost : .unsaid
  }
}

/// One clause of a sentence: what it says of data.
struct LossClause {
  enum Meaning {
    case unsaid, nothingLost, lost
    /// It was missing or deleted, which can be over.
    case missed
  }

  let words: [String]

  /// Clauses of each sentence that tells something; what only asks, "if an order is missing", is left out.
  static func all(in text: String) -> [LossClause] {
    CheckedText(text, .text).whole.split { ".!?\n;".contains($0) }.flatMap { sentence -> [LossClause] in
      let words = words(sentence)
      if let first = words.first, ["if", "should", "whoever", "unless"].contains(first) { return [] }
      var clauses: [[String]] = []
      for word in words {
        let isBreak = [",", "and", "but", "while", "because", "so", "though"].contains(word)
        // "No data, orders or payments were lost" is one clause, and so is "nothing was lost but two orders".
        if isBreak, let last = clauses.last, last.contains(where: isVerb) {
          clauses.append(word == "but" ? [word] : [])
        } else if clauses.isEmpty {
          clauses.append([word])
        } else {
          clauses[clauses.count - 1].append(word)
        }
      }
      var found: [LossClause] = []
      for clause in clauses {
        let bare = clause.filter { $0 != "," }
        let isRest = !bare.contains(where: isVerb) && exceptions.contains(bare.first ?? "")
        if isRest, let last = found.last {
          found[found.count - 1] = LossClause(words: last.words + bare)
        } else {
          found.append(LossClause(words: bare))
        }
      }
      return found
    }
  }

  private static func words(_ sentence: Substring) -> [String] {
    var words: [String] = []
    for part in sentence.lowercased().split(whereSeparator: {
      !$0.isLetter && !$0.isNumber && !"'’,:".contains($0)
    }) {
      var word = ""
      for character in part {
        if character == "," || character == ":" {
          if !word.isEmpty { words.append(word) }
          words.append(String(character))
          word = ""
        } else {
          word.append(character)
        }
      }
      if !word.isEmpty { words.append(word) }
    }
    return words
  }

  var meaning: Meaning {
    guard isTold else { return .unsaid }
    if let loss = losses.first {
      if isNothing(at: loss) {
        return isLimited ? .lost : isOther ? .unsaid : .nothingLost
      }
      if Self.always.contains(words[loss]) { return .lost }
      guard hasData else { return .unsaid }
      let isNow = words.contains { ["is", "are", "remain", "remains", "still", "permanently"].contains($0) }
      return isNow ? .lost : .missed
    }
    guard hasData else { return .unsaid }
    let isNegated = words.contains(where: Self.isNegation)
    if !Self.recovered.isDisjoint(with: words) {
      if isNegated { return .lost }
      let all: Set<String> = ["all", "every", "everything"]
      return all.isDisjoint(with: words) ? .unsaid : .nothingLost
    }
    if words.contains("affected") { return isNegated ? .nothingLost : .unsaid }
    return !isNegated && !Self.keeping.isDisjoint(with: words) ? .nothingLost : .unsaid
  }

  /// Places of words of loss, without those about what is no data.
  private var losses: [Int] {
    words.indices.filter { index in
      let word = words[index]
      guard Self.always.contains(word) || Self.sometimes.contains(word) else { return false }
      let object = words.dropFirst(index + 1).prefix(5).filter { !Self.articles.contains($0) }.prefix(2)
      if object.contains(where: Self.noData.contains), !object.prefix(1).contains(where: Self.data.contains) {
        return false
      }
      // "Access was lost for an hour."
      let before = words.prefix(index)
      return !before.contains(where: Self.noData.contains) || before.contains(where: Self.data.contains)
    }
  }

  /// Whether the clause tells, and does not only ask: "we do not know whether orders were lost".
  private var isTold: Bool {
    guard let loss = losses.first else { return true }
    return words.prefix(loss).allSatisfy { !["whether", "if", "unless", "how"].contains($0) }
  }

  private func isNothing(at loss: Int) -> Bool {
    // "lost no orders", "data loss: none", "lost or lingering: nothing"
    let next = words.dropFirst(loss + 1)
    if let first = next.first, Self.isNegation(first) || first == "zero", first != "not" { return true }
    if let colon = next.firstIndex(of: ":"), let first = words.dropFirst(colon + 1).first,
      Self.isNegation(first) || first == "zero"
    {
      return true
    }
    let before = words.prefix(loss)
    guard let index = before.lastIndex(where: { Self.isNegation($0) || $0 == "zero" }) else { return false }
    // "Not all orders were lost", "no more than two orders", "not only orders"
    let after = words.dropFirst(index + 1).first ?? ""
    return !["all", "every", "everything", "more", "fewer", "less", "only"].contains(after)
  }

  /// "Nothing was lost but two orders."
  private var isLimited: Bool {
    !Set(words).isDisjoint(with: ["but", "except", "only", "apart", "besides"])
  }

  /// "No other data was lost" says that some was, or nothing.
  private var isOther: Bool { !Set(words).isDisjoint(with: ["other", "further", "additional", "else"]) }

  private var hasData: Bool { !Self.data.isDisjoint(with: words) }

  private static func isNegation(_ word: String) -> Bool {
    ["no", "not", "nothing", "none", "never", "without", "nobody", "neither", "cannot"].contains(word)
      || word.hasSuffix("n't") || word.hasSuffix("n’t")
  }

  private static func isVerb(_ word: String) -> Bool {
    verbs.contains(word) || always.contains(word) || sometimes.contains(word) || word.hasSuffix("n't")
      || word.hasSuffix("n’t")
  }

  private static let verbs: Set<String> = [
    "was", "were", "is", "are", "be", "been", "has", "have", "had", "did", "do", "does", "can", "could",
    "will", "would", "failed", "fails", "works", "work", "arrived", "went", "got", "remain", "remains",
    "stay",
    "stayed",
  ]
  private static let exceptions: Set<String> = ["but", "except", "only", "apart", "besides"]
  private static let always: Set<String> = ["lost", "lose", "loses", "losing", "loss", "losses"]
  private static let sometimes: Set<String> = [
    "missing", "deleted", "erased", "overwritten", "corrupted", "corrupt", "unsaved", "gone", "damaged",
  ]
  private static let recovered: Set<String> = ["recovered", "restored", "recover", "restore", "retrieved"]
  private static let keeping: Set<String> = [
    "safe", "intact", "complete", "unharmed", "preserved", "unaffected", "kept", "confirmed", "verified",
    "consistent",
  ]
  private static let articles: Set<String> = [
    "of", "to", "the", "a", "an", "our", "your", "their", "its", "some", "all", "any", "much", "network",
    "internet", "in", "for", "on", "with", "from",
  ]
  /// What can be lost and is no data.
  private static let noData: Set<String> = [
    "access", "connection", "connections", "connectivity", "contact", "time", "patience", "power", "signal",
    "sight", "touch", "trust", "confidence", "network", "visibility", "redundancy", "minutes", "hours",
    "traffic", "packets", "service", "availability", "function", "functionality",
  ]
  private static let data: Set<String> = [
    "data", "orders", "order", "purchases", "purchase", "packs", "entries", "records", "messages", "changes",
    "sales", "payments", "payment", "files", "file", "everything", "accounts", "bookings", "settings",
    "journals", "history", "mails", "emails", "invoices", "photos", "documents", "uploads",
  ]
}
