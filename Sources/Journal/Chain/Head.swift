/// The end of an origin's chain: what the bar shows and exports are stamped with.
package struct Head: Hashable, Sendable {
  /// 32 hexadecimal digits.
  package let origin: String
  /// The name given to that journal, such as the host's.
  package let name: String
  /// How many events there are; the seq of the last.
  package let count: Int64
  /// 64 hexadecimal digits.
  package let hash: String

  package init(origin: String, name: String, count: Int64, hash: String) {
    self.origin = origin
    self.name = name
    self.count = count
    self.hash = hash
  }

  /// What to write down elsewhere, so that a missing tail shows.
  package var stamp: Stamp { Stamp(origin: origin, count: count, hash: hash) }
}

extension Head: CustomStringConvertible {
  /// `1042·9f3a61c2`: the count and the first eight digits.
  package var description: String { "\(count)·\(hash.prefix(8))" }
}

/// A head as somebody noted it: the count and at least eight digits of the hash.
package struct Stamp: Hashable, Sendable {
  /// Nil means the journal's own origin.
  package let origin: String?
  package let count: Int64
  /// 8 to 64 hexadecimal digits.
  package let hash: String

  package init(origin: String? = nil, count: Int64, hash: String) {
    self.origin = origin
    self.count = count
    self.hash = hash
  }
}

extension Stamp: LosslessStringConvertible {
  package var description: String { "\(count)·\(hash)" }

  /// Reads `1042·9f3a61c2`, also with a colon, a dot or a space between.
  package init?(_ description: String) {
    let parts = description.split { "·:. ".contains($0) }
    guard parts.count == 2, let first = parts.first, let last = parts.last, let count = Int64(first),
      count > 0
    else { return nil }
    let digits = last.lowercased()
    guard (8...64).contains(digits.utf8.count), Hex.isHex(digits) else { return nil }
    self.init(count: count, hash: digits)
  }
}
