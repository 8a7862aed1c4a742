/// What commands wrote that have ended, as it was read from the journal: the few that were looked at last.
struct KeptOutputs: Sendable {
  enum Entry: Equatable, Sendable {
    case asked
    /// Its lines, as they were kept.
    case lines(OutputLines)
    /// Why it is not here, as a sentence.
    case missing(String)
  }

  /// One is 7 MB at most.
  private static let limit = 4

  private var entries: [String: Entry] = [:]
  /// By when they were asked for, the newest last.
  private var order: [String] = []

  subscript(_ sha256: String) -> Entry? { entries[sha256] }

  /// Says that it was asked for; false when it is here or on its way.
  mutating func ask(_ sha256: String) -> Bool {
    guard entries[sha256] == nil else { return false }
    entries[sha256] = .asked
    order.append(sha256)
    while order.count > Self.limit { entries[order.removeFirst()] = nil }
    return true
  }

  mutating func take(_ sha256: String, _ result: Result<[UInt8], ActFailure>) {
    // One that nobody waits for any more would be kept for good.
    guard entries[sha256] == .asked else { return }
    switch result {
    case .success(let bytes):
      var lines = String(decoding: bytes, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last?.isEmpty == true { lines.removeLast() }
      entries[sha256] = .lines(OutputLines(kept: lines))
    case .failure(let failure): entries[sha256] = .missing(failure.sentence)
    }
  }
}
