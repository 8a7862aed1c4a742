/// The head of a request: its first line and its header fields.
struct HTTPHead {
  let method: String
  let target: String
  let keepsAlive: Bool
  var fields: [HTTPRequest.Field] = []

  /// - Parameter bytes: up to and with the empty line.
  init(_ bytes: ArraySlice<UInt8>) throws(HTTPRefusal) {
    var lines = Self.lines(bytes)[...]
    guard let first = lines.popFirst() else { throw .malformed }
    let words = first.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.count == 3, let method = words.first, let version = words.last,
      words[1].allSatisfy(Self.isVisible),
      !words[1].isEmpty, !method.isEmpty, method.allSatisfy(Self.isToken)
    else { throw .malformed }
    let versionText = String(decoding: version, as: UTF8.self)
    guard versionText == "HTTP/1.1" || versionText == "HTTP/1.0" else { throw .malformed }
    for line in lines {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy(Self.isToken)
      else { throw .malformed }
      let value = Self.trimmed(line[line.index(after: colon)...])
      guard value.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 }) else { throw .malformed }
      fields.append(
        HTTPRequest.Field(
          name: String(decoding: line[..<colon], as: UTF8.self).lowercased(),
          value: String(decoding: value, as: UTF8.self)))
    }
    self.method = String(decoding: method, as: UTF8.self)
    target = Self.origin(String(decoding: words[1], as: UTF8.self))
    var keepsAlive = versionText == "HTTP/1.1"
    for field in fields where field.name == "connection" {
      for word in field.value.lowercased().split(separator: ",") {
        switch word.drop(while: { $0 == " " }).prefix(while: { $0 != " " }) {
        case "close": keepsAlive = false
        case "keep-alive": keepsAlive = true
        default: break
        }
      }
    }
    self.keepsAlive = keepsAlive
  }

  /// How long the body is, in bytes; 0 where nothing says so.
  func contentLength() throws(HTTPRefusal) -> Int {
    guard !fields.contains(where: { $0.name == "transfer-encoding" }) else {
      throw HTTPRefusal(411, "A body needs a Content-Length here; chunks are not taken.")
    }
    let lengths = Set(fields.filter { $0.name == "content-length" }.map(\.value))
    guard let text = lengths.first else { return 0 }
    guard lengths.count == 1, text.utf8.allSatisfy({ (48...57).contains($0) }) else { throw .malformed }
    // What does not fit into a number is too long for anybody.
    return text.isEmpty ? 0 : Int(text) ?? .max
  }

  var awaitsContinue: Bool {
    fields.contains { $0.name == "expect" && $0.value.lowercased() == "100-continue" }
  }

  private static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    bytes.split(separator: 10).map { $0.last == 13 ? $0.dropLast() : $0 }.filter { !$0.isEmpty }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let rest = bytes.drop { $0 == 32 || $0 == 9 }
    let end = rest.lastIndex { $0 != 32 && $0 != 9 }
    return end.map { rest[...$0] } ?? []
  }

  private static func isVisible(_ byte: UInt8) -> Bool { (33...126).contains(byte) }

  /// A character of a token (RFC 9110, 5.6.2).
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  /// A proxy's client names the whole URL; a server wants path and query.
  private static func origin(_ target: String) -> String {
    guard target.hasPrefix("http://") else { return target }
    let path = target.dropFirst(7).drop { $0 != "/" }
    return path.isEmpty ? "/" : String(path)
  }
}
