import GRDB
import Incidents

/// Who is meant by a handle: an actor is written `handle@host#uid`, and one person comes from several hosts.
enum EventActors {
  /// More for one term are not told apart; their handles are compared then.
  private static let most = 500

  /// A handle's actors lie together, up to the sign after `@`.
  static let range = "(actor >= ? AND actor < ?)"

  static func bounds(of handle: String) -> [String] { [handle + "@", handle + "A"] }

  /// For each term the actors that it means; nil where it is not about people, or no index tells them quickly.
  ///
  /// O(actors · log events).
  static func meant(by terms: [EventSelection.Term], _ db: Database) throws -> [[String]?] {
    let isIndexed = try isIndexed(db)
    return try terms.map { term in
      guard isIndexed, case .actors(let handles) = term.test else { return nil }
      var actors: [String] = []
      for handle in Set(handles).sorted() {
        actors += try named(handle, db)
        if actors.count > most { return nil }
      }
      return actors
    }
  }

  private static func named(_ handle: String, _ db: Database) throws -> [String] {
    let sql = """
      WITH RECURSIVE known(actor) AS (
        SELECT min(actor) FROM event WHERE actor >= ?1 AND actor < ?2
        UNION ALL
        SELECT (SELECT min(actor) FROM event WHERE actor > known.actor AND actor < ?2) FROM known
        WHERE actor IS NOT NULL)
      SELECT actor FROM known WHERE actor IS NOT NULL LIMIT \(most + 1)
      """
    return try String.fetchAll(
      db.cachedStatement(sql: sql), arguments: StatementArguments(bounds(of: handle)))
  }

  /// Whether the file has the index: a journal of an older schema, opened for reading, has not.
  private static func isIndexed(_ db: Database) throws -> Bool {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name = 'event_by_actor'"
    return try Int.fetchOne(db.cachedStatement(sql: sql)) == 1
  }
}
