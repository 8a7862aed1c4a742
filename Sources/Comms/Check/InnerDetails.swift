import Values

/// What an outward text should not tell: hosts, addresses, ids of ours, traces, paths, secrets. One place is
/// told once, as the worst that it can be.
struct InnerDetails {
  /// The system's own, which may stand there.
  var links: [String] = []
  /// Of its endpoints.
  var hosts: [String] = []
  var secrets: [Secret] = []

  struct Hit {
    let topic: Finding.Topic
    let range: Range<Int>
    let sentence: String
  }

  /// In the order of how bad they are; several may lie over each other.
  func hits(in whole: CheckedText) -> [Hit] {
    var hits = SecretShapes.hits(in: whole)
    let bare = whole.hiding(whole.ranges(ofLinks: links))
    let words = bare.words(edges: ".-_#/~@&%+$") {
      $0.isWhitespace || "()<>[]{}\"'`,;!?|*=“”‘’«»„…".contains($0)
    }.map(\.withoutColon)
    hits += StackTraces.hits(in: bare)
    hits += AddressShapes.hits(in: bare, words)
    hits += ServerPaths.hits(in: bare)
    hits += HostNames(own: hosts).hits(in: bare, words)
    return hits + TicketIDs.hits(in: words) + TicketIDs.numbered(in: bare)
  }

  func findings(in text: String, _ part: Finding.Part) -> [Finding] {
    let whole = CheckedText(text, part)
    var findings: [Finding] = []
    var taken: [Range<Int>] = []
    for secret in secrets where secret.masking(text) != text || secret.masking(whole.whole) != whole.whole {
      findings.append(Finding(.error, .secret, "A secret stands in the \(part.rawValue)."))
    }
    for hit in hits(in: whole) where !taken.contains(where: { $0.overlaps(hit.range) }) {
      taken.append(hit.range)
      guard !findings.contains(where: { $0.sentence == hit.sentence }) else { continue }
      findings.append(Finding(.error, hit.topic, hit.sentence, at: whole.place(hit.range.lowerBound)))
    }
    return findings
  }

  /// As it may be shown: a piece of the text, short.
  static func shown(_ text: String) -> String { Inert.terminal(String(text.prefix(60))) }
}

extension CheckedText {
  var whole: String { String(characters) }

  /// Where links stand whole, or with something behind them on the same page; what only begins like a link,
  /// such as another host that begins with it, is none.
  func ranges(ofLinks links: [String]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for link in links.sorted(by: { $0.count > $1.count }) where !link.isEmpty {
      for range in ranges(of: link) where !found.contains(where: { $0.overlaps(range) }) {
        let rest = characters[range.upperBound...]
        guard let next = rest.first else {
          found.append(range)
          continue
        }
        if link.hasSuffix("/") || "/?#".contains(next) {
          let page = rest.prefix { !$0.isWhitespace && !"()<>[]{}\"'`|*“”‘’".contains($0) }
          found.append(range.lowerBound..<page.endIndex)
        } else if !next.isLetter, !next.isNumber, !"-_:@%".contains(next) || isEnd(range.upperBound) {
          let dots = rest.prefix { ".:,;".contains($0) }
          if dots.isEmpty || isEnd(dots.endIndex - 1) { found.append(range) }
        }
      }
    }
    return found
  }

  /// Whether nothing that belongs to a word follows the character at `index`.
  private func isEnd(_ index: Int) -> Bool {
    guard let next = characters.dropFirst(index + 1).first else { return true }
    return !next.isLetter && !next.isNumber
  }
}

extension CheckedWord {
  /// Without the colon that ends a phrase; two belong to an address.
  fileprivate var withoutColon: CheckedWord {
    guard low.hasSuffix(":"), !low.hasSuffix("::"), low.count > 1 else { return self }
    return CheckedWord(range.lowerBound..<(range.upperBound - 1), String(text.dropLast()))
  }
}
