/// The elements of an array, one after the other.
struct BodyElements: UnkeyedDecodingContainer {
  private let tape: BodyTape
  private let end: Int
  private var place: Int
  private(set) var currentIndex = 0

  var codingPath: [any CodingKey] { [] }
  /// Not counted before: they are read one by one.
  var count: Int? { nil }
  var isAtEnd: Bool { place >= end }

  init(tape: BodyTape, array: Int) {
    self.tape = tape
    place = array + 1
    end = Int(tape.nodes[array].next)
  }

  private mutating func next<T>(_ read: (BodyTape, Int) throws -> T) throws -> T {
    guard !isAtEnd else { throw BodyDecoder.isNot("further element") }
    let value = try read(tape, place)
    place = Int(tape.nodes[place].next)
    currentIndex += 1
    return value
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, tape.isNull(at: place) else { return false }
    return try next { _, _ in true }
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try next { try $0.bool(at: $1) } }
  mutating func decode(_ type: String.Type) throws -> String { try next { try $0.string(at: $1) } }
  mutating func decode(_ type: Double.Type) throws -> Double { try next { try $0.double(at: $1) } }
  mutating func decode(_ type: Float.Type) throws -> Float { Float(try next { try $0.double(at: $1) }) }
  mutating func decode(_ type: Int.Type) throws -> Int { try integer(type) }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next { try $0.value(type, at: $1) } }

  private mutating func integer<I: FixedWidthInteger>(_ type: I.Type) throws -> I {
    try next { try $0.integer(type, at: $1) }
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key>
  {
    try next { try BodyDecoder(tape: $0, place: $1).container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next { try BodyDecoder(tape: $0, place: $1).unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try next { BodyDecoder(tape: $0, place: $1) } }
}
