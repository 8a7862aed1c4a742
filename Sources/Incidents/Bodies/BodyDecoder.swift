import Values

/// Makes values of a ``BodyTape``: a body's decoder, for what ``FactCoding`` writes.
///
/// Member names are in snake_case there, but for those of dictionaries, which stay as they are. What is wrong is told
/// without its place: a body either is such a fact, or it is shown as it is.
struct BodyDecoder: Decoder {
  let tape: BodyTape
  let place: Int
  /// Whether members are asked for by names of a dictionary.
  var isDictionary = false

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard tape.nodes[place].kind == .object else { throw Self.isNot("object") }
    return KeyedDecodingContainer(BodyMembers(tape: tape, place: place, isExact: isDictionary))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard tape.nodes[place].kind == .array else { throw Self.isNot("array") }
    return BodyElements(tape: tape, array: place)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  static func isNot(_ what: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: [], debugDescription: "This is no \(what)."))
  }
}

/// Dictionaries whose keys are texts: their names are data, and no words of ours.
private protocol NamedByTexts {}
extension Dictionary: NamedByTexts where Key == String {}

extension BodyTape {
  func value<T: Decodable>(_ type: T.Type, at place: Int) throws -> T {
    // The most frequent ones, without a decoder of their own.
    if type == Instant.self, let text = text(nodes[place]), let instant = Instant(rfc3339: text) as? T {
      return instant
    }
    if type == [String: String].self, let texts = try texts(at: place) as? T { return texts }
    let isDictionary = nodes[place].kind == .object && type is any NamedByTexts.Type
    return try T(from: BodyDecoder(tape: self, place: place, isDictionary: isDictionary))
  }

  private func texts(at object: Int) throws -> [String: String] {
    guard nodes[object].kind == .object else { throw BodyDecoder.isNot("object") }
    var texts: [String: String] = [:]
    var place = object + 1
    let end = Int(nodes[object].next)
    while place < end {
      let name = try string(at: place)
      // As everywhere: the first, when a name stands there twice.
      if texts[name] == nil { texts[name] = try string(at: place + 1) }
      place = Int(nodes[place + 1].next)
    }
    return texts
  }

  func string(at place: Int) throws -> String {
    guard let text = text(nodes[place]) else { throw BodyDecoder.isNot("text") }
    return text
  }

  func bool(at place: Int) throws -> Bool {
    switch nodes[place].kind {
    case .yes: return true
    case .no: return false
    default: throw BodyDecoder.isNot("true or false")
    }
  }

  func double(at place: Int) throws -> Double {
    guard let number = double(nodes[place]) else { throw BodyDecoder.isNot("number") }
    return number
  }

  func integer<I: FixedWidthInteger>(_ type: I.Type, at place: Int) throws -> I {
    guard let number = integer(type, nodes[place]) else { throw BodyDecoder.isNot("whole number") }
    return number
  }

  func isNull(at place: Int) -> Bool { nodes[place].kind == .null }
}

extension BodyDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { tape.isNull(at: place) }
  func decode(_ type: Bool.Type) throws -> Bool { try tape.bool(at: place) }
  func decode(_ type: String.Type) throws -> String { try tape.string(at: place) }
  func decode(_ type: Double.Type) throws -> Double { try tape.double(at: place) }
  func decode(_ type: Float.Type) throws -> Float { Float(try tape.double(at: place)) }
  func decode(_ type: Int.Type) throws -> Int { try tape.integer(type, at: place) }
  func decode(_ type: Int8.Type) throws -> Int8 { try tape.integer(type, at: place) }
  func decode(_ type: Int16.Type) throws -> Int16 { try tape.integer(type, at: place) }
  func decode(_ type: Int32.Type) throws -> Int32 { try tape.integer(type, at: place) }
  func decode(_ type: Int64.Type) throws -> Int64 { try tape.integer(type, at: place) }
  func decode(_ type: UInt.Type) throws -> UInt { try tape.integer(type, at: place) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try tape.integer(type, at: place) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try tape.integer(type, at: place) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try tape.integer(type, at: place) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try tape.integer(type, at: place) }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try tape.value(type, at: place) }
}
