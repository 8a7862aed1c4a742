import Values

/// What an outward text should not tell: hosts, addresses, ids of ours, secrets.
enum InnerDetails {
  /// Last labels by which a dotted word is taken for a host name.
  private static let endings: Set<String> = [
    "com", "net", "org", "io", "dev", "app", "cloud", "internal", "local", "lan", "corp", "intra", "svc",
    "cluster", "example", "test", "uk", "de", "fr", "eu", "us", "nl", "ch", "za", "ai", "run", "sh", "co",
  ]

  static func findings(in text: String, links: [String], hosts: [String], secrets: [Secret]) -> [Finding] {
    var findings: [Finding] = []
    for secret in secrets where secret.masking(text) != text {
      findings.append(Finding(.error, "A secret stands in the text."))
    }
    var rest = text
    for link in links.sorted(by: { $0.count > $1.count }) where !link.isEmpty {
      rest = rest.split(separator: link, omittingEmptySubsequences: false).joined(separator: " ")
    }
    for host in hosts where !host.isEmpty && words(rest).contains(host.lowercased()) {
      findings.append(Finding(.error, "\(Inert.terminal(host)) is a host of ours; leave it out."))
    }
    for word in words(rest) {
      if let finding = finding(of: word), !findings.contains(finding) { findings.append(finding) }
    }
    return findings
  }

  /// Lower case, without what surrounds them; an address of a page counts by its host.
  private static func words(_ text: String) -> [String] {
    text.lowercased().split { $0.isWhitespace || "()<>\"'`,;!?|".contains($0) }.map { raw in
      var word = raw[...]
      if let scheme = word.firstRange(of: "://") {
        word = word[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
      }
      while let last = word.last, ".:".contains(last) { word = word.dropLast() }
      return String(word)
    }
  }

  private static func finding(of word: String) -> Finding? {
    let shown = Inert.terminal(String(word.prefix(60)))
    if isAddress(word) { return Finding(.error, "\(shown) is a network address; leave it out.") }
    if isHost(word) { return Finding(.error, "\(shown) looks like a host name; leave it out.") }
    if isTicket(word) {
      return Finding(.error, "\(shown.uppercased()) is an id of ours that means nothing to readers.")
    }
    if isSecret(word) {
      return Finding(.error, "Something that looks like a key or a token stands in the text.")
    }
    return nil
  }

  private static func isAddress(_ word: String) -> Bool {
    let host = word.split(separator: "/").first.map(String.init) ?? word
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 4 {
      let last = parts[3].split(separator: ":").first.map(String.init) ?? ""
      let numbers = parts.prefix(3).map(String.init) + [last]
      return numbers.allSatisfy { UInt8($0) != nil }
    }
    let groups = host.split(separator: ":", omittingEmptySubsequences: false)
    return groups.count >= 4 && groups.allSatisfy { $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }
  }

  private static func isHost(_ word: String) -> Bool {
    if word.contains("@") { return false }
    let host = word.split(separator: ":").first ?? ""
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let ending = labels.last, endings.contains(String(ending)) else { return false }
    return labels.allSatisfy { label in
      label.count > 1 && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    }
  }

  /// `T-482`, `INC-14`, `PACK-1021`.
  private static func isTicket(_ word: String) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let prefix = parts.first, let number = parts.last else { return false }
    guard (1...10).contains(prefix.count), prefix.allSatisfy({ $0.isASCII && $0.isLetter }) else {
      return false
    }
    let isNumber = !number.isEmpty && number.count < 8 && number.allSatisfy { $0.isASCII && $0.isNumber }
    // `covid-19`, `top-10`: a short number after a word is English, unless the prefix is one of ours.
    return isNumber && (number.count > 2 || ["t", "inc"].contains(String(prefix)))
  }

  private static func isSecret(_ word: String) -> Bool {
    if ["password=", "token=", "secret=", "api_key=", "apikey="].contains(where: { word.contains($0) }) {
      return true
    }
    let isHex = word.count >= 32 && word.allSatisfy(\.isHexDigit)
    let isKey =
      word.count >= 40 && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
    return isHex || (isKey && word.contains(where: \.isNumber))
  }
}
