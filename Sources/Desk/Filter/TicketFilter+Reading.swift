import Incidents
import Values

/// Reads a filter as people write it.
extension TicketFilter {
  /// The keys that a filter knows, for help and completion.
  package static let keys: [(key: String, means: String)] = [
    ("state", "open, pending_support, pending_user, resolved, closed"),
    ("sev", "S1 to S4: sev:1,2 sev:<=2"), ("pri", "low, normal, high, urgent: pri:>=high"),
    ("assignee", "a handle, me, none"), ("tenant", "a tenant, none"), ("requester", "who asked"),
    ("system", "a system, none"), ("tag", "a tag"), ("incident", "INC-3, any, none"),
    ("id", "T-482, 482"), ("external", "its id in the other house"),
    ("older", "opened longer ago than 2h"), ("newer", "opened in the last 2h"),
    ("idle", "nothing happened for 1d"), ("due", "breaches within 30m, or has breached"),
    ("is", "open, overdue, paused, unassigned, linked, answered, conflicted"), ("subject", "in the subject"),
  ]

  /// What could be read, and a sentence for each word that could not.
  ///
  /// - Parameter me: the handle that `assignee:me` means.
  package static func read(
    _ text: String, me: String
  ) -> (filter: TicketFilter, problems: [FilterProblem]) {
    var terms: [Term] = []
    var problems: [FilterProblem] = []
    var words: [String] = []
    for word in FilterWords.split(text) {
      if word.key == nil, !word.isNegated {
        if !word.value.isEmpty { words.append(word.value) }
        continue
      }
      do throws(FilterProblem) {
        terms.append(Term(try test(word, me: me), isNegated: word.isNegated))
      } catch {
        problems.append(error)
      }
    }
    if !words.isEmpty { terms.append(Term(.text(words.joined(separator: " ")))) }
    return (TicketFilter(terms), problems)
  }

  private static func test(_ word: FilterWord, me: String) throws(FilterProblem) -> Test {
    let values = word.value.split(separator: ",").map(String.init)
    guard let key = word.key else {
      // Words without a letter hold for every ticket, and their negation for none.
      guard word.value.contains(where: { $0.isLetter || $0.isNumber }) else {
        throw wrong(word, "\"!\" is \"not\", and stands before a word or a key, such as !tag:vip")
      }
      return .text(word.value)
    }
    guard !values.isEmpty else { throw wrong(word, "\(key): needs a value, such as \(example(key))") }
    switch key {
    case "state", "status":
      return .states(try each(values, word) { TicketState(rawValue: $0.lowercased()) })
    case "sev", "severity": return try severity(values, word)
    case "pri", "priority": return try priority(values, word)
    case "assignee", "who":
      return .assignees(values.map { $0.lowercased() }.map { $0 == "none" ? nil : $0 == "me" ? me : $0 })
    case "tenant": return .tenants(values.map { $0.lowercased() == "none" ? nil : $0 })
    case "requester", "from": return .requesters(values)
    case "system": return .systems(values.map { $0.lowercased() == "none" ? nil : $0 })
    case "tag": return .tags(values)
    case "incident", "inc":
      let words = values.map { $0.lowercased() }
      if words == ["any"] { return .incidents([]) }
      guard !words.contains("any") else {
        throw wrong(
          word, "\"any\" stands alone: incident:any is every ticket that is linked, incident:none the rest")
      }
      return .incidents(values.map { $0.lowercased() == "none" ? nil : incidentKey($0) })
    case "id", "ticket":
      return .numbers(
        try each(values, word) { Int($0.uppercased().hasPrefix("T-") ? $0.dropFirst(2) : $0[...]) })
    case "external": return .externals(values)
    case "older": return .older(try span(word))
    case "newer": return .newer(try span(word))
    case "idle": return .idle(try span(word))
    case "due": return .due(try span(word))
    case "is":
      guard values.count == 1, let quality = Quality(rawValue: word.value.lowercased()) else {
        throw wrong(word, "a ticket cannot be \"\(shown(word.value))\"; \(example(key))")
      }
      return .isTrue(quality)
    case "subject": return .subject(word.value)
    default:
      let all = keys.map(\.key).joined(separator: ", ")
      throw wrong(word, "no filter knows \"\(shown(key)):\"; write one of \(all), or quote it to look for it")
    }
  }

  private static func severity(_ values: [String], _ word: FilterWord) throws(FilterProblem) -> Test {
    if let first = values.first, values.count == 1 {
      let (comparison, rest) = comparison(first)
      if comparison != .equal {
        return .severity(comparison, try each([rest], word, Self.severity).first?.rank ?? 0)
      }
    }
    return .severities(try each(values, word, Self.severity))
  }

  private static func priority(_ values: [String], _ word: FilterWord) throws(FilterProblem) -> Test {
    let read: (String) -> TicketPriority? = { TicketPriority(rawValue: $0.lowercased()) }
    if let first = values.first, values.count == 1 {
      let (comparison, rest) = comparison(first)
      if comparison != .equal, let priority = try each([rest], word, read).first {
        return .priority(comparison, priority)
      }
    }
    return .priorities(try each(values, word, read))
  }

  private static func severity(_ text: String) -> Severity? {
    Severity(rawValue: text.uppercased().hasPrefix("S") ? text.uppercased() : "S" + text)
  }

  private static func comparison(_ text: String) -> (Comparison, String) {
    for sign in [Comparison.atMost, .atLeast, .less, .greater] where text.hasPrefix(sign.rawValue) {
      return (sign, String(text.dropFirst(sign.rawValue.count)))
    }
    return (.equal, text)
  }

  private static func each<T>(
    _ values: [String], _ word: FilterWord, _ read: (String) -> T?
  ) throws(FilterProblem) -> [T] {
    var found: [T] = []
    for value in values {
      guard let one = read(value) else {
        throw wrong(word, "\"\(shown(value))\" is no \(word.key ?? "value"); \(example(word.key ?? ""))")
      }
      found.append(one)
    }
    return found
  }

  private static func span(_ word: FilterWord) throws(FilterProblem) -> Span {
    guard let span = Span(prometheus: word.value), span > .zero else {
      throw wrong(word, "\"\(shown(word.value))\" is no length of time; write one such as 30m, 2h or 1d")
    }
    return span
  }

  private static func incidentKey(_ text: String) -> String {
    text.allSatisfy(\.isNumber) ? "INC-\(text)" : text.contains("/") ? text : text.uppercased()
  }

  private static func example(_ key: String) -> String {
    keys.first { key.hasPrefix($0.key) }.map { "it is one of: \($0.means)" } ?? "write key:value"
  }

  private static func shown(_ text: String) -> String { Inert.terminal(String(text.prefix(40))) }

  private static func wrong(_ word: FilterWord, _ sentence: String) -> FilterProblem {
    FilterProblem(column: word.column, sentence: sentence + ".")
  }
}
