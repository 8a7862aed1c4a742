/// Beginnings and pieces of commands that change what is hard to take back.
///
/// Commands and patterns are compared as sequences of words, where anything but a letter or a digit parts words and case
/// does not matter: `config:set` finds `firebase functions:config:set`, `drop` finds `DROP TABLE` in a quoted query. A
/// pattern's `…` stands for any words between.
package struct DestructivePatterns: Equatable, Sendable {
  /// As written, each with its words.
  private let patterns: [(written: String, parts: [[String]])]

  /// What deletes, overwrites, restores or redirects, whatever the system.
  package static let general = [
    "rollback", "delete", "destroy", "remove", "restore", "import", "recover", "drop", "truncate", "purge",
    "flushall",
    "rm", "rsync", "update-traffic", "no-traffic", "acl ch", "record-sets", "set-default-service",
    "secrets versions add", "reset-password", "revoke", "config:set", "terraform apply",
    "apply -auto-approve",
    "force-unlock", "scale … 0", "replicas … 0",
  ]

  /// - Parameter own: what a playbook or a system adds.
  package init(adding own: [String] = []) {
    patterns = Self.patterns(Self.general + own)
  }

  /// The pattern that a command matches first; nil when it matches none. O(patterns × words).
  package func match(_ command: String) -> String? {
    let words = Self.words(command)
    return patterns.first { Self.contains(words, $0.parts) }?.written
  }

  /// Whether a command matches this one pattern, whatever else there is.
  package static func matches(_ pattern: String, _ command: String) -> Bool {
    patterns([pattern]).contains { contains(words(command), $0.parts) }
  }

  private static func patterns(_ written: [String]) -> [(written: String, parts: [[String]])] {
    written.map { pattern in
      let parts = pattern.replacing("...", with: "…").split(separator: "…").map { words(String($0)) }
      return (pattern, parts.filter { !$0.isEmpty })
    }.filter { !$0.1.isEmpty }
  }

  private static func contains(_ words: [String], _ parts: [[String]]) -> Bool {
    var rest = words[...]
    for part in parts {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  package static func == (one: Self, other: Self) -> Bool {
    one.patterns.map(\.written) == other.patterns.map(\.written)
  }
}
