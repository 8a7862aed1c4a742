/// A conversation in rows, kept while what it was made of stays the same.
struct WrappedConversation: Sendable {
  struct Key: Hashable, Sendable {
    let ticket: String
    let isRead: Bool
    let events: Int
    let last: String?
    /// Of all bodies: what was erased is shown no longer.
    let bytes: Int
    let width: Int
    let day: Int
    /// It says how replies go out.
    let folder: String?
  }

  let key: Key
  let rows: [Spans]
  /// The row on which the last thing that somebody wrote begins.
  let last: Int
}
