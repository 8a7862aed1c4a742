import JSON

/// What of an event's body is searched: every text in it, at any depth, in its order, but for those that are only
/// a digest or a random id (32 to 128 hexadecimal digits and hyphens) or an instant, and for plans of clocks
/// (zones, windows, names of holidays), which nobody said. Names of members, numbers and blobs are not. Of a word
/// only the first 256 characters count.
enum EventText {
  /// Another rule, or another shape of the index, makes it anew.
  static let version = 2

  /// Empty when the body is no JSON.
  static func text(of body: [UInt8]) -> String {
    guard case .success(let value) = JSONValue.read(body) else { return "" }
    var texts: [String] = []
    collect(value, into: &texts)
    let text = separated(texts.joined(separator: "\n"))
    return text.utf8.contains(0) ? text.replacing("\0", with: " ") : text
  }

  /// Blanks around each letter of scripts that write no blanks between words: such a letter is a word of the index,
  /// and a word of theirs a phrase of it.
  static func separated(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: standsAlone) else { return text }
    var separated = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if standsAlone(scalar) { separated.append(" ") }
      separated.append(scalar)
      if standsAlone(scalar) { separated.append(" ") }
    }
    return String(separated)
  }

  /// Han, Hiragana, Katakana, Thai, Lao, Myanmar and Khmer (Unicode Standard Annex 29, section 4).
  private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x323AF:
      true
    default: false
    }
  }

  private static func collect(_ value: JSONValue, into texts: inout [String]) {
    switch value {
    case .string(let text) where isForPeople(text): texts.append(shortened(text))
    case .array(let elements): for element in elements { collect(element, into: &texts) }
    case .object(let members):
      for member in members where !isPlan(member) { collect(member.value, into: &texts) }
    case .null, .bool, .number, .string: break
    }
  }

  private static func isPlan(_ member: JSONValue.Member) -> Bool {
    if case .object = member.value { member.name == "plan" } else { false }
  }

  private static func isForPeople(_ text: String) -> Bool {
    let bytes = text.utf8
    if 32...128 ~= bytes.count, bytes.allSatisfy({ isHexadecimal($0) || $0 == UInt8(ascii: "-") }) {
      return false
    }
    return !isInstant(bytes)
  }

  /// What is encoded, or was never meant to be read, would make words of many pages.
  private static func shortened(_ text: String) -> String {
    let longest = WordQuery.longestWord
    var run = 0
    let mayBeLong = text.utf8.contains { byte in
      let isOfWord = byte >= 0x80 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
      run = isOfWord || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 ? run + 1 : 0
      return run > longest
    }
    guard mayBeLong else { return text }
    run = 0
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      run = WordQuery.isOfWord(scalar) ? run + 1 : 0
      if run <= longest { kept.append(scalar) }
    }
    return String(kept)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20
  }

  /// 2026-11-22T03:00:00.000Z, as facts write them.
  private static func isInstant(_ bytes: String.UTF8View) -> Bool {
    guard 20...24 ~= bytes.count, bytes.last == UInt8(ascii: "Z") else { return false }
    let marks: [Int: UInt8] = [
      4: UInt8(ascii: "-"), 7: UInt8(ascii: "-"), 10: UInt8(ascii: "T"), 13: UInt8(ascii: ":"),
      16: UInt8(ascii: ":"), 19: UInt8(ascii: "."),
    ]
    return bytes.dropLast().enumerated().allSatisfy { offset, byte in
      marks[offset].map { $0 == byte } ?? (UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte)
    }
  }
}
