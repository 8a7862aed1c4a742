/// Names of hosts: those that are known, and what looks like one.
struct HostNames {
  /// Of the system's endpoints.
  let own: [String]

  /// Last labels by which a dotted word is taken for a host name.
  private static let endings: Set<String> = [
    "com", "net", "org", "io", "dev", "app", "cloud", "internal", "local", "lan", "corp", "intra", "svc",
    "cluster", "example", "test", "uk", "de", "fr", "eu", "us", "nl", "ch", "za", "ai", "run", "sh", "co",
    "home", "localdomain", "prod", "staging", "stage", "invalid", "info", "biz", "tech", "page", "site",
    "host",
  ]
  /// Those that no public name has.
  private static let inner: Set<String> = [
    "internal", "local", "lan", "corp", "intra", "svc", "cluster", "localdomain", "home", "prod", "staging",
    "stage",
  ]
  /// Who logs in somewhere and gets no mail.
  private static let logins: Set<String> = [
    "root", "ubuntu", "ec2-user", "debian", "centos", "postgres", "deploy",
  ]
  /// Endings that are words too: `It works.Run it` lacks a blank.
  private static let words: Set<String> = [
    "run", "us", "test", "app", "de", "co", "local", "cloud", "page", "site", "host", "home", "stage",
    "example", "info", "prod",
  ]
  /// Parts of bare names that say what a machine does.
  private static let kinds: Set<String> = [
    "db", "web", "app", "api", "node", "host", "srv", "server", "worker", "cache", "redis", "postgres", "pg",
    "mysql", "mongo", "kafka", "proxy", "lb", "nginx", "pod", "vm", "ip", "prod", "staging", "stg", "k8s",
    "gke",
    "eks", "master", "replica", "primary", "bastion", "jump", "gw", "fw", "queue", "mail", "smtp", "dns",
    "ns",
    "etcd", "consul", "vault", "elastic", "es",
  ]

  func hits(in text: CheckedText, _ all: [CheckedWord]) -> [InnerDetails.Hit] {
    let own = Set(own.map { $0.lowercased() })
    return all.flatMap { word -> [InnerDetails.Hit] in
      pieces(of: word).compactMap { piece in
        let sentence: String
        if own.contains(piece.name), piece.isAddress || !piece.name.allSatisfy(\.isLetter) {
          sentence = "\(InnerDetails.shown(piece.name)) is a host of ours; leave it out."
        } else if piece.isAddress && !piece.name.isEmpty
          || isHost(piece.name, as: piece.written, word, text) || isMachine(piece.name)
        {
          sentence = "\(InnerDetails.shown(piece.name)) looks like a host name; leave it out."
        } else {
          return nil
        }
        return InnerDetails.Hit(topic: .host, range: word.range, sentence: sentence)
      }.prefix(1).map { $0 }
    }
  }

  private struct Piece {
    /// In lower case, without a port.
    let name: String
    let written: Substring
    /// Whether a scheme or a port says that it is a host.
    let isAddress: Bool
  }

  /// The host of an address; else what stands between slashes.
  private func pieces(of word: CheckedWord) -> [Piece] {
    if let scheme = word.text.firstRange(of: "://") {
      let authority = word.text[scheme.upperBound...].prefix { !"/?#".contains($0) }
      let host = (authority.split(separator: "@").last ?? "").prefix { $0 != ":" }
      return [Piece(name: host.lowercased(), written: host, isAddress: true)]
    }
    if let sign = word.text.lastIndex(of: "@") { return login(word, sign) }
    return word.text.split(separator: "/").map { part in
      let host = part.prefix { $0 != ":" }
      let port = part.dropFirst(host.count + 1)
      let isPort =
        port == "80" || ((3...5).contains(port.count) && port.allSatisfy { $0.isASCII && $0.isNumber })
      let isName = host.allSatisfy { $0.isLetter || $0.isNumber || ".-_".contains($0) }
      let isNumber = host.allSatisfy { $0.isNumber || $0 == "." }
      return Piece(name: host.lowercased(), written: host, isAddress: isPort && isName && !isNumber)
    }
  }

  /// The host of `root@db-1.internal`, and none of an address for mail, `help@example.com`.
  private func login(_ word: CheckedWord, _ sign: String.Index) -> [Piece] {
    let user = word.text[..<sign]
    let host = word.text[word.text.index(after: sign)...].prefix { !":/?#".contains($0) }
    let name = host.lowercased()
    let ending = name.split(separator: ".").last.map(String.init) ?? ""
    // Nobody's mail goes to `ops@db-1`; `@nova` alone is a name in some network.
    let isBare = !name.contains(".") && !user.isEmpty && !name.isEmpty
    let isLogin = Self.logins.contains(user.lowercased())
    guard
      isBare || isLogin || Self.inner.contains(ending) || isMachine(name)
        || name.split(separator: ".").first.map({ isMachine(String($0)) }) ?? false
    else { return [] }
    return [Piece(name: name, written: host, isAddress: true)]
  }

  private func isHost(_ name: String, as written: Substring, _ word: CheckedWord, _ text: CheckedText) -> Bool
  {
    var name = name[...]
    while name.last == "." { name = name.dropLast() }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let ending = labels.last.map(String.init) else { return false }
    let isNamed = labels.allSatisfy { label in
      !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }
    guard isNamed, labels.contains(where: { $0.count > 1 && $0.contains(where: \.isLetter) }) else {
      return false
    }
    if labels.first == "www" { return true }
    // Of three labels and more, an ending of letters is enough: example.co.jp, db-1.rack4.zurich.
    let isLong =
      labels.count > 2 && ending.count > 1 && ending.allSatisfy(\.isLetter)
      && labels.dropLast().contains { $0.count > 2 }
    guard Self.endings.contains(ending) || isLong, name != "asp.net", ending.count > 1 else { return false }
    return !(labels.count == 2 && joinsSentences(written, labels[0], ending))
  }

  /// `works.Run` is the end of a sentence and the beginning of the next.
  private func joinsSentences(_ written: Substring, _ first: Substring, _ ending: String) -> Bool {
    guard Self.words.contains(ending), first.allSatisfy(\.isLetter) else { return false }
    let second = written.split(separator: ".").dropFirst().first ?? ""
    return second.first?.isUppercase == true && second.dropFirst().allSatisfy(\.isLowercase)
  }

  /// `db-1`, `prod-web-03`, `ip-10-0-3-7`, `api-7d9f8b6c5d-x2x7z`, `i-0abc123def4567890`.
  private func isMachine(_ name: String) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count > 1, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
      return false
    }
    if parts.count == 2, parts[0] == "i", parts[1].count >= 8, parts[1].allSatisfy(\.isHexDigit) {
      return true
    }
    if let last = parts.last, parts.count > 2, last.count == 5, last.contains(where: \.isNumber),
      last.contains(where: \.isLetter), parts[parts.count - 2].count >= 8,
      parts[parts.count - 2].contains(where: \.isNumber)
    {
      return true
    }
    let isNumbered = parts.contains { part in
      let letters = part.prefix(while: \.isLetter)
      return part.count > letters.count && part.dropFirst(letters.count).allSatisfy(\.isNumber)
        && part.count - letters.count <= 4
    }
    return isNumbered
      && parts.contains { part in
        let letters = part.prefix(while: \.isLetter)
        return Self.kinds.contains(String(letters)) && part.dropFirst(letters.count).allSatisfy(\.isNumber)
      }
  }
}
