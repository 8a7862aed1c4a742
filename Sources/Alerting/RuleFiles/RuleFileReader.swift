import Documents
import Values

/// Walks over a rule file and collects what is kept of its groups, and everything wrong with them.
struct RuleFileReader<Kept: Sendable> {
  private let file: String
  /// Nil: every group is read when its turn comes.
  private let ahead: GroupsAhead<Kept>?
  private let readGroup: @Sendable (_ group: YAMLNode, _ isCustomResource: Bool) -> GroupReading<Kept>
  private(set) var groups: [Kept] = []
  private(set) var problems: [Problem] = []
  private var names: Set<String> = []

  /// - Parameters:
  ///   - reader: for one group; it has no problems.
  ///   - threads: read groups while ``parse(_:)`` is still at work; nil reads them one after the other.
  ///   - keep: what stays of a group; called on any thread.
  init(
    _ reader: GroupReader, on threads: RuleFile.Threads?, keep: @escaping @Sendable (GroupParts) -> Kept
  ) {
    file = reader.file
    let readGroup: @Sendable (YAMLNode, Bool) -> GroupReading<Kept> = { node, isCustomResource in
      var reader = reader
      return reader.read(node, isCustomResource: isCustomResource, keep: keep)
    }
    self.readGroup = readGroup
    ahead = threads.map { GroupsAhead(on: $0, readGroup) }
  }

  /// Reads the first document of a text, its groups at the same time.
  mutating func readFirstDocument(of text: String) {
    let handOver = ahead.map { ahead in
      YAMLHandOver(of: [["groups"], ["spec", "groups"]]) { group, path in
        ahead.add(group, isCustomResource: path.count > 1)
      }
    }
    let document = YAMLDocument(text, file: file, handOver: handOver, problems: &problems)
    ahead?.finish()
    if let root = document.root { read(root) }
  }

  /// Reads all documents of a text, one after the other.
  mutating func readAllDocuments(of text: String) {
    for root in YAMLDocument.all(text, file: file, problems: &problems).compactMap(\.root) { read(root) }
  }

  private mutating func read(_ root: YAMLNode) {
    var top = YAMLReader(root, file: file, of: "a rule file")
    if top.has("kind") {
      readCustomResource(&top)
    } else {
      readGroups(&top, isCustomResource: false)
    }
    problems += top.finish()
  }

  /// `kind: PrometheusRule`: the groups stand under `spec`.
  private mutating func readCustomResource(_ top: inout YAMLReader) {
    for key in ["apiVersion", "metadata", "status"] { _ = top.node(key) }
    if let kind = top.string("kind"), kind != "PrometheusRule" {
      top.complain(
        "the kind \"\(Inert.terminal(kind))\" is no rule file",
        remedy: "give a PrometheusRule or plain groups",
        at: top.position(of: "kind"))
    }
    guard var spec = top.mapping("spec", of: "the spec") else { return }
    readGroups(&spec, isCustomResource: true)
    top.finish(spec)
  }

  private mutating func readGroups(_ reader: inout YAMLReader, isCustomResource: Bool) {
    for node in reader.list("groups") {
      let reading =
        ahead?.reading(at: node.position, isCustomResource: isCustomResource)
        ?? readGroup(node, isCustomResource)
      problems += reading.problems
      guard let (name, kept) = reading.group else { continue }
      if !names.insert(name).inserted {
        problems.append(
          Problem(
            "the group \"\(Inert.terminal(name))\" stands twice in this file",
            remedy: "give one of them another name", file: file, at: reading.namePosition))
      } else if reading.problems.allSatisfy({ $0.weight == .warning }) {
        groups.append(kept)
      }
    }
  }
}

extension RuleFileReader<GroupDefinition> {
  /// Recording rules that yield the same series.
  mutating func warnOfDuplicates() {
    let recorded = Set(groups.lazy.flatMap(\.rules).filter { !$0.isAlerting }.map(\.position))
    for duplicate in DuplicateRules.find(in: groups) {
      for position in duplicate.positions.dropFirst() where recorded.contains(position) {
        problems.append(
          Problem(
            "the rule \"\(Inert.terminal(duplicate.name))\" stands twice with the same labels",
            remedy: "remove one, or give it another label", file: file, at: position, weight: .warning))
      }
    }
  }
}
