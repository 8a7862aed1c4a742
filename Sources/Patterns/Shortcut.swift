/// An anchored pattern that needs no automaton: branches of plain text with `.`, `.*` or `.+` among it, as
/// `api`, `a|b|c`, `(?:4|5)..`, `web-.*`, `.*\.example`, `.+`. The dot matches every character.
struct Shortcut: Sendable {
  /// One of the texts between the bars.
  private enum Branch: Sendable {
    case text([UInt8])
    /// Begins and ends so, with at least so many bytes between: `web-.*`, `.+`, `a.*z`.
    case ends(prefix: [UInt8], between: Int, suffix: [UInt8])
    /// `.*part.*`.
    case part([UInt8])
    /// Single characters, nil where any one fits: `5..`.
    case mask([UInt8?])
  }

  /// A piece of a pattern.
  private enum Piece: Equatable {
    case byte(UInt8)
    case any
    /// `.*` and `.+`.
    case rest(atLeastOne: Bool)
    case bar
  }

  private let branches: [Branch]
  /// The branches, when all of them are plain texts.
  let literals: [String]?
  /// Asked instead of the branches where there are many.
  private let known: Set<[UInt8]>

  /// Nil for patterns that need an automaton, wrong ones among them.
  init?(_ pattern: String) {
    let inner = Self.withoutGroup(Array(pattern.utf8)[...])
    guard let pieces = Self.pieces(inner) else { return nil }
    let parts = pieces.split(separator: .bar, omittingEmptySubsequences: false)
    // Plain texts are looked up; other branches are tried one by one.
    let isText = pieces.allSatisfy { if case .byte = $0 { true } else { $0 == .bar } }
    guard parts.count <= (isText ? 10_000 : 64) else { return nil }
    var branches: [Branch] = []
    for part in parts {
      guard let branch = Self.branch(part) else { return nil }
      branches.append(branch)
    }
    self.branches = branches
    let texts = branches.compactMap { if case .text(let bytes) = $0 { bytes } else { nil } }
    let isPlain = texts.count == branches.count
    literals = isPlain ? texts.map { String(decoding: $0, as: UTF8.self) } : nil
    known = isPlain && texts.count > 8 ? Set(texts) : []
  }

  /// What stands in one pair of parentheses around everything, `^` and `$` left out.
  private static func withoutGroup(_ pattern: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var body = pattern
    if body.count >= 2, body.first == UInt8(ascii: "^"), body.last == UInt8(ascii: "$"),
      !body.contains(UInt8(ascii: "|")), !body.contains(UInt8(ascii: "\\"))
    {
      body = body.dropFirst().dropLast()
    }
    guard body.first == UInt8(ascii: "("), body.last == UInt8(ascii: ")") else { return body }
    let inner = body.dropFirst().dropLast()
    return inner.starts(with: "?:".utf8) ? inner.dropFirst(2) : inner
  }

  private static func pieces(_ pattern: ArraySlice<UInt8>) -> [Piece]? {
    var pieces: [Piece] = []
    var rest = pattern
    while let byte = rest.popFirst() {
      switch Unicode.Scalar(byte) {
      case "|": pieces.append(.bar)
      case "\\":
        // Escaped punctuation stands for itself; letters and digits have meanings of their own.
        guard let escaped = rest.popFirst(), "\\^$.|?*+()[]{}-/:_".utf8.contains(escaped), escaped != 95
        else {
          return nil
        }
        pieces.append(.byte(escaped))
      case ".":
        switch rest.first {
        case UInt8(ascii: "*"): pieces.append(.rest(atLeastOne: false))
        case UInt8(ascii: "+"): pieces.append(.rest(atLeastOne: true))
        default:
          pieces.append(.any)
          continue
        }
        rest.removeFirst()
      case "^", "$", "?", "*", "+", "(", ")", "[", "]", "{", "}": return nil
      default: pieces.append(.byte(byte))
      }
      // What follows may repeat the piece: that is for an automaton.
      if let next = rest.first, "?*+{".utf8.contains(next) { return nil }
    }
    return pieces
  }

  private static func branch(_ pieces: ArraySlice<Piece>) -> Branch? {
    let bytes = { (pieces: ArraySlice<Piece>) in
      pieces.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
    }
    let rests = pieces.indices.filter { if case .rest = pieces[$0] { true } else { false } }
    if rests.isEmpty {
      guard pieces.contains(.any) else { return .text(bytes(pieces)) }
      return .mask(pieces.map { if case .byte(let byte) = $0 { byte } else { nil } })
    }
    guard !pieces.contains(.any), let first = rests.first, let last = rests.last else { return nil }
    if first == last {
      return .ends(
        prefix: bytes(pieces[..<first]), between: pieces[first] == .rest(atLeastOne: true) ? 1 : 0,
        suffix: bytes(pieces[(first + 1)...]))
    }
    guard rests.count == 2, first == pieces.startIndex, last == pieces.endIndex - 1,
      rests.allSatisfy({ pieces[$0] == .rest(atLeastOne: false) })
    else { return nil }
    return .part(bytes(pieces[(first + 1)..<last]))
  }
}

// MARK: - Matching

extension Shortcut {
  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      known.isEmpty ? branches.contains { Self.matches($0, bytes) } : known.contains(Array(bytes))
    }
  }

  private static func matches(_ branch: Branch, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch branch {
    case .text(let bytes): return text.count == bytes.count && bytes.elementsEqual(text)
    case .ends(let prefix, let between, let suffix):
      return text.count >= prefix.count + between + suffix.count && text.starts(with: prefix)
        && text.suffix(suffix.count).elementsEqual(suffix)
    case .part(let part):
      guard let first = part.first else { return true }
      guard text.count >= part.count else { return false }
      for start in 0...(text.count - part.count)
      where text[start] == first && text[start..<start + part.count].elementsEqual(part) {
        return true
      }
      return false
    case .mask(let mask):
      var rest = text[...]
      for wanted in mask {
        guard let byte = rest.popFirst() else { return false }
        if let wanted {
          guard byte == wanted else { return false }
        } else {
          while let next = rest.first, next & 0xc0 == 0x80 { rest.removeFirst() }
        }
      }
      return rest.isEmpty
    }
  }
}
