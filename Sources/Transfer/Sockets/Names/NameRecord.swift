internal import Glibc
internal import Wire

/// A resource record, written as in zone files.
struct NameRecord: Equatable {
  let name: String
  let type: UInt16
  /// Seconds; of the OPT record something else.
  let timeToLive: UInt32
  /// What it holds: `10 mail.example.com.`.
  let value: String
  /// Of a SOA record.
  let serial: UInt32?

  /// `api.internal. 300 IN A 10.0.0.5`
  var text: String {
    let type = NameRequest.RecordType(rawValue: type)?.name ?? "TYPE\(type)"
    return "\(name) \(timeToLive) IN \(type) \(value)"
  }

  init(_ reader: inout MessageReader) throws(MessageReader.Malformed) {
    name = MessageReader.text(try reader.name())
    type = try reader.number16()
    _ = try reader.number16()
    timeToLive = try reader.number32()
    let length = Int(try reader.number16())
    let start = reader.place
    // Names in it may point to what was before it, so it is read where it stands.
    var inner = reader
    let data = try reader.take(length)
    var serial: UInt32?
    value = try Self.value(type, data, &inner, &serial)
    self.serial = serial
    // What is read in it must be all of it, or none.
    guard inner.place == start || inner.place == reader.place else { throw MessageReader.Malformed() }
  }

  private static func value(
    _ type: UInt16, _ data: [UInt8], _ reader: inout MessageReader, _ serial: inout UInt32?
  ) throws(MessageReader.Malformed) -> String {
    switch NameRequest.RecordType(rawValue: type) {
    case .a: return try address(data, AF_INET, count: 4)
    case .aaaa: return try address(data, AF_INET6, count: 16)
    case .ns, .cname, .ptr: return MessageReader.text(try reader.name())
    case .mx: return "\(try reader.number16()) \(MessageReader.text(try reader.name()))"
    case .srv:
      let numbers = "\(try reader.number16()) \(try reader.number16()) \(try reader.number16())"
      return "\(numbers) \(MessageReader.text(try reader.name()))"
    case .soa:
      let names = "\(MessageReader.text(try reader.name())) \(MessageReader.text(try reader.name()))"
      let number = try reader.number32()
      serial = number
      var numbers = "\(number)"
      for _ in 0..<4 { numbers += " \(try reader.number32())" }
      return "\(names) \(numbers)"
    case .txt: return try texts(data)
    case .caa: return try authorization(data)
    case nil: return "\\# \(data.count)" + (data.isEmpty ? "" : " ") + hexadecimal(data)
    }
  }

  private static func address(
    _ data: [UInt8], _ family: Int32, count: Int
  ) throws(MessageReader.Malformed) -> String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard data.count == count, inet_ntop(family, data, &text, socklen_t(text.count)) != nil else {
      throw MessageReader.Malformed()
    }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// `"v=spf1 -all" "more"`
  private static func texts(_ data: [UInt8]) throws(MessageReader.Malformed) -> String {
    var reader = MessageReader(data)
    var texts: [String] = []
    while reader.place < data.count { texts.append(quoted(try reader.take(Int(try reader.byte())))) }
    return texts.joined(separator: " ")
  }

  /// `0 issue "letsencrypt.org"` (RFC 8659).
  private static func authorization(_ data: [UInt8]) throws(MessageReader.Malformed) -> String {
    var reader = MessageReader(data)
    let flags = try reader.byte()
    let tag = try reader.take(Int(try reader.byte()))
    let value = try reader.take(data.count - reader.place)
    return "\(flags) \(tag.map { MessageReader.escaped($0, and: " ") }.joined()) \(quoted(value))"
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    "\"" + bytes.map { MessageReader.escaped($0, and: "\"") }.joined() + "\""
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined()
  }
}
