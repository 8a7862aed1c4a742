import Values

/// Where a journal stood when something was made of it: what exports, hand-overs and reports carry, so that they can
/// be held against the journal later.
///
/// Every format has it in one of two forms, which `journal verify --against FILE` reads back: the sentence, or an
/// object `{"count", "head", "journal", "origin"}`.
package struct RecordStamp: Codable, Equatable, Hashable, Sendable {
  /// Its name.
  package let journal: String
  /// 32 hexadecimal digits.
  package let origin: String
  /// How many events there were.
  package let count: Int64
  /// The hash of the last, 64 hexadecimal digits.
  package let head: String

  package init(journal: String, origin: String, count: Int64, head: String) {
    self.journal = journal
    self.origin = origin
    self.count = count
    self.head = head
  }

  /// `Written 2026-11-21 03:14:06Z from the journal main (origin 0f…) at event 42, head 9f….`
  /// - Parameters:
  ///   - verb: what was done then.
  ///   - inert: what makes the journal's name safe in the format; the rest is letters, digits and `.,:()-`.
  package func sentence(
    _ verb: String = "Written", at made: Instant, inert: (String) -> String = { $0 }
  ) -> String {
    "\(verb) \(made.dateClockUTC) from \(journal.isEmpty ? "a journal" : "the journal \(inert(journal))") (origin \(origin)) at event \(count), "
      + "head \(head)."
  }

  /// What is said beside it.
  package static let hint =
    "`midwatch journal verify --against FILE` tells whether that journal still says the same."
}
