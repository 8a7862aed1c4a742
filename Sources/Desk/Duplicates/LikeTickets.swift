import Foundation
import Incidents
import Values

/// Finds tickets that may be about the same: of the same requester or tenant, or with the same rare words in their
/// subjects, opened near each other.
///
/// A word weighs what it tells: the logarithm of how many subjects there are to how many have it (Spärck Jones: A
/// statistical interpretation of term specificity, 1972).
package struct LikeTickets: Sendable {
  /// So many tickets before and after one are looked at.
  package static let reach = 1_000
  /// Opened further apart they are two.
  package static let nearness = Span.days(14)
  /// No more are told.
  package static let most = 3

  private let rows: [IndexRow<Ticket>]
  /// Of each row's subject.
  private let words: [Set<String>]
  private let counts: [String: Int]

  /// - Parameter rows: what ``query(around:)`` found.
  package init(among rows: [IndexRow<Ticket>]) {
    self.rows = rows
    words = rows.map { Self.words(of: $0.text(.subject) ?? "") }
    counts = words.reduce(into: [:]) { counts, words in
      for word in words { counts[word, default: 0] += 1 }
    }
  }

  /// The neighbours of a ticket: read by their numbers, which are indexed, and from columns alone.
  package static func query(around number: Int) -> IndexQuery<Ticket> {
    let number = Int64(clamping: number)
    let reach = Int64(Self.reach)
    return IndexQuery(
      .and([
        .compare(.number, .greaterOrEqual, .integer(number.subtractingSaturating(reach))),
        .compare(.number, .lessOrEqual, .integer(number.addingSaturating(reach))),
        .isNull(.merged),
      ]), order: [.descending(.number)], limit: 2 * Self.reach + 1,
      columns: [.subject, .requester, .tenant, .state, .opened])
  }

  /// The likeliest first; empty when nothing is like it.
  package func likenesses(of ticket: Ticket) -> [TicketLikeness] {
    guard let opened = ticket.openedAt else { return [] }
    let own = Self.words(of: ticket.subject)
    let found = zip(rows, words).compactMap { row, words -> TicketLikeness? in
      guard row.key != ticket.key, !ticket.absorbed.contains(row.key), !ticket.parts.contains(row.key),
        row.key != ticket.splitFrom, let at = row.integer(.opened).map({ Instant(milliseconds: $0) }),
        let state = row.text(.state).flatMap(TicketState.init(rawValue:))
      else { return nil }
      let apart = Span(milliseconds: abs((at - opened).milliseconds))
      guard apart <= Self.nearness else { return nil }
      let isSameRequester = Self.isSame(row.text(.requester), ticket.requester)
      let isSameTenant = Self.isSame(row.text(.tenant), ticket.tenant)
      let shared = own.intersection(words).filter(isRare)
      let isLikely =
        isSameRequester
        ? !shared.isEmpty || apart <= .hours(1) : shared.count >= (isSameTenant ? 2 : 3)
      guard isLikely else { return nil }
      let weight =
        (isSameRequester ? 4 : 0) + (isSameTenant ? 2 : 0) + shared.reduce(0) { $0 + self.weight($1) }
        - apart.seconds / Self.nearness.seconds
      return TicketLikeness(
        ticket: row.key, subject: row.text(.subject) ?? "", state: state, opened: at,
        isSameRequester: isSameRequester, isSameTenant: isSameTenant,
        words: shared.sorted { (self.weight($1), $0) < (self.weight($0), $1) }, weight: weight)
    }
    return Array(found.sorted { ($1.weight, $0.ticket) < ($0.weight, $1.ticket) }.prefix(Self.most))
  }

  private func weight(_ word: String) -> Double {
    log(Double(max(rows.count, 2)) / Double(max(counts[word] ?? 1, 1)))
  }

  /// In at most every tenth subject, or in no more than three.
  private func isRare(_ word: String) -> Bool { counts[word, default: 0] <= max(3, rows.count / 10) }

  private static func isSame(_ one: String?, _ other: String?) -> Bool {
    guard let one, let other, one.hasWords else { return false }
    return one.lowercased() == other.lowercased()
  }

  /// Lowered, of three characters or more, letters and digits only.
  static func words(of subject: String) -> Set<String> {
    if let words = asciiWords(of: subject) { return words }
    return Set(
      subject.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0.count >= 3 }.map(String.init))
  }

  /// The same by bytes, which is several times as fast; nil where the subject is not of ASCII alone.
  private static func asciiWords(of subject: String) -> Set<String>? {
    var words: Set<String> = []
    var word: [UInt8] = []
    for byte in subject.utf8 {
      switch byte {
      case 0x80...: return nil
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): word.append(byte)
      default:
        if word.count >= 3 { words.insert(String(decoding: word, as: UTF8.self)) }
        word.removeAll(keepingCapacity: true)
      }
    }
    if word.count >= 3 { words.insert(String(decoding: word, as: UTF8.self)) }
    return words
  }
}
