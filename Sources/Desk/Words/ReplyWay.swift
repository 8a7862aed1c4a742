/// How a public reply on a ticket reaches whoever asked.
package enum ReplyWay: Hashable, Sendable {
  /// The house that it came from, or in which it is made, is told.
  case house(String)
  /// As a mail to that address.
  case mail(String)
  /// Nobody outside reads it. Why, as a phrase.
  case nowhere(String)

  package var isNowhere: Bool { if case .nowhere = self { true } else { false } }
}
