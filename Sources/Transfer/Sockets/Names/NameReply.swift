internal import Wire

/// A message that came back, read as far as it concerns a question.
struct NameReply: Equatable {
  var isTruncated: Bool
  /// Whether it knows EDNS.
  var isExtended: Bool
  var answer: NameAnswer

  /// Numbers of rcodes (RFC 6895).
  static let codes = [
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET",
    "NOTAUTH",
    "NOTZONE",
  ]

  /// Reads `bytes`.
  ///
  /// - Returns: nil when it is no answer to `question`, and so is to be overheard.
  init?(_ bytes: [UInt8], to question: NameQuestion) throws(MessageReader.Malformed) {
    guard bytes.count >= 12 else { return nil }
    var reader = MessageReader(bytes)
    let id = try reader.number16()
    let flags = try reader.number16()
    guard id == question.id, flags & 0x8000 != 0, flags & 0x7800 == 0 else { return nil }
    let questions = try reader.number16()
    let counts = [try reader.number16(), try reader.number16(), try reader.number16()]
    let code = flags & 0xF
    // Only one that could not read the question may leave it out.
    guard questions == 1 || questions == 0 && code != 0 else { return nil }
    if questions == 1 {
      let name = try reader.name()
      let type = try reader.number16()
      let group = try reader.number16()
      guard Self.isSame(name, question.name), type == question.type, group == NameQuestion.internetClass
      else {
        return nil
      }
    }
    isTruncated = flags & 0x0200 != 0
    isExtended = false
    answer = NameAnswer(code: "")
    var highBits: UInt16 = 0
    do throws(MessageReader.Malformed) {
      for (section, count) in counts.enumerated() {
        for _ in 0..<count { try takeRecord(&reader, section, question, &highBits) }
      }
    } catch {
      // What was cut off is read again elsewhere.
      guard isTruncated else { throw error }
    }
    let whole = Int(highBits << 4 | code)
    answer.code = whole < Self.codes.count ? Self.codes[whole] : whole == 16 ? "BADVERS" : "RCODE\(whole)"
  }

  private mutating func takeRecord(
    _ reader: inout MessageReader, _ section: Int, _ question: NameQuestion, _ highBits: inout UInt16
  ) throws(MessageReader.Malformed) {
    let record = try NameRecord(&reader)
    if record.type == NameQuestion.optType {
      isExtended = true
      highBits = UInt16(record.timeToLive >> 24)
      return
    }
    switch section {
    case 0:
      answer.answers.append(record.text)
      if record.type == question.type { answer.values.append(record.value) }
    case 1: answer.authorities += 1
    default: answer.additionals += 1
    }
    if section < 2, let serial = record.serial, answer.serial == nil { answer.serial = serial }
  }

  /// Names compare without regard to the case of ASCII letters.
  private static func isSame(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    return a.count == b.count && zip(a, b).allSatisfy { lowercased($0) == lowercased($1) }
  }
}
