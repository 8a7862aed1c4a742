import Incidents
import Values

/// Another ticket that may be about the same, and why.
package struct TicketLikeness: Hashable, Sendable {
  package let ticket: String
  package let subject: String
  package let state: TicketState
  package let opened: Instant
  package let isSameRequester: Bool
  package let isSameTenant: Bool
  /// Words that both subjects have and few others do, the rarest first.
  package let words: [String]
  /// The greater, the likelier.
  let weight: Double

  /// `same requester, both say "charged", "twice"`.
  package var why: String {
    var parts: [String] = []
    if isSameRequester { parts.append("same requester") }
    if isSameTenant { parts.append("same tenant") }
    if !words.isEmpty {
      parts.append("both say " + words.prefix(3).map { "\"\($0)\"" }.joined(separator: ", "))
    }
    return parts.joined(separator: ", ")
  }
}
