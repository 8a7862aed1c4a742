import Retro

/// Which lines of a timeline are listed.
enum TimelineKinds: CaseIterable, Sendable {
  case all, people, watch, updates, pinned

  var title: String {
    switch self {
    case .all: "everything"
    case .people: "what people did"
    case .watch: "what the watch saw"
    case .updates: "updates"
    case .pinned: "pinned and decided"
    }
  }

  var next: Self {
    let all = Self.allCases
    let place = all.firstIndex(of: self).map { $0 + 1 } ?? 0
    return all.indices.contains(place) ? all[place] : .all
  }

  func lists(_ line: TimelineLine) -> Bool {
    switch self {
    case .all: true
    case .people: line.actor != nil
    case .watch: line.actor == nil
    case .updates: ["update", "draft", "delivery"].contains(line.word)
    case .pinned: line.isPinned || line.word == "decided"
    }
  }
}
