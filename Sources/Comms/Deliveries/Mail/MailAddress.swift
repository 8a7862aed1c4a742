/// One mailbox: `ops@example.com`, or `Ops <ops@example.com>` (RFC 5322, 3.4, without comments and quoted local parts).
package struct MailAddress: Equatable, Sendable {
  /// What people see; empty when only the address is known.
  package let name: String
  /// `ops@example.com`.
  package let mailbox: String

  /// Nil when it is none: its characters are those that need no quoting, and no line end can be in it.
  package init?(_ text: String) {
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return nil }
    let trimmed = text.trimmingPrefix(while: \.isWhitespace)
    var mailbox = trimmed[...]
    while let last = mailbox.last, last.isWhitespace { mailbox = mailbox.dropLast() }
    var name = ""
    if mailbox.hasSuffix(">") {
      guard let open = mailbox.lastIndex(of: "<") else { return nil }
      name = mailbox[..<open].split(whereSeparator: \.isWhitespace).joined(separator: " ")
      mailbox = mailbox[mailbox.index(after: open)...].dropLast()
      if name.count > 1, name.hasPrefix("\""), name.hasSuffix("\"") {
        name = String(name.dropFirst().dropLast())
      }
    }
    guard Self.isMailbox(mailbox), name.utf8.count <= 500, !name.contains(where: { "<>\"\\".contains($0) })
    else { return nil }
    self.name = name
    self.mailbox = String(mailbox)
  }

  /// Behind the `@`.
  var domain: String { mailbox.split(separator: "@").last.map(String.init) ?? "localhost" }

  /// As it stands in a header, in pieces between which a line may be folded.
  var words: [String] {
    guard !name.isEmpty else { return [mailbox] }
    let isPlain = name.utf8.allSatisfy { MailText.isAtom($0) || $0 == UInt8(ascii: " ") }
    let shown =
      isPlain
      ? name.split(separator: " ").map(String.init)
      : name.utf8.allSatisfy { $0 < 0x80 } ? ["\"\(name)\""] : MailText.encodedWords(name)
    return shown + ["<\(mailbox)>"]
  }

  private static func isMailbox(_ text: Substring) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let local = parts.first, let domain = parts.last, local.utf8.count <= 64,
      domain.utf8.count <= 255
    else { return false }
    return isDotted(local, by: MailText.isAtom)
      && isDotted(domain) { $0 == UInt8(ascii: "-") || MailText.isLetterOrDigit($0) }
  }

  private static func isDotted(_ text: Substring, by allowed: (UInt8) -> Bool) -> Bool {
    text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy(allowed)
    }
  }
}
