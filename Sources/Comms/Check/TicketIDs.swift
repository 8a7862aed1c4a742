/// Ids of tickets and incidents: `T-482`, `INC-14`, `PACK-1021`, `#4821`, `ticket 4821`.
enum TicketIDs {
  /// Names of standards and the like, which readers may know.
  private static let known: Set<String> = [
    "UTF", "ISO", "SHA", "MD", "COVID", "RFC", "AES", "TLS", "SSL", "HTTP", "IPV", "MP", "USB", "GMT", "UTC",
    "PCI",
    "FY", "EN", "DIN", "IEC", "OAUTH", "RSA", "X", "BOEING", "ERROR", "CODE", "STATUS",
  ]

  static func hits(in words: [CheckedWord]) -> [InnerDetails.Hit] {
    words.flatMap { word in
      word.text.split(separator: "/").compactMap { part in
        isID(String(part)) ? part.uppercased() : nil
      }.prefix(1).map { id in
        InnerDetails.Hit(
          topic: .ticket, range: word.range,
          sentence: "\(InnerDetails.shown(id)) is an id of ours that means nothing to readers.")
      }
    }
  }

  /// `#4821`, `ticket 4821`, `incident no. 14`; an order's or an invoice's number is the reader's own.
  static func numbered(in text: CheckedText) -> [InnerDetails.Hit] {
    let words = text.words(edges: ".-") { $0.isWhitespace || "()<>[]{}\"'`,;!?|*=“”‘’«»„…:".contains($0) }
    return words.enumerated().compactMap { index, word in
      let before = words[..<index].suffix(3).map(\.low).filter { !["no", "nr", "number", "id"].contains($0) }
      let number = word.text.drop { $0 == "#" }
      guard (1...9).contains(number.count), number.allSatisfy({ $0.isASCII && $0.isNumber }) else {
        return nil
      }
      let isHashed = word.text.hasPrefix("#")
      let label = before.last ?? ""
      if isHashed {
        guard number.count > 1, !readers.contains(label) else { return nil }
      } else {
        let isYear = number.count == 4 && (number.hasPrefix("19") || number.hasPrefix("20"))
        guard let least = labels[label], number.count >= least, !(least > 2 && isYear) else { return nil }
        let next = words.dropFirst(index + 1).first?.low ?? ""
        guard !["%", "of", "percent", "minutes", "hours", "times", "per"].contains(next) else { return nil }
      }
      return InnerDetails.Hit(
        topic: .ticket, range: word.range,
        sentence: "\(InnerDetails.shown(word.text)) is an id of ours that means nothing to readers.")
    }
  }

  /// Words before the number of a ticket, and how many digits it has at least.
  private static let labels: [String: Int] = [
    "ticket": 2, "ticket-id": 2, "bug": 2, "incident": 3, "issue": 3, "case": 3, "pr": 2, "mr": 2,
    "problem": 3,
    "change": 4, "request": 4,
  ]
  /// What readers have numbers of themselves.
  private static let readers: Set<String> = [
    "order", "orders", "invoice", "invoices", "booking", "bookings", "purchase", "payment", "table", "room",
    "gate",
    "line", "store", "shop", "box",
  ]

  private static func isID(_ word: String) -> Bool {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let prefix = parts.first, let number = parts.last else {
      return isUniversal(parts)
    }
    guard (1...10).contains(prefix.count), prefix.allSatisfy({ $0.isASCII && $0.isLetter }) else {
      return false
    }
    guard (1...7).contains(number.count), number.allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return false
    }
    let upper = prefix.uppercased()
    if ["T", "INC"].contains(upper) { return true }
    if known.contains(upper) { return false }
    if prefix.count > 1, prefix == upper { return true }
    // `top-10`, `mid-2026`: a short number or a year after a word is English.
    let isYear = number.count == 4 && (number.hasPrefix("19") || number.hasPrefix("20"))
    return prefix.count > 1 && number.count > 2 && !isYear
  }

  /// `550e8400-e29b-41d4-a716-446655440000`.
  private static func isUniversal(_ parts: [Substring]) -> Bool {
    parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }
}
