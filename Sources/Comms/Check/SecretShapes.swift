/// Keys, tokens and passwords, known by how they look.
enum SecretShapes {
  static let sentence = "Something that looks like a key or a token stands in the text."

  /// Beginnings of keys that say whose they are, and how much must follow.
  private static let beginnings: [(String, Int)] = [
    ("akia", 12), ("asia", 12), ("sk_live_", 8), ("sk_test_", 8), ("pk_live_", 8), ("rk_live_", 8),
    ("whsec_", 8), ("ghp_", 16), ("gho_", 16), ("ghs_", 16), ("github_pat_", 16), ("glpat-", 12),
    ("xoxb-", 8),
    ("xoxp-", 8), ("xoxa-", 8), ("xapp-", 8), ("aiza", 30), ("sg.", 30), ("npm_", 20), ("sk-", 24),
    ("hooks.slack.com/services/", 8), ("-----begin", 0),
  ]
  private static let names = [
    "password", "passwd", "pwd", "token", "secret", "api_key", "apikey", "api-key", "access_key",
    "private_key",
    "client_secret", "auth_token", "x-amz-signature", "sig",
  ]

  static func hits(in text: CheckedText) -> [InnerDetails.Hit] {
    let words = text.words(edges: "()<>[]\"'`,;.!?*“”‘’") { $0.isWhitespace }
    var hits: [InnerDetails.Hit] = []
    for (index, word) in words.enumerated() {
      let next = words.dropFirst(index + 1).first
      if isSecret(word) || names(word, before: next) || isBearer(word, next) {
        hits.append(InnerDetails.Hit(topic: .secret, range: word.range, sentence: sentence))
      }
    }
    return hits
  }

  /// `password=abc`, `?token=abc`, `password: abc1`.
  private static func names(_ word: CheckedWord, before next: CheckedWord?) -> Bool {
    let low = word.low
    for name in names where low.contains(name) {
      if let sign = low.firstRange(of: name + "="), sign.upperBound < low.endIndex {
        let before = low[..<sign.lowerBound].last
        if before.map({ !$0.isLetter && !$0.isNumber }) ?? true { return true }
        if name != "sig" { return true }
      }
      guard name != "sig", low == name + ":" || low.hasPrefix(name + ":"), let value = value(low, next) else {
        continue
      }
      // "Password: ask your administrator" is prose; a value has a digit or a sign in it.
      if value.count > 3, value.contains(where: { $0.isNumber || "!$%&#@+/".contains($0) }) { return true }
    }
    return false
  }

  private static func value(_ word: String, _ next: CheckedWord?) -> String? {
    let rest = word.split(separator: ":", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
    return rest.isEmpty ? next?.text : rest
  }

  private static func isBearer(_ word: CheckedWord, _ next: CheckedWord?) -> Bool {
    guard ["bearer", "basic"].contains(word.low), let next else { return false }
    return next.text.count >= 12 && next.text.contains(where: \.isNumber)
  }

  private static func isSecret(_ word: CheckedWord) -> Bool {
    let low = word.low
    for (beginning, count) in beginnings {
      guard let range = low.firstRange(of: beginning) else { continue }
      let isStart = low[..<range.lowerBound].last.map { !$0.isLetter && !$0.isNumber && $0 != "-" } ?? true
      let rest = low[range.upperBound...].prefix { isTokenLetter($0) || $0 == "/" }
      let isMixed = beginning.hasPrefix("-----") || rest.contains(where: \.isNumber)
      if isStart, rest.count >= count, isMixed { return true }
    }
    // A password in an address: user:password@host.
    if let scheme = low.firstRange(of: "://") {
      let authority = low[scheme.upperBound...].prefix { !"/?#".contains($0) }
      if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") { return true }
    }
    return word.text.split(whereSeparator: { !isTokenLetter($0) }).contains { run in
      let isHex = run.count >= 32 && run.allSatisfy(\.isHexDigit)
      let isKey = run.count >= 40 && run.contains(where: \.isNumber) && run.contains(where: \.isLetter)
      let isTokenOfParts = run.hasPrefix("eyJ") && run.count >= 16
      return isHex || isKey || isTokenOfParts
    }
  }

  private static func isTokenLetter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "_-".contains(character))
  }
}
