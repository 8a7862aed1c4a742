/// An ICMP echo (RFC 792, RFC 4443). The system fills in the identifier and the checksum.
struct EchoMessage: Equatable {
  let isVersion6: Bool
  let sequence: UInt16
  /// What must come back.
  let payload: [UInt8]

  var request: [UInt8] {
    [isVersion6 ? 128 : 8, 0, 0, 0, 0, 0, UInt8(sequence >> 8), UInt8(sequence & 0xFF)] + payload
  }

  /// Whether `bytes` are the reply to it.
  func isAnswered(by bytes: [UInt8]) -> Bool {
    bytes.count == 8 + payload.count && bytes[0] == (isVersion6 ? 129 : 0) && bytes[1] == 0
      && bytes[6] == UInt8(sequence >> 8) && bytes[7] == UInt8(sequence & 0xFF)
      && bytes[8...].elementsEqual(payload)
  }

  /// How `bytes`, which came back instead of it, differ from its reply; nil where only the sequence may.
  func difference(of bytes: [UInt8]) -> String? {
    guard bytes.count == 8 + payload.count else {
      return "of \(bytes.count) bytes where \(8 + payload.count) were sent"
    }
    guard bytes[0] == (isVersion6 ? 129 : 0), bytes[1] == 0 else {
      return "of type \(bytes[0]) and code \(bytes[1])"
    }
    return bytes[8...].elementsEqual(payload) ? nil : "with other bytes than were sent"
  }

  /// Whether `bytes`, which somebody quotes, are the beginning of it. Routers owe us no more than 8 bytes.
  func isQuoted(by bytes: [UInt8]) -> Bool {
    let request = request
    return bytes.count >= 8 && bytes[0] == request[0] && bytes[6...7].elementsEqual(request[6...7])
      && zip(bytes[8...], payload).allSatisfy { $0 == $1 }
  }
}
