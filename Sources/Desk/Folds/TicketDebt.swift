/// What another house is to be told about a ticket: one change, or one comment.
package struct TicketDebt: Codable, Equatable, Sendable {
  /// The event that did it: the same for each try to tell it, another for each act.
  package let id: String
  /// A ``TicketField``'s name, or ``comment``.
  package let what: String
  /// What the field is to be; nil for a comment, whose text its event has.
  package let value: String?
  /// Of a comment: whether the customer reads it.
  package let isPublic: Bool
  /// Of a comment: tells it from others when the other house lists it.
  package let mark: UInt64?
  /// The other house took it, and did not say what it calls it: it is known when it is listed there.
  package var isSent = false

  package static let comment = "comment"

  package var isComment: Bool { what == Self.comment }
}

extension String {
  /// The same for texts that differ in blanks at their ends and in line ends only: FNV-1a, 64 bits.
  var commentMark: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var pending: [UInt8] = []
    var isBegun = false
    for byte in utf8 where byte != UInt8(ascii: "\r") {
      if byte == 0x20 || byte == 0x09 || byte == 0x0A {
        if isBegun { pending.append(byte) }
        continue
      }
      isBegun = true
      for byte in pending + [byte] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
      pending.removeAll(keepingCapacity: true)
    }
    return hash
  }
}
