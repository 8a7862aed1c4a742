/// What is wrong in one of our small languages (assertions, JSON paths, series expressions), for the
/// `Problem` that whoever read the file makes of it.
package struct Mistake: Error, Hashable, Sendable {
  /// 1-based, in characters of the text that was parsed.
  package var column: Int
  /// `"statsu" is nothing that can be asserted`.
  package var what: String
  /// `write status, latency, …`.
  package var remedy: String

  package init(column: Int, _ what: String, remedy: String) {
    self.column = column
    self.what = what
    self.remedy = remedy
  }

  /// As it stands in a text of which ours is a piece that begins at `column`.
  func shifted(to column: Int) -> Mistake {
    Mistake(column: self.column + column - 1, what, remedy: remedy)
  }
}

extension Mistake: CustomStringConvertible {
  package var description: String { "column \(column): \(what); \(remedy)" }
}
