import GRDB

/// The words of the index, for connections that read. FTS5 gathers all places of all words that begin as was typed each
/// time it is asked; asked for these words themselves, it goes to the places that matter.
enum Vocabulary {
  /// Of the connection's own, so that a file that cannot be written has one (https://sqlite.org/fts5.html, section 9).
  static let create = "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'words', 'instance')"

  /// More are not asked for one by one.
  static let most = 64

  /// Words that begin so, by their bytes; nil when there are more than ``most``.
  ///
  /// - Parameter beginning: lowercase letters a to z and digits. O(words · log index).
  static func words(beginning: String, _ db: Database) throws -> [String]? {
    let sql = "SELECT term FROM temp.vocabulary WHERE term >= ? AND term < ? LIMIT 1"
    let statement = try db.cachedStatement(sql: sql)
    // Behind every letter and digit there is.
    let end = beginning + "\u{10FFFF}"
    var (words, next): ([String], String) = ([], beginning)
    while let word = try String.fetchOne(statement, arguments: [next, end]) {
      guard words.count < most else { return nil }
      words.append(word)
      // Before every longer word: none has such a sign.
      next = word + "\u{1}"
    }
    return words
  }
}

extension WordQuery {
  /// ``expression`` with the words that the last one can become, where they are few.
  func expression(_ db: Database) throws -> String {
    guard let beginning, let words = try Vocabulary.words(beginning: beginning, db), !words.isEmpty else {
      return expression
    }
    let any = words.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: " OR ")
    return (others + ["(\(any))"]).joined(separator: " AND ")
  }
}
