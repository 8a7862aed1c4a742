/// Walks through a shell text once and finds where its commands begin and end and what is quoted how.
///
/// Covers what POSIX sh, bash and zsh share (POSIX.1-2017, Shell Command Language 2.2, 2.3, 2.9): quotes,
/// `$'…'`, substitutions, expansions, here-documents, compound commands, comments, continuations. It does
/// not expand or run anything. O(n).
struct ShellScanner {
  /// One command, compound or not, up to the newline that ends it.
  struct Piece: Equatable {
    var bytes: Range<Int>
    /// Sets variables and names no command.
    var isAssignment: Bool
    /// What stays open; nil when it is complete.
    var flaw: String?
  }

  private(set) var pieces: [Piece] = []
  /// Comments that stand on lines of their own, outside commands; without the `#`.
  private(set) var comments: [Range<Int>] = []
  /// The place of each of the ranges given as opaque, by its start.
  private(set) var places: [Int: ShellPlace] = [:]

  /// What encloses the current position.
  enum Frame: Equatable {
    case list(closes: Bool, isSubstitution: Bool)
    case doubleQuotes(startsWord: Bool)
    case braces
    case arithmetic(depth: Int)
  }

  /// The simple command at hand, as far as it has been read.
  struct Simple {
    var word: [UInt8] = []
    var wordStart: Int?
    /// Whether the word so far is free of quotes and expansions: else it is no keyword and no plain name.
    var isWordPlain = true
    /// Whether the next word names the command.
    var isAtCommand = true
    /// Its name, or a later word's that names a program which reads code.
    var program = ""
    var isExporting = false
  }

  struct HereDocument {
    let delimiter: [UInt8]
    let stripsTabs: Bool
  }

  let bytes: [UInt8]
  let opaque: [Int: Int]
  var index = 0
  private(set) var frames: [Frame] = [.list(closes: false, isSubstitution: false)]
  /// How many of the frames are substitutions, and how many expansions.
  private(set) var nesting = (substitutions: 0, expansions: 0)
  /// What to go back to when a parenthesis closes, one for each list frame but the first.
  private var saved: [Simple] = []
  /// Open compound commands, each with the number of frames around it.
  var compounds: [(word: String, depth: Int)] = []
  var pending: [HereDocument] = []
  var commandStart: Int?
  var simple = Simple()
  /// The line ended with an operator that wants more.
  var wantsMore = false
  var hasCommandWord = false
  var hasSubstitution = false

  /// - Parameter opaque: ranges of bytes that are one piece of a word, whatever they hold: placeholders.
  init(_ bytes: [UInt8], opaque ranges: [Range<Int>] = []) {
    self.bytes = bytes
    opaque = Dictionary(ranges.map { ($0.lowerBound, $0.upperBound) }) { first, _ in first }
    while index < bytes.count { step() }
    endWord()
    if !pending.isEmpty { readHereDocuments() }
    finishCommand(at: bytes.count, isEnd: true)
  }

  func byte(_ offset: Int = 0) -> UInt8 {
    let place = index + offset
    return bytes.indices.contains(place) ? bytes[place] : 0
  }

  mutating func endCommand(at end: Int) { finishCommand(at: end, isEnd: false) }

  private mutating func finishCommand(at end: Int, isEnd: Bool) {
    guard let start = commandStart else { return }
    let flaw = isEnd ? openThing : nil
    if !isEnd, openThing != nil || wantsMore { return }
    pieces.append(
      Piece(
        bytes: start..<end, isAssignment: !hasCommandWord && !hasSubstitution, flaw: flaw))
    commandStart = nil
    hasCommandWord = false
    hasSubstitution = false
    wantsMore = false
    simple = Simple()
  }

  /// What has been opened and not closed.
  var openThing: String? {
    switch frames.last {
    case .doubleQuotes: return "a double quote is open"
    case .braces: return "${ is open"
    case .arithmetic: return "$(( is open"
    case .list(true, _): return "a parenthesis is open"
    default: break
    }
    if let open = unclosed { return open }
    return compounds.last.map { "`\($0.word)` is open" }
  }

  /// Set when a quote or a here-document reaches the end of the text.
  var unclosed: String?

  mutating func push(_ frame: Frame) {
    frames.append(frame)
    switch frame {
    case .list(_, let isSubstitution):
      if isSubstitution { nesting.substitutions += 1 }
      saved.append(simple)
      simple = Simple()
    case .braces, .arithmetic: nesting.expansions += 1
    case .doubleQuotes: break
    }
  }

  mutating func pop() {
    guard frames.count > 1 else { return }
    switch frames.removeLast() {
    case .list(_, let isSubstitution):
      if isSubstitution { nesting.substitutions -= 1 }
      simple = saved.popLast() ?? Simple()
    case .braces, .arithmetic: nesting.expansions -= 1
    case .doubleQuotes: break
    }
  }

  mutating func replaceTop(_ frame: Frame) { frames[frames.count - 1] = frame }

  mutating func noteComment(_ range: Range<Int>) { comments.append(range) }
  mutating func place(_ start: Int, _ place: ShellPlace) { places[start] = place }
}
