import GRDB
import Incidents

/// Answers to queries out of the tables of an indexed fold.
enum IndexReading {
  static func page<F: IndexedFold>(_ query: IndexQuery<F>, _ db: Database) throws -> IndexPage<F> {
    let columns = query.columns ?? Array(F.Column.allCases)
    let names = columns.map { IndexTable<F>.quoted($0.rawValue) }
    let (statement, isPartial) = try prepared((["key", "open"] + names).joined(separator: ", "), query, db)
    var rows: [IndexRow<F>] = []
    let cursor = try Row.fetchCursor(statement)
    while let row = try cursor.next() { rows.append(try IndexTable<F>.row(row, of: columns)) }
    return IndexPage(rows: rows, isPartial: isPartial)
  }

  static func keys<F: IndexedFold>(_ query: IndexQuery<F>, _ db: Database) throws -> [String] {
    try String.fetchAll(prepared("key", query, db).statement)
  }

  static func count<F: IndexedFold>(_ query: IndexQuery<F>, upTo most: Int, _ db: Database) throws -> Int {
    let condition = try IndexStatement<F>(query.condition)
    let statement = try db.makeStatement(
      sql: "SELECT count(*) FROM (SELECT 1 FROM \(IndexTable<F>().main) WHERE \(condition.condition) LIMIT ?)"
    )
    return try Int.fetchOne(
      statement, arguments: StatementArguments(condition.arguments + [max(0, most)])) ?? 0
  }

  /// Empty lists and what has no value are not counted.
  static func counts<F: IndexedFold>(
    _ fold: F.Type, by column: F.Column, _ condition: IndexCondition<F.Column>, _ db: Database
  ) throws -> [IndexValue: Int] {
    let table = IndexTable<F>()
    let condition = try IndexStatement<F>(condition)
    let name = IndexTable<F>.quoted(column.rawValue)
    var arguments = condition.arguments
    let sql: String
    if column.kind == .list {
      arguments.append(column.rawValue)
      sql = """
        SELECT value, count(*) FROM \(table.main) JOIN \(table.lists) USING (row) \
        WHERE \(condition.condition) AND list = ? GROUP BY value
        """
    } else {
      sql = """
        SELECT \(name), count(*) FROM \(table.main) WHERE \(condition.condition) AND \(name) IS NOT NULL \
        GROUP BY 1
        """
    }
    var counts: [IndexValue: Int] = [:]
    let rows = try Row.fetchCursor(db.makeStatement(sql: sql), arguments: StatementArguments(arguments))
    while let row = try rows.next() {
      let value: IndexValue =
        column.kind == .integer
        ? .integer(try row.decode(Int64.self, atIndex: 0)) : .text(try row.decode(String.self, atIndex: 0))
      counts[value] = try row.decode(Int.self, atIndex: 1)
    }
    return counts
  }

  private static func prepared<F: IndexedFold>(
    _ columns: String, _ query: IndexQuery<F>, _ db: Database
  ) throws -> (statement: Statement, isPartial: Bool) {
    let condition = try IndexStatement<F>(query.condition)
    let sql = """
      SELECT \(columns) FROM \(IndexTable<F>().main) WHERE \(condition.condition) \
      ORDER BY \(IndexTable<F>.terms(of: query.order)) LIMIT ? OFFSET ?
      """
    let statement = try db.makeStatement(sql: sql)
    let arguments = condition.arguments + [query.limit.map { max(0, $0) } ?? -1, max(0, query.offset)]
    try statement.setArguments(StatementArguments(arguments))
    return (statement, try condition.words.contains { try Words.isPartial($0, db) })
  }
}
