/// Protocols that are asked for TLS in bytes, not in lines.
enum BinaryStartTLS {
  /// Its length, and the number that stands for the request.
  static let postgresRequest: [UInt8] = [0, 0, 0, 8, 0x04, 0xD2, 0x16, 0x2F]

  static func postgres(_ bytes: [UInt8]) -> StartTLS.Step {
    switch bytes.first {
    case nil: .wait
    case UInt8(ascii: "S"): bytes.count == 1 ? .ready : .tooMuch
    case UInt8(ascii: "N"): .refused("")
    default: .malformed
    }
  }

  // MARK: LDAP (RFC 4511, sections 4.12 and 4.14)

  /// An ExtendedRequest, message 1, with the name of StartTLS.
  static let ldapRequest: [UInt8] =
    [0x30, 0x1D, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16] + Array("1.3.6.1.4.1.1466.20037".utf8)

  /// An ExtendedResponse to it, whose result is 0.
  static func ldap(_ bytes: [UInt8]) -> StartTLS.Step {
    guard let first = bytes.first else { return .wait }
    guard first == 0x30 else { return .malformed }
    guard let (length, start) = length(bytes, at: 1) else { return bytes.count < 6 ? .wait : .malformed }
    guard length <= StartTLS.limit else { return .malformed }
    guard bytes.count - start >= length else { return .wait }
    guard bytes.count - start == length else { return .tooMuch }
    let message = Array(bytes[start...])
    guard message.starts(with: [0x02, 0x01, 0x01, 0x78]), let inner = Self.length(message, at: 4)?.start,
      message.count - inner >= 3, message[inner] == 0x0A, message[inner + 1] == 1
    else { return .malformed }
    let result = message[inner + 2]
    return result == 0 ? .ready : .refused("result \(result)")
  }

  /// A length in BER, and where what is so long begins; nil where it is not whole, or longer than can be.
  private static func length(_ bytes: [UInt8], at place: Int) -> (length: Int, start: Int)? {
    guard place < bytes.count else { return nil }
    let first = bytes[place]
    if first < 0x80 { return (Int(first), place + 1) }
    let count = Int(first & 0x7F)
    guard (1...4).contains(count), bytes.count - place - 1 >= count else { return nil }
    let digits = bytes[place + 1...place + count]
    return (digits.reduce(0) { $0 << 8 | Int($1) }, place + 1 + count)
  }

  // MARK: MySQL (protocol version 10)

  /// What a client says of itself: protocol 4.1, TLS, secure connection; packets of 16 MiB; UTF-8.
  private static let mysqlRequest: [UInt8] =
    [32, 0, 0, 1] + [0x00, 0x8A, 0x00, 0x00] + [0, 0, 0, 1] + [45] + [UInt8](repeating: 0, count: 23)
  private static let mysqlSecure: UInt8 = 0x08

  /// The server greets with what it can; TLS begins behind our request without an answer.
  static func mysql(_ bytes: [UInt8]) -> StartTLS.Step {
    guard bytes.count >= 5 else { return .wait }
    let length = Int(bytes[0]) | Int(bytes[1]) << 8 | Int(bytes[2]) << 16
    guard length <= StartTLS.limit, bytes[3] == 0 else { return .malformed }
    // Instead of a greeting: too many connections, a host that is not let in.
    if bytes[4] == 0xFF {
      guard bytes.count - 4 >= length else { return .wait }
      return .refused(String(decoding: bytes[4..<4 + length].dropFirst(3), as: UTF8.self))
    }
    guard bytes[4] == 10 else { return .malformed }
    guard bytes.count - 4 >= length else { return .wait }
    guard bytes.count - 4 == length else { return .tooMuch }
    // Behind the version: 4 bytes of a thread, 8 of a challenge, one of nothing; then what it can.
    guard let end = bytes[5...].firstIndex(of: 0), bytes.count - end > 15 else { return .malformed }
    return bytes[end + 15] & mysqlSecure != 0 ? .sendAndBegin(mysqlRequest) : .refused("")
  }
}
