import Values

/// A line of one stream that has not ended.
struct OpenLine: Equatable, Sendable {
  private var bytes: [UInt8] = []
  private var sequences = ControlSequences()
  /// Whether a piece of it has been taken out already.
  private(set) var isContinued = false

  var isEmpty: Bool { bytes.isEmpty && !isContinued }

  /// Takes bytes without a newline.
  mutating func extend(with added: ArraySlice<UInt8>) {
    // A progress bar writes over its line: what stands there last counts. Carriage returns at the end may belong to
    // the newline that is to come.
    guard let last = added.lastIndex(where: { $0 != Self.carriageReturn }) else {
      bytes += added
      return
    }
    if bytes.isEmpty, added.withUnsafeBytes(ByteWords.arePrintable) {
      bytes = Array(added)
      return
    }
    if let back = added[...last].lastIndex(of: Self.carriageReturn) {
      bytes = Array(added[(back + 1)...])
    } else {
      if bytes.last == Self.carriageReturn { bytes = [] }
      bytes += added
    }
  }

  /// A piece of a line that is too long to wait for its end; nil when it is not.
  mutating func takePiece(longest: Int, _ mask: SecretMask) -> String? {
    guard bytes.count > longest + mask.longest else { return nil }
    var cut = mask.parting(bytes, before: longest)
    // Not within a character.
    var back = 0
    while back < 3, cut > 1, bytes[cut] & 0xC0 == 0x80 {
      cut -= 1
      back += 1
    }
    if cut == 0 { cut = min(longest, bytes.count) }
    let piece = Array(bytes[..<cut])
    bytes.removeFirst(cut)
    isContinued = true
    return safe(piece, mask)
  }

  /// The rest of it, once it has ended.
  mutating func take(_ mask: SecretMask) -> String {
    let line = bytes
    bytes = []
    defer {
      sequences = ControlSequences()
      isContinued = false
    }
    return safe(line, mask)
  }

  /// What can be shown of it meanwhile: without what may turn out to be the beginning of a secret.
  func preview(longest: Int, _ mask: SecretMask) -> String {
    var copy = self
    copy.bytes.removeLast(min(copy.bytes.count, mask.suspended(bytes)))
    copy.bytes = Array(copy.bytes.prefix(longest))
    return copy.take(mask)
  }

  private mutating func safe(_ bytes: [UInt8], _ mask: SecretMask) -> String {
    let end = bytes.lastIndex { $0 != Self.carriageReturn }.map { $0 + 1 } ?? 0
    let line = bytes[..<end]
    // Most lines are nothing but this.
    if sequences == ControlSequences(), line.withUnsafeBytes(ByteWords.arePrintable) {
      return mask.masked(String(decoding: line, as: UTF8.self))
    }
    let text = sequences.remove(from: String(decoding: line, as: UTF8.self))
    return mask.masked(Inert.terminal(text))
  }

  private static let carriageReturn = UInt8(ascii: "\r")
}
