import Synchronization

/// The postings of a store and its copies, behind a lock: a copy on another thread may be the first to select.
///
/// All stores that share one have the same series: whoever changes the catalog takes a copy of both.
final class SelectionIndex: Sendable {
  private let postings: Mutex<Postings>

  init(_ postings: Postings = Postings()) { self.postings = Mutex(postings) }

  func copy() -> SelectionIndex { SelectionIndex(postings.withLock { $0 }) }

  /// Calls `body` with the postings as they are.
  func withTexts<Result: Sendable>(_ body: (inout Postings) -> Result) -> Result {
    postings.withLock { postings in body(&postings) }
  }

  /// Calls `body` with postings that are complete.
  func withPostings<Result: Sendable>(
    _ catalog: borrowing Catalog, _ body: (inout Postings, borrowing Catalog) -> Result
  ) -> Result {
    postings.withLock { postings in
      postings.catchUp(with: catalog)
      return body(&postings, catalog)
    }
  }
}
