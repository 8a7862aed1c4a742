import Playbooks
import Terminal

/// What of a command's output is looked at: which command, which lines, what is searched.
struct OutputView: Equatable, Sendable {
  /// The execution that was chosen; nil shows the latest.
  var chosen: String?
  /// The first line in sight; nil follows the end.
  var top: Int?
  /// Columns that are scrolled away.
  var left = 0
  var search = ""
  /// The line that the search stands on.
  var match: Int?

  private static let sideways = 16
  private static let widest = 16 << 10

  mutating func handle(_ key: Key, count: Int, height: Int) -> Bool {
    let end = max(0, count - height)
    let here = min(top ?? end, end)
    switch key {
    case .down, .character("j"): top = follow(here + 1, end)
    case .up, .character("k"): top = max(0, here - 1)
    case .pageDown, .ctrl("d"): top = follow(here + max(1, height - 1), end)
    case .pageUp, .ctrl("u"): top = max(0, here - max(1, height - 1))
    case .home, .character("g"): top = 0
    case .end, .character("G"): top = nil
    case .right: left = min(Self.widest, left + Self.sideways)
    case .left: left = max(0, left - Self.sideways)
    default: return false
    }
    return true
  }

  /// At the end it follows again.
  private func follow(_ place: Int, _ end: Int) -> Int? { place >= end ? nil : place }

  /// The lines in sight.
  func visible(count: Int, height: Int) -> Range<Int> {
    let end = max(0, count - height)
    let first = min(top ?? end, end)
    return first..<min(count, first + max(0, height))
  }

  /// Goes to the next line that holds what is searched, or the one before; around the ends. False when none does.
  mutating func find(in lines: OutputLines, backwards: Bool = false, height: Int) -> Bool {
    let wanted = search.lowercased()
    let count = lines.count
    guard !wanted.isEmpty, count > 0 else { return false }
    let start = match ?? (visible(count: count, height: height).lowerBound - (backwards ? 0 : 1))
    for distance in 1...count {
      let place = ((start + (backwards ? -distance : distance)) % count + count) % count
      guard lines[place].text.lowercased().contains(wanted) else { continue }
      match = place
      top = max(0, min(place - height / 3, max(0, count - height)))
      return true
    }
    match = nil
    return false
  }
}

/// What a command wrote, line by line, whether it still runs or was read from the journal.
struct OutputLines: Equatable, Sendable {
  private enum Source: Equatable, Sendable {
    case live(CommandOutput)
    case kept([String])
  }

  /// The line that stands for those that are not kept.
  private struct Gap: Equatable, Sendable {
    let place: Int
    let missing: Int
  }

  private let source: Source
  private let gap: Gap?

  init(_ output: CommandOutput) {
    source = .live(output)
    gap = output.isTruncated ? Gap(place: output.beginning, missing: output.missing) : nil
  }

  /// As ``CommandOutput/text`` has them. O(lines).
  init(kept: [String]) {
    source = .kept(kept)
    gap =
      kept.indices.lazy.compactMap { place in
        CommandOutput.missing(in: kept[place]).map { Gap(place: place, missing: $0) }
      }.first
  }

  var count: Int {
    switch source {
    case .live(let output): output.count + (gap == nil ? 0 : 1)
    case .kept(let lines): lines.count
    }
  }

  /// One line; between beginning and end one that says how many are missing.
  subscript(_ place: Int) -> (text: String, isError: Bool) {
    switch source {
    case .kept(let lines): return (lines.indices.contains(place) ? lines[place] : "", false)
    case .live(let output):
      var place = place
      if let gap {
        if place == gap.place { return (CommandOutput.gap(of: gap.missing), false) }
        if place > gap.place { place -= 1 }
      }
      return output[place].map { ($0.text, $0.isError) } ?? ("", false)
    }
  }

  /// Which line of all that were written it is, from 1.
  func number(of place: Int) -> Int {
    guard let gap, place > gap.place else { return place + 1 }
    return place + gap.missing
  }
}
