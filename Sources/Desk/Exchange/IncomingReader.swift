import Incidents
import JSON
import Values

/// Makes a ticket of what stands in a row or an element, by a mapping; says everything that is wrong with it.
package struct IncomingReader {
  package struct Mistake: Equatable, Sendable {
    /// Of our names.
    package let field: String
    package let what: String
  }

  /// How far the clock of another house may be ahead of ours.
  private static let ahead = Span.days(1)

  private let mapping: ExchangeMapping
  private let now: Instant
  package private(set) var mistakes: [Mistake] = []

  package init(_ mapping: ExchangeMapping, at now: Instant) {
    self.mapping = mapping
    self.now = now
  }

  /// From a JSON object, its comments included.
  package mutating func ticket(_ json: JSONValue) -> (source: String?, ticket: IncomingTicket)? {
    guard case .object = json else {
      fail("id", "a ticket is an object, and here is something else")
      return nil
    }
    guard var found = ticket({ json.at($0.place)?.plainText }) else { return nil }
    for element in json.at(mapping.commentsAt)?.elements ?? [] {
      let requester = found.ticket.requester
      if let comment = comment(requester: requester, { element.at($0.place)?.plainText }) {
        found.ticket.comments.append(comment)
      }
    }
    if found.ticket.text.isEmpty, let first = found.ticket.comments.first { found.ticket.text = first.text }
    return found
  }

  /// - Parameter value: what stands at the place of an origin; nil when there is no such place.
  package mutating func ticket(
    _ value: (ExchangeMapping.Origin) -> String?
  ) -> (source: String?, ticket: IncomingTicket)? {
    let before = mistakes.count
    func text(_ name: String) -> String? { Self.text(mapping.fields[name], value) }
    let id = text("id") ?? ""
    if !id.hasWords || id.utf8.count > 256 { fail("id", "a ticket needs an id of at most 256 bytes") }
    var subject = (text("subject") ?? "").trimmingBlanks
    if subject.isEmpty { fail("subject", "a ticket needs a subject") }
    if subject.contains(where: \.isNewline) {
      subject = subject.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
    if subject.count > OpenTicket.longestSubject {
      subject = String(subject.prefix(OpenTicket.longestSubject - 1)) + "…"
    }
    let requester = text("requester") ?? ""
    if !requester.hasWords { fail("requester", "a ticket needs a requester") }
    var ticket = IncomingTicket(id: id, subject: subject, text: text("text") ?? "", requester: requester)
    ticket.tenant = text("tenant")
    ticket.system = text("system").words
    ticket.state = word(text("state"), "state")
    ticket.priority = word(text("priority"), "priority")
    ticket.severity = word(text("severity"), "severity")
    if let who = text("assignee") {
      ticket.assignee = who.isEmpty || Actor.isHandle(who) ? who : Actor.handle(from: who)
    }
    if let tags = text("tags") {
      // Our own tags may hold a semicolon; other houses separate by one.
      let isOurs = mapping.fields["tags"] == ExchangeMapping.ours.fields["tags"]
      let words = tags.split { $0.isWhitespace || $0 == "," || !isOurs && $0 == ";" }.map(String.init)
      ticket.tags = try? TicketRules.tags(words)
      if ticket.tags == nil { fail("tags", "a tag is one word of at most 40 characters") }
    }
    ticket.opened = time(text("opened"), "opened")
    ticket.changed = time(text("changed"), "changed")
    let source = text("source").flatMap { $0.hasWords ? $0 : nil }
    return mistakes.count == before ? (source, ticket) : nil
  }

  /// Nil when it has no text, or is wrong.
  package mutating func comment(
    requester: String, _ value: (ExchangeMapping.Origin) -> String?
  ) -> IncomingTicket.Comment? {
    func text(_ name: String) -> String? { Self.text(mapping.comments[name], value) }
    guard let body = text("text"), body.hasWords else { return nil }
    let before = mistakes.count
    var comment = IncomingTicket.Comment(text: body)
    comment.id = text("id").flatMap { $0.hasWords ? $0 : nil }
    switch (text("public") ?? "").lowercased() {
    case "", "true", "yes", "1", "public": comment.isPublic = true
    case "false", "no", "0", "internal", "private": comment.isPublic = false
    case let other:
      fail("comment public", "\"\(Inert.terminal(String(other.prefix(40))))\" is neither true nor false")
    }
    switch text("customer") ?? "" {
    case "", "false", "no", "0", "support": break
    case "true", "yes", "1", "customer": comment.customer = requester
    case let name: comment.customer = name
    }
    comment.author = text("author").flatMap { $0.hasWords ? String($0.prefix(200)) : nil }
    comment.at = time(text("at"), "comment at")
    return mistakes.count == before ? comment : nil
  }

  // MARK: Values

  private static func text(
    _ origin: ExchangeMapping.Origin?, _ value: (ExchangeMapping.Origin) -> String?
  ) -> String? {
    guard let origin else { return nil }
    guard let found = value(origin), !found.isEmpty else { return origin.fallback ?? value(origin) }
    return origin.values[found] ?? found
  }

  private mutating func word<Word: RawRepresentable & CaseIterable>(_ text: String?, _ field: String) -> Word?
  where Word.RawValue == String {
    guard let text, text.hasWords else { return nil }
    let word = Word(rawValue: text) ?? Word.allCases.first { $0.rawValue.lowercased() == text.lowercased() }
    if word == nil {
      let all = Word.allCases.map(\.rawValue).joined(separator: ", ")
      fail(field, "\"\(Inert.terminal(String(text.prefix(40))))\" is no \(field); they are \(all)")
    }
    return word
  }

  private mutating func time(_ text: String?, _ field: String) -> Instant? {
    guard let text, text.hasWords else { return nil }
    guard let instant = Self.instant(text) else {
      fail(field, "\"\(Inert.terminal(String(text.prefix(40))))\" is no time; write 2026-11-21T03:05:00Z")
      return nil
    }
    // Clocks of two houses differ, and a zone may be missing; whoever takes it in makes it no later than now.
    guard instant - now <= Self.ahead else {
      fail(field, "\(Inert.terminal(String(text.prefix(40)))) is more than a day in the future")
      return nil
    }
    return instant
  }

  /// RFC 3339; without a zone UTC; seconds or milliseconds since 1970.
  static func instant(_ text: String) -> Instant? {
    let text = text.trimmingBlanks
    if let instant = Instant(rfc3339: text) { return instant }
    if let number = Int64(text), number > 100_000_000 {
      return Instant(milliseconds: number < 100_000_000_000 ? number * 1000 : number)
    }
    let parts = text.split(separator: " ")
    let day = parts.count == 2 ? "\(parts[0])T\(parts[1])" : text
    for end in ["Z", ":00Z", "T00:00:00Z"] {
      if let instant = Instant(rfc3339: day + end) { return instant }
    }
    return nil
  }

  private mutating func fail(_ field: String, _ what: String) {
    mistakes.append(Mistake(field: field, what: what))
  }
}

extension String {
  var trimmingBlanks: String {
    let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? startIndex
    return String(self[..<end].drop(while: \.isWhitespace))
  }
}
