import Incidents

/// How each origin in a file came there: a journal's own events say which others it took over, and up to which head.
struct OriginCheck {
  struct End: Equatable {
    let count: Int64
    let hash: [UInt8]
  }

  private struct Taken {
    let origin: String
    let count: Int64
    let head: String
  }

  /// The last event of each origin.
  private(set) var ends: [String: End] = [:]
  /// What the events of each origin say that they took over.
  private var taken: [String: [Taken]] = [:]

  mutating func end(of origin: String, at count: Int64, _ hash: [UInt8]) {
    ends[origin] = End(count: count, hash: hash)
  }

  mutating func receive(_ kind: String, _ body: [UInt8], in origin: String) {
    if kind == JournalOpened.kind, let head = FactCoding.decode(JournalOpened.self, from: body)?.headOf {
      taken[origin, default: []].append(Taken(origin: head.origin, count: head.count, head: head.head))
    } else if kind == JournalMerged.kind, let fact = FactCoding.decode(JournalMerged.self, from: body) {
      taken[origin, default: []].append(Taken(origin: fact.origin, count: fact.count, head: fact.head))
    }
  }

  /// The seq of the first event whose presence nothing accounts for, and a sentence.
  func complaint(own: String) -> (seq: Int64, why: String)? {
    var reached: [String: Taken] = [:]
    var next = [own]
    var seen: Set<String> = [own]
    while let origin = next.popLast() {
      for one in taken[origin] ?? [] {
        if one.count > reached[one.origin]?.count ?? 0 { reached[one.origin] = one }
        if seen.insert(one.origin).inserted { next.append(one.origin) }
      }
    }
    for (origin, taken) in reached.sorted(by: { $0.key < $1.key }) where origin != own {
      let found = ends[origin]?.count ?? 0
      if found < taken.count {
        return (
          found &+ 1,
          "\(taken.count) events of origin \(origin.prefix(8)) were taken over, \(found) are here."
        )
      }
    }
    for (origin, end) in ends.sorted(by: { $0.key < $1.key }) where origin != own {
      guard let taken = reached[origin] else {
        return (1, "it is of origin \(origin.prefix(8)), and nothing says how that came into this journal.")
      }
      if end.count > taken.count {
        return (
          taken.count &+ 1,
          "it is of origin \(origin.prefix(8)), which was taken over up to event \(taken.count)."
        )
      }
      if Hex.text(end.hash) != taken.head {
        return (end.count, "its hash is not the one under which origin \(origin.prefix(8)) was taken over.")
      }
    }
    return nil
  }
}
