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
}
