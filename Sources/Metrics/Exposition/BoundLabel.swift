/// The label whose values are numbers, by the type of the family.
enum BoundLabel: UInt8 {
  case none
  /// Below `# TYPE … histogram`.
  case le
  /// Below `# TYPE … summary`.
  case quantile

  /// The bytes of its name, the first one lowest.
  @inline(__always) var word: UInt64 { self == .le ? 0x656c : 0x656c_6974_6e61_7571 }
}

/// The usual texts of bucket bounds and quantiles as Prometheus stores them: `1` is `1.0`.
///
/// A small memory by hash, because the same fifteen bounds come again and again.
struct BoundTexts {
  private struct Entry {
    var raw: (UInt64, UInt64) = (0, 0)
    var count = -1
    /// Nil when the text stands for itself.
    var text: [UInt8]?
  }

  private var entries: [Entry] = []

  /// What `value` becomes; nil when it stays.
  mutating func normalised(_ bytes: UnsafeRawBufferPointer, words: (UInt64, UInt64)) -> [UInt8]? {
    guard bytes.count <= 16 else { return Self.compute(bytes) }
    if entries.isEmpty { entries = Array(repeating: Entry(), count: 64) }
    let mixed = (words.0 ^ words.1 &* 0x9e37_79b9_7f4a_7c15) &* 0xa076_1d64_78bd_642f
    let place = Int(mixed >> 58)
    if entries[place].raw == words, entries[place].count == bytes.count { return entries[place].text }
    let text = Self.compute(bytes)
    entries[place] = Entry(raw: words, count: bytes.count, text: text)
    return text
  }

  private static func compute(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let number = GoFloat.parse(bytes) else { return nil }
    let text = Array(number.bucketText.utf8)
    return text.elementsEqual(bytes) ? nil : text
  }
}
