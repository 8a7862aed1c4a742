import Synchronization

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
  private let dotMatchesNewline: Bool
  let shortcut: Shortcut?
  /// Nil until it is needed: a pattern with a shortcut may never need it.
  private let compiled: Mutex<CompiledPattern?>

  /// Matchers and `label_replace` are anchored and let the dot match a newline, as in Prometheus 3.
  ///
  /// A pattern that needs more than RE2's 8 MiB, or repeats more than a thousand times, is refused as a wrong one is.
  package init(_ pattern: String, anchored: Bool = true, dotMatchesNewline: Bool = true) throws(BadPattern) {
    self.pattern = pattern
    isAnchored = anchored
    self.dotMatchesNewline = dotMatchesNewline
    shortcut = anchored && dotMatchesNewline ? Shortcut(pattern) : nil
    compiled =
      try shortcut == nil
      ? Mutex(CompiledPattern(pattern, anchored: anchored, dotMatchesNewline: dotMatchesNewline)) : Mutex(nil)
  }

  /// What RE2 made of the pattern; nil only where memory ran out.
  private var automaton: CompiledPattern? {
    compiled.withLock { compiled in
      if compiled == nil {
        compiled = try? CompiledPattern(pattern, anchored: isAnchored, dotMatchesNewline: dotMatchesNewline)
      }
      return compiled
    }
  }

  /// The names of the groups, from group 1 on; empty for a group without one.
  package var groupNames: [String] { automaton?.groupNames ?? [] }

  /// Whether the text matches: all of it when anchored, else any part.
  package func matches(_ text: String) -> Bool {
    if let shortcut { return shortcut.matches(text) }
    return automaton?.matches(text) ?? false
  }

  /// The only texts that match, when they are few and known.
  package var literals: [String]? { shortcut?.literals }

  /// The first match at or after byte `from`.
  package func firstMatch(in text: String, from: Int = 0) -> Match? {
    automaton?.firstMatch(in: text, from: max(0, from)).map { Match(ranges: $0) }
  }
}
