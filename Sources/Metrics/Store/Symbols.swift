/// The distinct names and values of labels, each kept once as bytes and known by a number.
struct Symbols: ~Copyable {
  struct Symbol: BitwiseCopyable {
    var hash: UInt64
    var offset: Int
    var count: Int
  }

  private var bytes: Column<UInt8>
  private var symbols: Column<Symbol>
  private var table: HashTable

  init() {
    bytes = Column()
    symbols = Column()
    table = HashTable()
  }

  init(copying other: borrowing Symbols) {
    bytes = Column(copying: other.bytes)
    symbols = Column(copying: other.symbols)
    table = HashTable(copying: other.table)
  }

  var count: Int { symbols.count }

  /// How many bytes all texts take.
  var size: Int { bytes.count }

  @inline(__always) func hash(of symbol: UInt32) -> UInt64 { symbols[Int(symbol)].hash }

  /// The text's bytes; valid until the next text is added.
  @inline(__always) func bytes(of symbol: UInt32) -> UnsafeRawBufferPointer {
    let found = symbols[Int(symbol)]
    return UnsafeRawBufferPointer(start: bytes.base + found.offset, count: found.count)
  }

  func text(of symbol: UInt32) -> String { String(decoding: bytes(of: symbol), as: UTF8.self) }

  /// Whether the text has only ASCII, in which the order of strings is that of their bytes.
  func isASCII(_ symbol: UInt32) -> Bool { bytes(of: symbol).allSatisfy { $0 < 0x80 } }

  @inline(__always) func isEqual(_ symbol: UInt32, _ text: UnsafeRawPointer, _ count: Int) -> Bool {
    let found = symbols[Int(symbol)]
    return found.count == count && areEqual(bytes.base + found.offset, text, count)
  }

  func precedes(_ a: UInt32, _ b: UInt32) -> Bool {
    bytes(of: a).lexicographicallyPrecedes(bytes(of: b))
  }

  func find(_ text: String) -> UInt32? {
    var text = text
    return text.withUTF8 { buffer in
      let raw = UnsafeRawBufferPointer(buffer)
      guard let base = raw.baseAddress ?? UnsafeRawPointer(bitPattern: 8) else { return nil }
      return find(base, raw.count, hash: Fingerprint.hash(base, count: raw.count))
    }
  }

  @inline(__always) func find(_ text: UnsafeRawPointer, _ count: Int, hash: UInt64) -> UInt32? {
    table.find(hash) { isEqual($0, text, count) }
  }

  /// The number of a text, a new one when it is new.
  @inline(__always) mutating func intern(_ text: UnsafeRawPointer, _ count: Int) -> UInt32 {
    let hash = Fingerprint.hash(text, count: count)
    if let known = find(text, count, hash: hash) { return known }
    return add(text, count, hash: hash)
  }

  mutating func intern(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { buffer in
      guard let base = UnsafeRawBufferPointer(buffer).baseAddress ?? UnsafeRawPointer(bitPattern: 8)
      else {
        return 0
      }
      return intern(base, buffer.count)
    }
  }

  private mutating func add(_ text: UnsafeRawPointer, _ count: Int, hash: UInt64) -> UInt32 {
    let number = UInt32(truncatingIfNeeded: symbols.count)
    symbols.append(Symbol(hash: hash, offset: bytes.count, count: count))
    bytes.append(from: text.assumingMemoryBound(to: UInt8.self), count: count)
    table.insert(hash, number)
    return number
  }
}

/// Whether two texts of `count` bytes are equal; quicker than `memcmp` for the short ones that labels are.
@inline(__always)
func areEqual(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
  var offset = 0
  while offset &+ 8 <= count {
    if (a + offset).loadUnaligned(as: UInt64.self) != (b + offset).loadUnaligned(as: UInt64.self) {
      return false
    }
    offset &+= 8
  }
  let left = count &- offset
  if left == 0 { return true }
  if count >= 8 {
    let last = count &- 8
    return (a + last).loadUnaligned(as: UInt64.self) == (b + last).loadUnaligned(as: UInt64.self)
  }
  if left >= 4 {
    let last = count &- 4
    return a.loadUnaligned(as: UInt32.self) == b.loadUnaligned(as: UInt32.self)
      && (a + last).loadUnaligned(as: UInt32.self) == (b + last).loadUnaligned(as: UInt32.self)
  }
  while offset < count {
    if a.load(fromByteOffset: offset, as: UInt8.self)
      != b.load(fromByteOffset: offset, as: UInt8.self)
    {
      return false
    }
    offset &+= 1
  }
  return true
}
