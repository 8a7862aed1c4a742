/// Paths of files on servers, and addresses of stores and databases.
enum ServerPaths {
  private static let roots: Set<String> = [
    "var", "etc", "opt", "srv", "home", "usr", "tmp", "root", "mnt", "proc", "sys", "boot", "private",
  ]
  private static let schemes = [
    "s3", "gs", "file", "postgres", "postgresql", "mysql", "redis", "rediss", "mongodb", "mongodb+srv",
    "amqp",
    "ssh", "ftp", "sftp", "nfs", "ldap", "ldaps", "kafka", "smb",
  ]

  static func hits(in text: CheckedText) -> [InnerDetails.Hit] {
    text.words(edges: "()<>[]\"'`,;.:!?*“”‘’") { $0.isWhitespace || "()<>[]{}\"'`,;|*=".contains($0) }
      .filter(isPath).map { word in
        InnerDetails.Hit(
          topic: .path, range: word.range,
          sentence: "\(InnerDetails.shown(word.text)) is a path on a server; leave it out.")
      }
  }

  private static func isPath(_ word: CheckedWord) -> Bool {
    let low = word.low
    if low.hasPrefix("jdbc:") || low.hasPrefix("arn:aws:") { return true }
    if let scheme = low.firstRange(of: "://"), schemes.contains(String(low[..<scheme.lowerBound])) {
      return true
    }
    if low.hasPrefix("\\\\"), low.count > 4 { return true }
    let characters = Array(low)
    if characters.count > 3, characters[0].isASCII, characters[0].isLetter, characters[1] == ":",
      characters[2] == "\\"
    {
      return true
    }
    let isHome = low.hasPrefix("~/")
    guard isHome || low.hasPrefix("/") else { return false }
    let parts = low.dropFirst(isHome ? 2 : 1).split(separator: "/")
    return isHome ? !parts.isEmpty : parts.count > 1 && roots.contains(String(parts[0]))
  }
}
