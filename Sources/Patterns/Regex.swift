import CRegex

/// A compiled regular expression in RE2's syntax, as Go, Prometheus and its exporters use it. Linear time.
///
/// Immutable and safe to share between threads. Texts that need no automaton (`api`, `a|b|c`, `5..`, `.+`,
/// `web-.*`) are matched without one.
package final class Regex: Sendable {
  /// Why a pattern was refused, in RE2's words.
  package struct BadPattern: Error, Hashable, Sendable {
    package let pattern: String
    package let reason: String
  }

  /// Where a whole match and its groups lie: byte ranges of the text, nil for a group that took no part.
  package struct Match: Hashable, Sendable {
    package let ranges: [Range<Int>?]
  }

  package let pattern: String
  /// Whether it must match the whole text.
  package let isAnchored: Bool
  /// The names of the groups, from group 1 on; empty for a group without one.
  package let groupNames: [String]
  let shortcut: Shortcut?
  private let compiled: OpaqueHandle

  /// Matchers and `label_replace` are anchored and let the dot match a newline, as in Prometheus 3.
  package init(_ pattern: String, anchored: Bool = true, dotMatchesNewline: Bool = true) throws(BadPattern) {
    var reason = [CChar](repeating: 0, count: 256)
    var text = pattern
    let handle = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cregex_compile($0.baseAddress, $0.count, anchored, dotMatchesNewline, &reason, reason.count)
      }
    }
    guard let handle else {
      let bytes = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw BadPattern(pattern: pattern, reason: String(decoding: bytes, as: UTF8.self))
    }
    self.pattern = pattern
    isAnchored = anchored
    compiled = OpaqueHandle(handle)
    let count = max(0, cregex_group_count(handle))
    groupNames = (0..<count).map { String(cString: cregex_group_name(handle, Int32($0 + 1))) }
    shortcut = anchored && dotMatchesNewline ? Shortcut(pattern) : nil
  }

  /// Whether the text matches: all of it when anchored, else any part.
  package func matches(_ text: String) -> Bool {
    if let shortcut { return shortcut.matches(text) }
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cregex_matches(compiled.pointer, $0.baseAddress, $0.count) }
    }
  }

  /// The only texts that match, when they are few and known.
  package var literals: [String]? { shortcut?.literals }

  /// The first match at or after byte `from`.
  package func firstMatch(in text: String, from: Int = 0) -> Match? {
    var text = text
    var spans = [cregex_span](repeating: cregex_span(start: -1, end: -1), count: groupNames.count + 1)
    let found = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        cregex_find(compiled.pointer, $0.baseAddress, $0.count, max(0, from), &spans, Int32(spans.count))
      }
    }
    guard found else { return nil }
    return Match(ranges: spans.map { $0.start >= 0 && $0.end >= $0.start ? $0.start..<$0.end : nil })
  }
}

/// Owns a compiled expression; RE2 objects are immutable and may be used by several threads.
private final class OpaqueHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) { self.pointer = pointer }

  deinit { cregex_delete(pointer) }
}
