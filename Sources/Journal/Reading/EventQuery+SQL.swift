import GRDB

extension EventQuery {
  /// The statement's text and arguments; only columns and marks are in the text.
  /// - Parameter hasWords: whether the file has an index of words.
  func sql(hasWords: Bool) -> (text: String, arguments: StatementArguments) {
    var (condition, arguments) = conditions
    if let text, hasWords, let words = WordQuery(text) {
      condition += " AND rowid IN (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?)"
      arguments += [words.expression, Words.most] as [any DatabaseValueConvertible]
    } else if let text, !hasWords {
      condition += " AND body LIKE ? ESCAPE '\\'"
      arguments.append("%\(Self.escaped(text))%")
    }
    let direction = limit != nil && keepsNewest ? "DESC" : "ASC"
    var sql = "SELECT \(EventRow.columns) FROM event WHERE \(condition)"
    sql += " ORDER BY occurred \(direction), seq \(direction), origin \(direction)"
    if let limit {
      sql += " LIMIT ?"
      arguments.append(max(0, limit))
    }
    return (sql, StatementArguments(arguments))
  }

  /// All but the words.
  var conditions: (sql: String, arguments: [(any DatabaseValueConvertible)?]) {
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

  private static func escaped(_ text: String) -> String {
    var safe = ""
    for character in text {
      if character == "%" || character == "_" || character == "\\" { safe.append("\\") }
      safe.append(character)
    }
    return safe
  }
}
