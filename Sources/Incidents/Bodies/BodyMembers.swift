/// The members of an object.
struct BodyMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let tape: BodyTape
  let place: Int
  let isExact: Bool

  var codingPath: [any CodingKey] { [] }

  var allKeys: [Key] {
    var keys: [Key] = []
    var member = place + 1
    let end = Int(tape.nodes[place].next)
    while member < end {
      if let name = tape.text(tape.nodes[member]).flatMap({ Key(stringValue: $0) }) { keys.append(name) }
      member = Int(tape.nodes[member + 1].next)
    }
    return keys
  }

  func contains(_ key: Key) -> Bool { tape.member(key.stringValue, of: place, isExact: isExact) != nil }

  private func found(_ key: Key) throws -> Int {
    guard let member = tape.member(key.stringValue, of: place, isExact: isExact) else {
      throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "It is not there."))
    }
    return member
  }

  /// Nil when it is not there, or null.
  private func present(_ key: Key) -> Int? {
    tape.member(key.stringValue, of: place, isExact: isExact).flatMap { tape.isNull(at: $0) ? nil : $0 }
  }

  func decodeNil(forKey key: Key) throws -> Bool { tape.isNull(at: try found(key)) }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try tape.bool(at: found(key)) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try tape.string(at: found(key)) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try tape.double(at: found(key)) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try tape.double(at: found(key))) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try integer(type, key) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try integer(type, key) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try integer(type, key) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try integer(type, key) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try integer(type, key) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try integer(type, key) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try integer(type, key) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try integer(type, key) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try integer(type, key) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try integer(type, key) }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try tape.value(type, at: found(key))
  }

  private func integer<I: FixedWidthInteger>(_ type: I.Type, _ key: Key) throws -> I {
    try tape.integer(type, at: found(key))
  }

  // The standard library's own would look for the name three times.

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    try present(key).map { try tape.bool(at: $0) }
  }

  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try present(key).map { try tape.string(at: $0) }
  }

  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try present(key).map { try tape.double(at: $0) }
  }

  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    try present(key).map { try tape.integer(type, at: $0) }
  }

  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try present(key).map { try tape.integer(type, at: $0) }
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    try present(key).map { try tape.value(type, at: $0) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try BodyDecoder(tape: tape, place: found(key)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try BodyDecoder(tape: tape, place: found(key)).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { throw BodyDecoder.isNot("class") }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    BodyDecoder(tape: tape, place: try found(key))
  }
}
