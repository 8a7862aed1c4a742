import Playbooks
import Values

/// What the words that are searched were found in, over the playbooks of all systems.
struct PlaybookFinding: Sendable {
  struct Hit: Sendable {
    let system: String
    let found: PlaybookSearch.Hit
  }

  private(set) var hits: [Hit] = []
  private var key: String?
  private var indexes: [String: (digest: String, search: PlaybookSearch)] = [:]

  private static let limit = 100

  /// Searches anew where the words or a folder changed. O(text) then, else O(systems).
  mutating func update(_ words: String, _ world: World) {
    let marks = world.guides.map { "\($0.system) \($0.digest) \($0.playbooks.count)" }
    let key = "\(words)\u{0}\(marks.joined(separator: "\u{0}"))"
    guard key != self.key else { return }
    self.key = key
    let wanted = words.split(whereSeparator: \.isWhitespace).filter { !$0.hasPrefix("!") }.joined(
      separator: " ")
    guard !wanted.isEmpty else {
      hits = []
      return
    }
    var all: [Hit] = []
    for (guide, mark) in zip(world.guides, marks) {
      if indexes[guide.system]?.digest != mark {
        indexes[guide.system] = (mark, PlaybookSearch(guide.playbooks))
      }
      let found = indexes[guide.system]?.search.find(wanted, limit: Self.limit) ?? []
      // A playbook that is found by its title is not found by its first heading once more.
      let whole = Set(found.filter { $0.anchor == nil }.map(\.playbook))
      all += found.filter { $0.anchor == nil || $0.heading != $0.title || !whole.contains($0.playbook) }.map {
        Hit(system: guide.system, found: $0)
      }
    }
    let ranked = all.enumerated().sorted {
      ($1.element.found.score, $0.offset) < ($0.element.found.score, $1.offset)
    }
    hits = ranked.prefix(Self.limit).map(\.element)
  }
}
