/// A stamp held against a journal.
package struct StampCheck: Equatable, Sendable {
  package enum Verdict: Equatable, Sendable {
    /// The event of that number has that hash still.
    case holds
    /// The event of that number has another hash: the chain was written anew since then.
    case changed
    /// Fewer events than the stamp counted.
    case missing(found: Int64)
    /// Nothing of that origin is here.
    case foreign
    /// The chain breaks before that event.
    case unreached
  }

  package let stamp: Stamp
  package let verdict: Verdict
}

extension StampCheck: CustomStringConvertible {
  package var description: String {
    switch verdict {
    case .holds: "The stamp \(words) holds."
    case .changed: "The stamp \(words) does not hold: event \(stamp.count) has another hash now."
    case .missing(let found):
      "The stamp \(words) does not hold: \(stamp.count) events were written, \(found) are here."
    case .foreign: "The stamp \(words) is another journal's: nothing of that origin is here."
    case .unreached: "The stamp \(words) cannot be told: the chain breaks before event \(stamp.count)."
    }
  }

  /// `1042·9f3a61c2 of origin 0f1a1a1a`.
  private var words: String {
    "\(stamp.count)·\(stamp.hash.prefix(8))" + (stamp.origin.map { " of origin \($0.prefix(8))" } ?? "")
  }
}

/// What checking a journal found, and what became of each stamp that it was held against.
package struct Verified: Equatable, Sendable {
  /// The chain alone, without any stamp.
  package let chain: Verification
  /// In the order in which they were given.
  package let stamps: [StampCheck]

  package init(_ chain: Verification, stamps: [StampCheck] = []) {
    self.chain = chain
    self.stamps = stamps
  }

  /// Both together: the chain where it is not intact, else the first stamp that does not hold, else the chain.
  /// Where no stamp is of this journal nothing can be told.
  package var verdict: Verification {
    guard case .intact(let head) = chain else { return chain }
    for check in stamps {
      let stamp = check.stamp
      switch check.verdict {
      case .holds, .foreign: continue
      case .missing(let found): return .missingTail(expected: stamp.count, found: found)
      case .changed, .unreached:
        return .broken(
          at: stamp.count,
          why: "its hash is not that of the stamp \(stamp); the chain was written anew since then.")
      }
    }
    if let first = stamps.first, stamps.allSatisfy({ $0.verdict == .foreign }) {
      return .cannotTell(
        why:
          "It holds nothing of origin \(first.stamp.origin ?? head.origin); the stamp is another journal's.")
    }
    return chain
  }
}
