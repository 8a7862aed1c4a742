/// A line of a page as it is remembered: a sample's up to where its value begins, any other's up to its end.
package struct PageLine: Hashable, Sendable {
  enum Kind: UInt32 {
    case sample
    /// A sample with a time of its own.
    case timed
    /// `# TYPE`.
    case type
    /// `# HELP` or `# UNIT`.
    case metadata
    /// Blank, or a comment.
    case nothing
  }

  /// Where it lies in its text.
  let start: UInt32
  /// The length; above it four bits that say ``kind`` and ``bounds``.
  private let packed: UInt32

  /// No line may be longer, which holds where no page is.
  static let longest = 1 << 28 - 1

  init(start: Int, length: Int, bounds: BoundLabel, kind: Kind) {
    self.start = UInt32(truncatingIfNeeded: start)
    let code = kind.rawValue &* 3 &+ (kind.rawValue > Kind.type.rawValue ? 0 : UInt32(bounds.rawValue))
    packed = UInt32(truncatingIfNeeded: length) & 0xfff_ffff | code << 28
  }

  @inline(__always) var length: Int { Int(packed & 0xfff_ffff) }
  /// For a sample, in force on the line; for `# TYPE`, behind it.
  @inline(__always) var bounds: BoundLabel { BoundLabel(rawValue: UInt8((packed >> 28) % 3)) ?? .none }
  @inline(__always) var kind: Kind { Kind(rawValue: (packed >> 28) / 3) ?? .nothing }
  @inline(__always) var isSample: Bool { packed >> 28 < 3 &* (Kind.timed.rawValue &+ 1) }

  /// Whether it is a sample without a time of its own, below these bounds.
  @inline(__always) func isPlainSample(below bounds: BoundLabel) -> Bool {
    packed >> 28 == UInt32(bounds.rawValue)
  }
}
