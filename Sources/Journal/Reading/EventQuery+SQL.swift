import GRDB

extension EventQuery {
  /// The statement's text and arguments; only columns and marks are in the text.
  var sql: (text: String, arguments: StatementArguments) {
    let (condition, values) = conditions
    var arguments = values
    let direction = limit != nil && keepsNewest ? "DESC" : "ASC"
    var sql = "SELECT \(EventRow.columns) FROM event WHERE \(condition)"
    sql += " ORDER BY occurred \(direction), seq \(direction), origin \(direction)"
    if let limit {
      sql += " LIMIT ?"
      arguments.append(max(0, limit))
    }
    return (sql, StatementArguments(arguments))
  }

  private var conditions: (sql: String, arguments: [(any DatabaseValueConvertible)?]) {
    var conditions: [String] = []
    var arguments: [(any DatabaseValueConvertible)?] = []
    func add(_ condition: String, _ values: [any DatabaseValueConvertible]) {
      conditions.append(condition)
      arguments += values
    }
    if let origin { add("origin = ?", [origin]) }
    if let incident { add("incident = ?", [incident]) }
    if let ticket { add("ticket = ?", [ticket]) }
    if !kinds.isEmpty { add("kind IN (\(Self.marks(kinds.count)))", kinds.sorted()) }
    if !systems.isEmpty {
      let system = "CASE WHEN json_valid(body) THEN json_extract(body, '$.system') END"
      add("\(system) IN (\(Self.marks(systems.count)))", systems.sorted())
    }
    if let from { add("occurred >= ?", [from.milliseconds]) }
    if let until { add("occurred < ?", [until.milliseconds]) }
    return (conditions.isEmpty ? "1" : conditions.joined(separator: " AND "), arguments)
  }

  private static func marks(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }
}
