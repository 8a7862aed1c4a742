import Values

/// A subject or a text as the checks read it: invisible characters left out, wide letters and dots as plain
/// ones, so that nothing passes because it is spelt in a way that only looks the same.
struct CheckedText {
  let part: Finding.Part
  private(set) var characters: [Character] = []
  /// Where each character stands in the text as it was written.
  private var places: [Position] = []
  /// Which character of the text each one comes from, counted from 0.
  private var origins: [Int] = []

  init(_ text: String, _ part: Finding.Part) {
    self.part = part
    var place = Position.start
    for (index, character) in text.enumerated() {
      if character.isNewline {
        characters.append("\n")
        places.append(place)
        origins.append(index)
        place = Position(line: place.line + 1, column: 1)
        continue
      }
      for scalar in character.unicodeScalars where !Self.isInvisible(scalar) {
        characters.append(Character(Self.plain(scalar)))
        places.append(place)
        origins.append(index)
      }
      place = Position(line: place.line, column: place.column + 1)
    }
  }

  /// The place of a character; that of the last one behind the end.
  func place(_ index: Int) -> Finding.Place {
    let position = places.indices.contains(index) ? places[index] : places.last ?? .start
    return Finding.Place(part, position)
  }

  /// The characters that a range comes from, counted in the text as it was written, with what is invisible among
  /// them.
  func origin(of range: Range<Int>) -> Range<Int> {
    guard let first = range.first, let last = range.last, origins.indices.contains(first),
      origins.indices.contains(last)
    else { return 0..<0 }
    return origins[first]..<(origins[last] + 1)
  }

  func string(_ range: Range<Int>) -> String { String(characters[range.clamped(to: characters.indices)]) }

  /// Ranges of the lines, without their ends.
  var lines: [Range<Int>] {
    characters.indices.split(omittingEmptySubsequences: false) { characters[$0] == "\n" }.map {
      $0.startIndex..<$0.endIndex
    }
  }

  /// The same, blanks in place of `ranges`.
  func hiding(_ ranges: [Range<Int>]) -> CheckedText {
    var copy = self
    for range in ranges {
      for index in range.clamped(to: characters.indices) { copy.characters[index] = " " }
    }
    return copy
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .format, .nonspacingMark, .enclosingMark: true
    case .control: scalar != "\t"
    default: false
    }
  }

  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case 0x3002, 0x2024, 0xFF61: "."
    case 0x2010...0x2012, 0x2212, 0xFE63: "-"
    case 0xA0, 0x2000...0x200A, 0x202F, 0x3000: " "
    case 0x2044, 0x2215: "/"
    case 0xA789, 0x2236, 0xFE55: ":"
    default: scalar
    }
  }
}

/// A word of a text, and where it stands.
struct CheckedWord {
  /// In characters of the text.
  let range: Range<Int>
  let text: String
  /// In lower case.
  let low: String

  init(_ range: Range<Int>, _ text: String) {
    self.range = range
    self.text = text
    low = text.lowercased()
  }
}

extension CheckedText {
  /// What stands between characters for which `isBetween` holds, without what `edges` names at its ends.
  func words(edges: String = "", between isBetween: (Character) -> Bool) -> [CheckedWord] {
    var words: [CheckedWord] = []
    for slice in characters.indices.split(whereSeparator: { isBetween(characters[$0]) }) {
      var range = slice.startIndex..<slice.endIndex
      while let first = range.first, edges.contains(characters[first]) { range = range.dropFirst(1) }
      while let last = range.last, edges.contains(characters[last]) { range = range.dropLast(1) }
      if !range.isEmpty { words.append(CheckedWord(range, string(range))) }
    }
    return words
  }

  /// Words of letters alone.
  var letterWords: [CheckedWord] { words { !$0.isLetter } }

  /// Where `phrase` stands, whatever the case of its letters.
  func ranges(of phrase: String) -> [Range<Int>] {
    let wanted = Array(phrase.lowercased())
    guard let first = wanted.first, characters.count >= wanted.count else { return [] }
    var found: [Range<Int>] = []
    var index = 0
    while index + wanted.count <= characters.count {
      let isHere =
        Self.low(characters[index]) == first
        && zip(characters[index...], wanted).allSatisfy { Self.low($0) == $1 }
      if isHere { found.append(index..<(index + wanted.count)) }
      index += isHere ? wanted.count : 1
    }
    return found
  }

  private static func low(_ character: Character) -> Character {
    if let byte = character.asciiValue {
      return byte >= 65 && byte <= 90 ? Character(Unicode.Scalar(byte + 32)) : character
    }
    return character.lowercased().first ?? character
  }
}

extension Range<Int> {
  fileprivate func dropFirst(_ count: Int) -> Range<Int> {
    Swift.min(lowerBound + count, upperBound)..<upperBound
  }
  fileprivate func dropLast(_ count: Int) -> Range<Int> {
    lowerBound..<Swift.max(upperBound - count, lowerBound)
  }
}
