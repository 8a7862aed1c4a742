/// Who acts: `ops1@jump2#1000` in the journal, `ops1` on the screen; the engine is `midwatch`.
package struct Actor: Hashable, Sendable {
  package let handle: String
  package let host: String
  package let uid: UInt32

  /// - Parameter handle: `[a-z0-9._-]{1,32}`; see ``isHandle(_:)``.
  package init(handle: String, host: String, uid: UInt32) {
    self.handle = handle
    self.host = host
    self.uid = uid
  }

  package static func isHandle(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 46 || $0 == 95 || $0 == 45
      }
  }

  /// A handle out of any name: lowered, everything else replaced by `-`, cut at 32.
  package static func handle(from name: String) -> String {
    let lowered = name.lowercased().utf8.prefix(32).map { byte -> UInt8 in
      isHandle(String(decoding: [byte], as: UTF8.self)) ? byte : 45
    }
    return lowered.isEmpty ? "nobody" : String(decoding: lowered, as: UTF8.self)
  }

  package static let engineHandle = "midwatch"
  package var isEngine: Bool { handle == Self.engineHandle }
}

extension Actor: CustomStringConvertible, LosslessStringConvertible {
  package var description: String { "\(handle)@\(host)#\(uid)" }

  package init?(_ description: String) {
    guard let at = description.firstIndex(of: "@"), let hash = description.lastIndex(of: "#"), at < hash,
      let uid = UInt32(description[description.index(after: hash)...])
    else { return nil }
    handle = String(description[..<at])
    host = String(description[description.index(after: at)..<hash])
    self.uid = uid
  }
}

extension Actor: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let actor = Actor(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not handle@host#uid")
    }
    self = actor
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
