import Foundation

/// Cuts a byte stream into the messages of `engine.sock`, and makes frames of messages.
package struct MessageFraming: Sendable {
  /// A longer document is refused: the peer is not one of ours.
  package static let maximumLength = 64 << 20

  package struct Malformed: Error, Equatable {
    package let reason: String
  }

  private var buffer: [UInt8] = []
  private var consumed = 0

  package init() {}

  /// Takes what was read; returns the whole messages that it completes, in order.
  package mutating func receive(_ bytes: some Sequence<UInt8>) throws -> [EngineMessage] {
    buffer.append(contentsOf: bytes)
    var messages: [EngineMessage] = []
    while buffer.count - consumed >= 4 {
      let length = buffer[consumed..<(consumed + 4)].reduce(0) { $0 << 8 | Int($1) }
      guard length <= Self.maximumLength else {
        throw Malformed(reason: "a message of \(length) bytes is longer than any of ours")
      }
      guard buffer.count - consumed - 4 >= length else { break }
      let body = buffer[(consumed + 4)..<(consumed + 4 + length)]
      consumed += 4 + length
      do {
        messages.append(try JSONDecoder().decode(EngineMessage.self, from: Data(body)))
      } catch {
        throw Malformed(reason: "a message is not one of ours")
      }
    }
    if consumed > 0 {
      buffer.removeFirst(consumed)
      consumed = 0
    }
    return messages
  }

  /// The frame of a message: its length and its JSON.
  package static func frame(_ message: EngineMessage) throws -> [UInt8] {
    let body = try JSONEncoder().encode(message)
    let length = UInt32(clamping: body.count)
    let header = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> UInt32($0)) }
    return header + body
  }
}
