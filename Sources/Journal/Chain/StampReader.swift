import Foundation

/// Finds stamps in a file that midwatch wrote, whatever its format: what ``RecordStamp`` writes.
///
/// In a JSON document it is every object with the members `origin`, `count` and `head`. In any other text it is the
/// words `origin`, `event` (`events`, `count`) and `head` one after the other, each soon followed by 32 hexadecimal digits, a
/// number and 64 hexadecimal digits; what else stands between (a tag, an escape) does not matter. Only where a file
/// has none of these is a bare `1042·9f3a61c2` one. Linear in the file; what is no text holds none.
package struct StampReader {
  /// A stamp, and the line in which it ends, counted from 1.
  package struct Found: Hashable, Sendable {
    package let stamp: Stamp
    /// Nil in a JSON document, where it is nobody's help.
    package let line: Int?
  }

  /// How many words after its name a value stands at most: a tag on either side.
  private static let reach = 6
  /// How many words a stamp has at most, from its origin on.
  private static let span = 24

  private var whole: [Found] = []
  private var short: [Found] = []
  private var line = 1
  /// How many words came.
  private var words = 0
  /// Where each name was seen last.
  private var named: [Name: Int] = [:]
  private var origin: (text: String, at: Int)?
  private var count: Int64?
  private var head: String?
  /// A word right before a `·`.
  private var before: Int64?

  private enum Name {
    case origin, count, head
  }

  private init() {}

  /// Each stamp once, in the order of their first places.
  package static func stamps(in bytes: [UInt8]) -> [Found] {
    var reader = StampReader()
    if bytes.first(where: { $0 > 0x20 }) == 0x7B,
      let document = try? JSONSerialization.jsonObject(with: Data(bytes))
    {
      reader.collect(document)
    } else {
      reader.read(bytes)
    }
    var seen: Set<Stamp> = []
    return (reader.whole.isEmpty ? reader.short : reader.whole).filter { seen.insert($0.stamp).inserted }
  }

  private mutating func collect(_ value: Any) {
    if let list = value as? [Any] {
      for item in list { collect(item) }
    } else if let object = value as? [String: Any] {
      if let origin = object["origin"] as? String, Hex.isDigest(origin, count: 32),
        let head = object["head"] as? String, Hex.isDigest(head),
        let count = (object["count"] as? NSNumber)?.int64Value, count > 0
      {
        whole.append(Found(stamp: Stamp(origin: origin, count: count, hash: head), line: nil))
      }
      for (_, member) in object.sorted(by: { $0.key < $1.key }) { collect(member) }
    } else if let text = value as? String, text.contains("·") {
      var inner = StampReader()
      inner.read(Array(text.utf8))
      short += inner.short.map { Found(stamp: $0.stamp, line: nil) }
    }
  }

  private mutating func read(_ bytes: [UInt8]) {
    var word: [UInt8] = []
    var isLong = false
    var last: UInt8 = 0
    for byte in bytes {
      if Self.isWord(byte) {
        // Longer than a hash is none of ours.
        if word.count < 65 { word.append(byte) } else { isLong = true }
      } else {
        take(word, isLong: isLong)
        (word, isLong) = ([], false)
        if byte == 0x0A { line += 1 }
        // A middle dot is C2 B7: only right after a number is it part of a stamp.
        if !(byte == 0xC2 || (byte == 0xB7 && last == 0xC2)) { before = nil }
      }
      last = byte
    }
    take(word, isLong: isLong)
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private mutating func take(_ bytes: [UInt8], isLong: Bool) {
    guard !bytes.isEmpty else { return }
    words += 1
    if isLong {
      before = nil
      return
    }
    let word = String(decoding: bytes, as: UTF8.self)
    let number = bytes.count <= 19 && bytes.allSatisfy { $0 <= 0x39 } ? Int64(word) : nil
    if let count = before, (8...64).contains(bytes.count), Hex.isHex(word) {
      short.append(Found(stamp: Stamp(count: count, hash: word), line: line))
    }
    before = number.flatMap { $0 > 0 ? $0 : nil }
    switch word.lowercased() {
    case "origin": named[.origin] = words
    case "event", "events", "count": named[.count] = words
    case "head": named[.head] = words
    default:
      if Hex.isDigest(word, count: 32), isNear(.origin) {
        // What came before belongs to another.
        (origin, count, head) = ((word, words), nil, nil)
      }
      if Hex.isDigest(word), isNear(.head) { head = word }
      if let number, number > 0, isNear(.count) { count = number }
      finish()
    }
  }

  private func isNear(_ name: Name) -> Bool {
    named[name].map { words - $0 <= Self.reach } ?? false
  }

  private mutating func finish() {
    guard let origin, let count, let head,
      words - origin.at <= Self.span
    else { return }
    whole.append(
      Found(stamp: Stamp(origin: origin.text, count: count, hash: head), line: line))
    (self.origin, self.count, self.head, named) = (nil, nil, nil, [:])
  }
}
