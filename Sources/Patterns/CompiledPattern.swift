import CRegex

/// Owns an expression compiled by RE2; RE2's objects are immutable and may be used by several threads.
final class CompiledPattern: @unchecked Sendable {
  /// The names of the groups, from group 1 on; empty for a group without one.
  let groupNames: [String]
  private let handle: OpaquePointer

  init(_ pattern: String, anchored: Bool, dotMatchesNewline: Bool) throws(Regex.BadPattern) {
    var reason = [CChar](repeating: 0, count: 256)
    var text = Self.inRE2Syntax(pattern)
    let handle = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cregex_compile($0.baseAddress, $0.count, anchored, dotMatchesNewline, &reason, reason.count)
      }
    }
    guard let handle else {
      let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw Regex.BadPattern(pattern: pattern, reason: String(decoding: bytes, as: UTF8.self))
    }
    self.handle = handle
    let count = max(0, cregex_group_count(handle))
    groupNames = (0..<count).map { String(cString: cregex_group_name(handle, Int32($0 + 1))) }
  }

  deinit { cregex_delete(handle) }

  /// Go also reads `(?<name>...)`, where this RE2 knows `(?P<name>...)` only.
  private static func inRE2Syntax(_ pattern: String) -> String {
    guard pattern.utf8.contains(UInt8(ascii: "<")) else { return pattern }
    var result: [UInt8] = []
    var rest = Array(pattern.utf8)[...]
    var inClass = false
    while let byte = rest.popFirst() {
      result.append(byte)
      switch Unicode.Scalar(byte) {
      case "\\": if let escaped = rest.popFirst() { result.append(escaped) }
      case "[": inClass = true
      case "]": inClass = false
      case "(" where !inClass && rest.starts(with: "?<".utf8):
        result += Array("?P<".utf8)
        rest = rest.dropFirst(2)
      default: break
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cregex_matches(handle, $0.baseAddress, $0.count) }
    }
  }

  /// Where the first match at or after byte `from` lies, and its groups; nil for a group that took no part.
  func firstMatch(in text: String, from: Int) -> [Range<Int>?]? {
    var text = text
    var spans = [cregex_span](repeating: cregex_span(start: -1, end: -1), count: groupNames.count + 1)
    let found = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cregex_find(handle, $0.baseAddress, $0.count, from, &spans, Int32(spans.count))
      }
    }
    guard found else { return nil }
    return spans.map { $0.start >= 0 && $0.end >= $0.start ? $0.start..<$0.end : nil }
  }
}
