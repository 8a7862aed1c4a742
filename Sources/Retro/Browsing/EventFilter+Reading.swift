import Desk
import Incidents
import Values

/// Reads a filter as people write it.
extension EventFilter {
  /// The keys that a filter knows, for help.
  package static let keys: [(key: String, means: String)] = [
    ("kind", "alert, alert.fired, note, step, update"), ("actor", "a handle, me, midwatch"),
    ("system", "a system"), ("incident", "INC-3"), ("ticket", "T-482"),
    ("since", "-2h, 14:03, 14:03Z, 2026-11-21"), ("until", "-30m, 14:03Z, 2026-11-21"),
    ("is", "pinned"),
  ]

  /// What could be read, and a sentence for each word that could not.
  ///
  /// - Parameters:
  ///   - me: the handle that `actor:me` means.
  ///   - offset: how many seconds local clocks are ahead of UTC.
  package static func read(
    _ text: String, me: String, at now: Instant, offset: Int = 0
  ) -> (filter: EventFilter, problems: [FilterProblem]) {
    var filter = EventFilter()
    var problems: [FilterProblem] = []
    var words: [String] = []
    for word in FilterWords.split(text) {
      guard let key = word.key else {
        if word.value.isEmpty { continue }
        // Several words of one piece stand together, as they were quoted.
        let piece = word.value.contains(where: \.isWhitespace) ? "\"\(word.value)\"" : word.value
        if word.isNegated {
          filter.terms.append(Term(.text(piece), isNegated: true))
        } else {
          words.append(piece)
        }
        continue
      }
      do throws(FilterProblem) {
        try filter.take(word, key, me: me, at: now, offset: offset)
      } catch {
        problems.append(error)
      }
    }
    if !words.isEmpty { filter.terms.append(Term(.text(words.joined(separator: " ")))) }
    return (filter, problems)
  }

  /// The words of a filter that have no key of ours, as they were written: what a list of something else looks for.
  package static func words(besidesKeys text: String) -> String {
    guard text.contains(":") else { return text }
    return pieces(of: text).filter { !$0.isAboutEvents }.map(\.text).joined(separator: " ")
  }

  /// The first word that asks something of events, where a list of something else is filtered.
  package static func problem(inFilterOf things: String, _ text: String) -> FilterProblem? {
    guard text.contains(":"), let piece = pieces(of: text).first(where: \.isAboutEvents) else { return nil }
    return FilterProblem(
      column: piece.column,
      sentence: "This list is of \(things), and \(shown(piece.text)) asks for events: "
        + "Esc, Tab goes to them, and / filters them there.")
  }

  /// Words between blanks, by their columns from 1 on.
  private static func pieces(of text: String) -> [(text: String, column: Int, isAboutEvents: Bool)] {
    text.enumerated().split { $0.element.isWhitespace }.map { letters in
      let piece = String(letters.map(\.element))
      let word = FilterWords.split(piece).first
      return (
        piece, (letters.first?.offset ?? 0) + 1,
        word?.key.map { key in keys.contains { $0.key == key } } ?? false
      )
    }
  }

  private mutating func take(
    _ word: FilterWord, _ key: String, me: String, at now: Instant, offset: Int
  ) throws(FilterProblem) {
    let values = word.value.split(separator: ",").map(String.init)
    guard !values.isEmpty else {
      throw Self.wrong(word, "\(key): needs a value, such as \(Self.example(key))")
    }
    let test: Test
    switch key {
    case "kind": test = .kinds(values.map { $0.lowercased() })
    case "actor", "by", "who": test = .actors(values.map { $0 == "me" ? me : $0.lowercased() })
    case "system": test = .systems(values)
    case "incident", "inc": test = .incidents(values.map { Self.named($0, "INC-") })
    case "ticket": test = .tickets(values.map { Self.named($0, "T-") })
    case "since", "until":
      if word.isNegated { throw Self.wrong(word, "a time is not excluded; write since: and until: instead") }
      let moment = try Self.moment(word, at: now, offset: offset)
      if key == "since" { since = moment } else { until = moment }
      return
    case "is":
      guard word.value.lowercased() == "pinned", !word.isNegated else {
        throw Self.wrong(word, "an event can only be asked whether it is pinned: is:pinned")
      }
      isPinned = true
      return
    default:
      let all = Self.keys.map(\.key).joined(separator: ", ")
      throw Self.wrong(
        word, "no filter knows \"\(Self.shown(key)):\"; write one of \(all), or quote it to look for it")
    }
    terms.append(Term(test, isNegated: word.isNegated))
  }

  private static func moment(
    _ word: FilterWord, at now: Instant, offset: Int
  ) throws(FilterProblem) -> Moment {
    let text = word.value
    if text.hasPrefix("-"), let span = Span(prometheus: text.dropFirst()), span > .zero { return .ago(span) }
    if let instant = NoteTime.instant(text, at: now, offset: offset) { return .at(instant) }
    if let day = Instant(rfc3339: text + "T00:00:00Z") { return .at(day - .seconds(Int64(offset))) }
    throw wrong(
      word,
      "\"\(shown(text))\" is no time; write -2h, 14:03, 14:03Z, 2026-11-21 or \"2026-11-21 14:03Z\" in quotes"
    )
  }

  /// `INC-3` for `3` and `inc-3`; another origin's stays as it is.
  private static func named(_ text: String, _ series: String) -> String {
    text.allSatisfy(\.isNumber) ? series + text : text.contains("/") ? text : text.uppercased()
  }

  private static func example(_ key: String) -> String {
    keys.first { $0.key == key }?.means ?? "key:value"
  }

  private static func shown(_ text: String) -> String { Inert.terminal(String(text.prefix(40))) }

  private static func wrong(_ word: FilterWord, _ sentence: String) -> FilterProblem {
    FilterProblem(column: word.column, sentence: sentence + ".")
  }
}
