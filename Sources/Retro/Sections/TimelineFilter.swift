import Values

/// Which lines of a timeline are shown; pinned ones survive every filter.
package struct TimelineFilter: Equatable, Sendable {
  /// Words as the timeline shows them (`alert`, `step`) or kinds as the journal names them (`alert.fired`); empty
  /// shows all.
  package var kinds: Set<String> = []
  /// Handles; empty shows all, the engine's too.
  package var actors: Set<String> = []
  package var from: Instant?
  /// Not included.
  package var until: Instant?
  package var pinnedOnly = false

  package init(
    kinds: Set<String> = [], actors: Set<String> = [], from: Instant? = nil, until: Instant? = nil,
    pinnedOnly: Bool = false
  ) {
    self.kinds = kinds
    self.actors = actors
    self.from = from
    self.until = until
    self.pinnedOnly = pinnedOnly
  }

  package static let all = TimelineFilter()

  /// Those that it lets through, in their order; all of them are not copied.
  func shown(_ lines: [TimelineLine]) -> [TimelineLine] {
    self == .all ? lines : lines.filter(shows)
  }

  package func shows(_ line: TimelineLine) -> Bool {
    if line.isPinned { return true }
    if pinnedOnly { return false }
    let isOfKind = kinds.isEmpty || kinds.contains(line.word) || kinds.contains(line.kind)
    let isOfActor = actors.isEmpty || line.actor.map(actors.contains) ?? false
    let isInTime = from.map { line.occurred >= $0 } ?? true && until.map { line.occurred < $0 } ?? true
    return isOfKind && isOfActor && isInTime
  }

  /// What it lets through, for whoever reads the result; nil for all.
  package var words: String? {
    guard self != .all else { return nil }
    if pinnedOnly { return "only pinned ones" }
    let parts = [
      kinds.isEmpty ? nil : "of \(kinds.sorted().joined(separator: ", "))",
      actors.isEmpty ? nil : "by \(actors.sorted().joined(separator: ", "))",
      from.map { "from \($0.dateClockUTC)" }, until.map { "until \($0.dateClockUTC)" },
    ].compactMap { $0 }
    return "those \(parts.joined(separator: ", ")), and pinned ones"
  }
}
