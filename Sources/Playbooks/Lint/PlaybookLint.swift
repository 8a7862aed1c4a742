import Values

/// What could be better in a playbook that can be read: found by looking at its text, never by running anything.
///
/// Shell syntax is looked at elsewhere: ``PlaybookDocument/scripts(declared:)`` gives the texts to look at.
package struct PlaybookLint: Sendable {
  /// What a link to a file leads to.
  package enum Target: Equatable, Sendable {
    case nothing
    case file
    /// A Markdown file, with the anchors of its headings.
    case document(anchors: Set<String>)
  }

  /// What surrounds a playbook.
  package struct Surroundings: Sendable {
    /// Variables of its system.
    package var variables: [Variable]
    /// Names that need no declaration: `base`, `links.admin`; nil where no system says which there are.
    package var given: Set<String>?
    /// Secret variables whose value is known and too short to be masked.
    package var shortSecrets: Set<String>
    /// When somebody confirmed it last, besides what its front matter says.
    package var reviewed: Instant?

    package init(
      variables: [Variable] = [], given: Set<String>? = nil, shortSecrets: Set<String> = [],
      reviewed: Instant? = nil
    ) {
      self.shortSecrets = shortSecrets
      self.variables = variables
      self.given = given
      self.reviewed = reviewed
    }
  }

  let document: PlaybookDocument
  let surroundings: Surroundings
  let source: SourceText
  let now: Instant
  /// What stands at a path relative to the playbook's folder.
  let find: @Sendable (String) -> Target

  private static let rules: [@Sendable (PlaybookLint) -> [Problem]] = [
    { $0.undeclaredPlaceholders }, { $0.unusedVariables }, { $0.deadLinks }, { $0.strandedCommands },
    { $0.unreachableSections }, { $0.idlePatterns }, { $0.unknownUndos }, { $0.overdueReview },
    { $0.openSecrets }, { $0.shortSecrets },
  ]

  /// All of a playbook's, sorted; what reading it found is not among them. O(text).
  ///
  /// - Parameter find: what stands at a path relative to the playbook's folder.
  package static func problems(
    of document: PlaybookDocument, in surroundings: Surroundings = Surroundings(), at now: Instant,
    find: @escaping @Sendable (String) -> Target = { _ in .file }
  ) -> [Problem] {
    let lint = PlaybookLint(
      document: document, surroundings: surroundings, source: SourceText(document.text), now: now, find: find)
    return rules.flatMap { $0(lint) }.sorted()
  }

  var declared: Set<String> {
    document.declared(with: surroundings.variables).union(surroundings.given ?? [])
  }

  func warning(_ what: String, remedy: String, at position: Position) -> Problem {
    Problem(what, remedy: remedy, file: document.file, at: position, weight: .warning)
  }
}
