/// Words in capitals that look as if somebody should replace them.
///
/// What an anonymous document writes for a value: `BACKUP_ID`, `PROJECT_ID`, `YOUR_TOKEN`, `YYYY-MM-DD`.
/// Log patterns and constants (`CRITICAL_ERROR`, `LATEST`) are none: the last part of the word decides.
enum SuspectedWord {
  private static let endings: Set<String> = [
    "ID", "IDS", "UUID", "GUID", "NAME", "REVISION", "VERSION", "TAG", "URL", "URI", "HOST", "HOSTNAME",
    "ADDRESS", "IP", "PORT", "PATH", "FILE", "FILENAME", "DIR", "DIRECTORY", "BUCKET", "PROJECT", "REGION",
    "ZONE", "CLUSTER", "NAMESPACE", "DATE", "TIMESTAMP", "USER", "USERNAME", "EMAIL", "IMAGE", "INSTANCE",
    "TENANT", "ACCOUNT", "PASSWORD", "TOKEN", "HERE",
  ]
  private static let alone: Set<String> = ["XXX", "XXXX", "CHANGEME", "REPLACEME", "PLACEHOLDER"]
  private static let beginnings: Set<String> = ["YOUR", "MY", "REPLACE", "CHANGE", "INSERT"]

  /// The end of such a word at `start`; nil when there is none.
  static func nameEnd(in bytes: [UInt8], from start: Int) -> Int? {
    var end = start
    while end < bytes.count, bytes[end].isUpper || bytes[end].isDigit || bytes[end] == UInt8(ascii: "_") {
      end += 1
    }
    guard end > start, bytes[start].isUpper, end == bytes.count || !bytes[end].isNameByte else { return nil }
    let word = String(decoding: bytes[start..<end], as: UTF8.self)
    if alone.contains(word) { return end }
    let parts = word.split(separator: "_").map(String.init)
    guard parts.count > 1, let last = parts.last, let first = parts.first else { return nil }
    return endings.contains(last) || beginnings.contains(first) ? end : nil
  }

  /// The end of a date or time pattern (`YYYY-MM-DD`, `YYYYMMDD-HHMMSS`, `HH:MM`) at `start`.
  static func dateEnd(in bytes: [UInt8], from start: Int) -> Int? {
    func part(_ place: Int) -> Int? {
      for part in ["YYYY", "MM", "DD", "HH", "SS", "hh", "mm", "ss"]
      where bytes[min(place, bytes.count)...].starts(with: Array(part.utf8)) {
        return place + part.utf8.count
      }
      return nil
    }
    var parts = 0
    var end = start
    var place = start
    while let next = part(place) {
      parts += 1
      end = next
      place = next
      if place < bytes.count, "-_:/T.".utf8.contains(bytes[place]), part(place + 1) != nil { place += 1 }
    }
    if end < bytes.count, bytes[end] == UInt8(ascii: "Z"), parts > 3 { end += 1 }
    guard parts > 1, end == bytes.count || !bytes[end].isNameByte else { return nil }
    return end
  }
}
