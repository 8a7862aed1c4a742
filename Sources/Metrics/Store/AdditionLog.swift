/// The series that were added since the last one was dropped, in order, as runs of indices.
struct AdditionLog: Sendable {
  private struct Run {
    var first: UInt32
    var count: UInt32
    /// How many were added before this run.
    var before: UInt64
  }

  /// One more with every series that is added or dropped.
  private(set) var version: UInt64 = 0
  /// The version from which on the additions are known.
  private(set) var start: UInt64 = 0
  private var runs: [Run] = []

  @inline(__always) mutating func append(_ index: UInt32) {
    if let last = runs.last, last.first &+ last.count == index {
      runs[runs.count &- 1].count &+= 1
    } else {
      runs.append(Run(first: index, count: 1, before: version &- start))
    }
    version &+= 1
  }

  /// After `count` series were dropped.
  mutating func forget(count: UInt64) {
    guard count > 0 else { return }
    version &+= count
    start = version
    runs = []
  }

  /// The indices of the series added since a version; nil when series were dropped since.
  func indices(since version: UInt64) -> [UInt32]? {
    guard version >= start, version <= self.version else { return nil }
    var skip = version &- start
    var result: [UInt32] = []
    result.reserveCapacity(Int(clamping: self.version &- version))
    // The newest are asked for: runs that end before are passed over from behind.
    var first = runs.count
    while first > 0, runs[first &- 1].before &+ UInt64(runs[first &- 1].count) > skip {
      first &-= 1
    }
    for run in runs[first...] {
      let offset = skip > run.before ? UInt32(truncatingIfNeeded: skip &- run.before) : 0
      for index in offset..<run.count { result.append(run.first &+ index) }
      skip = max(skip, run.before)
    }
    return result
  }
}
