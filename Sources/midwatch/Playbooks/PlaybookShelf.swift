import ArgumentParser
import Foundation
import Host
import Incidents
import Journal
import Playbooks
import Systems
import Values
import Watch

/// The playbooks of several systems. A folder with mistakes still gives those that can be read: at night that is
/// better than none.
struct PlaybookShelf {
  struct Book {
    let source: SystemSource
    let folder: SystemFolder

    /// What placeholders stand for before anybody is asked.
    var defaults: PlaybookDefaults { PlaybookDefaults(folder) }
  }

  let books: [Book]

  /// - Parameter isTelling: whether a folder's mistakes are counted on standard error.
  init(_ sources: [SystemSource], isTelling: Bool = true) {
    books = sources.map { source in
      let (folder, problems) = source.load()
      let errors = problems.count { $0.weight == .error }
      if isTelling, errors > 0 {
        Standard.error(
          "\(source.path) has \(errors == 1 ? "an error" : "\(errors) errors"); "
            + "`midwatch validate \(source.path)` tells them.")
      }
      return Book(source: source, folder: folder)
    }
  }

  /// The playbook that a reference such as `high-error-rate#recover` names; throws a sentence when there is none, or
  /// when several systems have one.
  func find(_ reference: String) throws -> (book: Book, document: PlaybookDocument, anchor: String?) {
    let (name, anchor) = PlaybookDocument.reference(reference)
    let found = books.compactMap { book in book.folder.playbook(name).map { (book, $0) } }
    guard let (book, document) = found.first else { throw Refusal(nothing(called: name)) }
    guard found.count == 1 else {
      let systems = found.map(\.0.folder.name).joined(separator: ", ")
      throw Refusal("\(name) is in \(systems); name the system too.")
    }
    if let anchor, document.section(anchor: anchor) == nil {
      let all = document.sections.map(\.anchor).filter { !$0.isEmpty }.map { "#\($0)" }
      throw Refusal(
        "\(name) has no section #\(Inert.terminal(anchor)); it has \(Inert.terminal(all.joined(separator: " ")))."
      )
    }
    return (book, document, anchor)
  }

  private func nothing(called name: String) -> String {
    let shown = Inert.terminal(name)
    let alike = books.flatMap(\.folder.playbooks).map(\.name).filter { other in
      other.contains(name) || name.contains(other)
    }
    if !alike.isEmpty {
      return "There is no playbook \(shown); there is \(Set(alike).sorted().joined(separator: ", "))."
    }
    guard !books.isEmpty else {
      return "No system is configured; name one of the bundled systems, or the path of a Markdown file."
    }
    return "There is no playbook \(shown) in \(books.map(\.folder.name).joined(separator: ", ")); "
      + "`midwatch playbook list` shows them."
  }
}

/// What a shell may complete a word to.
enum PlaybookCompletion {
  /// Names of the playbooks of the systems that are configured.
  static let names = CompletionKind.custom { _, _, _ in
    let sources = (try? SystemOptions.parse([]).sources()) ?? []
    return PlaybookShelf(sources, isTelling: false).books.flatMap(\.folder.playbooks).map(\.name)
  }

  /// Keys of the journal's runs.
  static func runs(open: Bool?) -> CompletionKind {
    .custom { _, _, _ in
      guard let options = try? StateOptions.parse([]),
        FileManager.default.fileExists(atPath: options.folder.journal),
        let journal = try? options.open(readOnly: true)
      else { return [] }
      return ((try? journal.entities(Run.self, open: open)) ?? []).map(\.key)
    }
  }
}

/// Values that a system's folder gives to placeholders.
struct PlaybookDefaults {
  /// `base`, `links.NAME`.
  private(set) var given: [String: String] = [:]
  let variables: [Variable]

  init(_ folder: SystemFolder) {
    if let base = folder.base ?? folder.environments.first?.base { given["base"] = base }
    for link in folder.links { given["links.\(link.name)"] = link.url }
    variables = folder.variables
  }

  /// What a run begins with: what is given, defaults, and what an incident fills.
  func values(
    for document: PlaybookDocument, of incident: Incident?, on place: Environment? = nil,
    environment: EnvironmentValues = EnvironmentValues()
  ) -> [String: String] {
    var values = given
    if let base = place?.base { values["base"] = base }
    for variable in variables.overridden(by: document.settings.variables) where !variable.isSecret {
      let filled = variable.from.flatMap { path in
        path == "environment" ? place?.name : incident.flatMap { Self.fill(path, from: $0) }
      }
      let value = environment.plain[variable.name] ?? filled ?? variable.defaultValue
      if let value, !value.isEmpty { values[variable.name] = value }
    }
    return values
  }

  /// What `from:` of a variable names: `alert.labels.tenant`, `incident.title`.
  private static func fill(_ path: String, from incident: Incident) -> String? {
    let parts = path.split(separator: ".").map(String.init)
    switch parts {
    case ["incident", "title"]: return incident.title
    case ["incident", "severity"]: return incident.severity.rawValue
    case ["incident", "status"]: return incident.status.rawValue
    case ["incident", "impact"]: return incident.impact
    case ["incident", "key"], ["incident", "number"]: return incident.key
    default:
      guard parts.count == 3, parts[0] == "alert", parts[1] == "labels" else { return nil }
      return incident.declared?.from?.alert?.labels[parts[2]]
    }
  }
}

/// How the confirmation of playbooks stands.
struct PlaybookReviews {
  private let rows: [String: [RoutineRow]]

  /// - Parameter journal: nil where there is none: then only the front matters tell.
  init(_ books: [PlaybookShelf.Book], in journal: Journal?) {
    let recorded = journal.map { RoutineReading.recorded(in: $0, for: books.map(\.folder)) } ?? [:]
    rows = Dictionary(
      books.map { book in
        let findings = RoutineFindings(
          recorded: recorded[book.folder.name] ?? RoutineFindings.Recorded(), evidence: [:])
        return (book.folder.name, RoutineRow.rows(of: book.folder, findings).filter(\.isReview))
      }
    ) { first, _ in first }
  }

  /// Nil where the playbook does not ask for one.
  func row(of document: PlaybookDocument, in system: String) -> RoutineRow? {
    rows[system]?.first { $0.playbook == document.name }
  }
}

extension StateOptions {
  /// The journal, to read; nil where there is none yet, and where it cannot be read, which is told.
  func existing() -> Journal? {
    guard FileManager.default.fileExists(atPath: folder.journal) else { return nil }
    do {
      return try open(readOnly: true)
    } catch {
      Standard.error(Sentence.of(error))
      return nil
    }
  }
}
