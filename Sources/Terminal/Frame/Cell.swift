/// One cell of a frame: what stands in it and how it looks.
package struct Cell: Hashable, Sendable {
  /// The first spacing scalar of a character and its combining marks (at most four); empty in the second
  /// half of a wide one.
  package var grapheme: String
  /// 1, or 2 for the first half of a wide character, or 0 for its second half.
  package var width: Int
  package var style: Style

  package init(_ grapheme: String, width: Int = 1, style: Style = .text) {
    self.grapheme = grapheme
    self.width = width
    self.style = style
  }

  package static let blank = Cell(" ")
}
