import Values

/// Takes out of a text what readers outside should not see: people, where they are reached, hosts, addresses,
/// ids, paths, traces, secrets.
///
/// It finds what the check of a draft finds, and the names that it is given.
package struct Redaction: Sendable {
  /// People, by name or handle.
  package var people: Set<String>
  /// Hosts of ours, besides what looks like one.
  package var hosts: Set<String>
  /// Ids of ours, besides what looks like one.
  package var ids: Set<String>
  /// Links of the system's own, which may stand.
  package var links: [String]

  package init(
    people: Set<String> = [], hosts: Set<String> = [], ids: Set<String> = [], links: [String] = []
  ) {
    self.people = people
    self.hosts = hosts
    self.ids = ids
    self.links = links
  }

  /// What was taken out, as its place in the text shows it: `[name]`, `[host]`.
  package enum Matter: String, CaseIterable, Sendable {
    case name, host, address, mail, phone, id, path, trace, secret, text

    fileprivate init?(_ topic: Finding.Topic) {
      switch topic {
      case .host: self = .host
      case .address: self = .address
      case .ticket: self = .id
      case .path: self = .path
      case .trace: self = .trace
      case .secret: self = .secret
      default: return nil
      }
    }
  }

  /// A longer text is taken out as a whole: in characters.
  package static let longest = 65_536

  /// The text with `[host]` and the like in place of what must not stand in it, and how much of what that was.
  package func taking(_ text: String) -> (text: String, found: [Matter: Int]) {
    let written = Array(text)
    guard written.count <= Self.longest else { return ("[text]", [.text: 1]) }
    let whole = CheckedText(text, .text)
    var hits: [(range: Range<Int>, matter: Matter)] = []
    func add(_ range: Range<Int>, _ matter: Matter) {
      guard !range.isEmpty, !hits.contains(where: { $0.range.overlaps(range) }) else { return }
      hits.append((range, matter))
    }
    for hit in InnerDetails(links: links, hosts: hosts.sorted()).hits(in: whole) {
      if let matter = Matter(hit.topic) { add(hit.range, matter) }
    }
    // Whole, before the name in it is found.
    for range in ContactShapes.mails(in: whole) { add(range, .mail) }
    for range in ContactShapes.numbers(in: whole) { add(range, .phone) }
    for (names, matter) in [(people, Matter.name), (hosts, .host), (ids, .id)] {
      // The longer first, so that none leaves the rest of another.
      for name in names.sorted(by: { ($1.count, $0) < ($0.count, $1) }) {
        for range in whole.ranges(of: name) where whole.isWord(range) { add(range, matter) }
      }
    }
    guard !hits.isEmpty else { return (text, [:]) }
    var found: [Matter: Int] = [:]
    var left = ""
    var end = 0
    for (range, matter) in hits.map({ (whole.origin(of: $0.range), $0.matter) })
      .sorted(by: { $0.0.lowerBound < $1.0.lowerBound })
    where range.lowerBound >= end {
      found[matter, default: 0] += 1
      left += String(written[end..<range.lowerBound]) + "[\(matter.rawValue)]"
      end = range.upperBound
    }
    return (left + String(written[end...]), found)
  }
}

extension CheckedText {
  /// Whether no letter and no digit stands before and behind.
  fileprivate func isWord(_ range: Range<Int>) -> Bool {
    func isInner(_ index: Int) -> Bool {
      characters.indices.contains(index) && (characters[index].isLetter || characters[index].isNumber)
    }
    return !isInner(range.lowerBound - 1) && !isInner(range.upperBound)
  }
}
