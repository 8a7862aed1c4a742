import Documents
import Values

/// The lines of a file, to find where a piece of it stands.
struct SourceText: Sendable {
  private let lines: [Substring]

  init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// Where `piece` stands first in these lines; the beginning of the first of them when it does not.
  func position(of piece: String, in range: SourceLines) -> Position {
    for number in range.clamped(to: 1...max(1, lines.count)) where lines.indices.contains(number - 1) {
      let line = lines[number - 1]
      if !piece.isEmpty, let found = line.firstRange(of: piece) {
        return Position(line: number, column: line.distance(from: line.startIndex, to: found.lowerBound) + 1)
      }
    }
    return Position(line: range.lowerBound, column: 1)
  }

  /// Where a link leads, as it is written: `](dest)`, `](<dest>)`, `]: dest`, `<dest>`.
  func position(ofLink destination: String, in range: SourceLines) -> Position {
    for opening in ["](", "](<", "]: ", "<"] {
      let place = position(of: opening + destination, in: range)
      if place.column > 1 || opening == "<" {
        return Position(line: place.line, column: place.column + (place.column > 1 ? opening.count : 0))
      }
    }
    return Position(line: range.lowerBound, column: 1)
  }
}

extension PlaybookDocument {
  /// Where keys stand in a mapping or elements in a list of the front matter; by their texts.
  package func positions(inFrontMatter key: String) -> [String: Position] {
    var ignored: [Problem] = []
    let root = FrontMatter(text, file: file, problems: &ignored).document?.root
    let node = root?.entries?.first { $0.key.text == key }?.value
    let nodes = node?.entries?.map(\.key) ?? node?.elements ?? node.map { [$0] } ?? []
    return Dictionary(nodes.compactMap { node in node.text.map { ($0, node.position) } }) { first, _ in first
    }
  }
}
