import Foundation
import Host
import Incidents
import Journal
import Playbooks
import Systems
import Values

/// What is to be worked through: a document, where it comes from, and the run that is open on it.
struct RunSubject {
  let document: PlaybookDocument
  let anchor: String?
  /// Nil for a file outside of any system, and where the system's folder is not here.
  var book: PlaybookShelf.Book?
  /// The name of the system; nil for a file.
  let system: String?
  /// The run that is gone on with; nil when one begins.
  var existing: Run?
  /// The text that the playbook has now, where it is another than the run's.
  var edited: PlaybookDocument?
  /// Whether it is a file that was named by its path.
  let isFile: Bool

  /// Where it works: what the run was begun for, else what was asked for, else the system's first that runs.
  private(set) var environment: Environment?

  /// Named before anything destructive runs, as on the screen.
  var target: String { environment?.name ?? system ?? document.name }
  var variables: [Variable] { book?.folder.variables ?? [] }

  /// - Parameter journal: nil where there is none: then nothing is open.
  static func find(_ verb: PlaybookRun, in journal: Journal?) throws -> RunSubject {
    var subject: RunSubject
    if let key = verb.resume {
      guard let journal else { throw Refusal("There is no journal here, so no run \(Inert.terminal(key)).") }
      subject = try resuming(key, verb, in: journal)
    } else {
      subject = try named(verb)
      if let journal { try subject.adopt(verb.incident, in: journal) }
    }
    try subject.settle(verb.environment)
    return subject
  }

  /// - Parameter wanted: `--environment`.
  private mutating func settle(_ wanted: String?) throws {
    let all = book?.folder.environments ?? []
    if let existing {
      let begun = existing.started?.environment
      if let wanted, wanted != begun {
        throw Refusal(
          "\(existing.key) works on \(begun ?? "no environment"), not on \(Inert.terminal(wanted)); "
            + "end it, and begin another run.")
      }
      if let begun {
        environment = all.first { $0.name == begun } ?? Environment(name: begun, base: nil)
        return
      }
    }
    guard let wanted else {
      environment = all.first { $0.state != .reference } ?? all.first
      return
    }
    guard let found = all.first(where: { $0.name == wanted }) else {
      let names = all.map(\.name).joined(separator: ", ")
      throw Refusal(
        "There is no environment \(Inert.terminal(wanted)) here; "
          + (all.isEmpty ? "the system names none." : "there are: \(names)."))
    }
    environment = found
  }

  private static func named(_ verb: PlaybookRun) throws -> RunSubject {
    let reference = verb.name ?? ""
    let places = verb.options.places
    if verb.system == nil, let file = PlaybookFile.path(in: reference, places: places) {
      let (document, problems) = try PlaybookFile.read(places.absolute(file.path), shown: file.path)
      for problem in problems { Standard.error(problem.description) }
      return RunSubject(
        document: document, anchor: try PlaybookFile.known(file.anchor, in: document), system: nil,
        isFile: true)
    }
    var which = try SystemOptions.parse(verb.system.map { [$0] } ?? [])
    which.playbooks = verb.playbooks
    let (book, document, anchor) = try PlaybookShelf(try which.sources()).find(reference)
    return RunSubject(
      document: document, anchor: anchor, book: book, system: book.folder.name, isFile: false)
  }

  /// The open run of this playbook: that of the incident, else a free one, else the newest.
  private mutating func adopt(_ incident: String?, in journal: Journal) throws {
    let open = try journal.entities(Run.self, open: true).filter { run in
      guard let started = run.started else { return false }
      return started.playbook == document.name && started.section == anchor && started.system == system
    }
    guard let run = open.last(where: { $0.incident == incident }) ?? (incident == nil ? open.last : nil)
    else { return }
    self = try Self(of: run, now: document, book: book, isFile: isFile, in: journal)
  }

  private static func resuming(_ key: String, _ verb: PlaybookRun, in journal: Journal) throws -> RunSubject {
    guard let run = try journal.entity(Run.self, key: key), let started = run.started else {
      throw Refusal("There is no run \(Inert.terminal(key)); `midwatch playbook list --runs` shows them.")
    }
    if let end = run.end {
      throw Refusal("\(key) was finished by \(end.by) at \(end.at.minuteUTC); start a new run.")
    }
    if let name = verb.name {
      if let file = PlaybookFile.path(in: name, places: verb.options.places), started.system == nil {
        let path = verb.options.places.absolute(file.path)
        let document = try PlaybookFile.read(path, shown: file.path).document
        return try RunSubject(of: run, now: document, book: nil, isFile: true, in: journal)
      }
      guard PlaybookDocument.reference(name).name == started.playbook else {
        throw Refusal("\(key) is a run of \(started.playbook), not of \(Inert.terminal(name)).")
      }
    }
    var book: PlaybookShelf.Book?
    if let system = verb.system ?? started.system {
      var which = try SystemOptions.parse([system])
      which.playbooks = verb.playbooks
      book = (try? which.sources()).flatMap { PlaybookShelf($0).books.first }
    }
    let now = book?.folder.playbook(started.playbook)
    return try RunSubject(of: run, now: now, book: book, isFile: false, in: journal)
  }

  private init(
    of run: Run, now: PlaybookDocument?, book: PlaybookShelf.Book?, isFile: Bool, in journal: Journal
  ) throws {
    let file = now?.file ?? "\(run.started?.playbook ?? "playbook").md"
    guard let digest = run.snapshot, let bytes = try journal.blob(sha256: digest) else {
      throw Refusal("The text that \(run.key) goes by is not in the journal any more.")
    }
    if let now, now.digest == digest {
      document = now
    } else {
      var ignored: [Problem] = []
      document = PlaybookDocument(String(decoding: bytes, as: UTF8.self), file: file, problems: &ignored)
      edited = now
    }
    anchor = run.started?.section
    system = run.started?.system
    existing = run
    self.book = book
    self.isFile = isFile
  }

  private init(
    document: PlaybookDocument, anchor: String?, book: PlaybookShelf.Book? = nil, system: String?,
    isFile: Bool
  ) {
    self.document = document
    self.anchor = anchor
    self.book = book
    self.system = system
    self.isFile = isFile
  }

  /// What a run begins with; throws a sentence for a value that cannot be.
  func values(
    given: [String: String], incident key: String?, environment: EnvironmentValues = EnvironmentValues(),
    in journal: Journal?
  ) throws -> [String: String] {
    let incident = try key.flatMap { key in try journal?.entity(Incident.self, key: key) }
    let defaults =
      book?.defaults.values(for: document, of: incident, on: self.environment, environment: environment)
      ?? document.defaults.merging(environment.plain) { $1 }
    let names = known.union(defaults.keys)
    for (name, value) in given {
      let variable = declaration(of: name)
      guard names.contains(name) else {
        let all = names.isEmpty ? "nothing" : names.sorted().joined(separator: ", ")
        throw Refusal("Nothing here asks for \(Inert.terminal(name)); it asks for \(Inert.terminal(all)).")
      }
      guard !variable.isSecret else {
        throw Refusal(
          "\(name) is a secret, and everybody on this machine can read a command line; set it in the environment."
        )
      }
      if let objection = variable.objection(to: value) { throw Refusal(objection) }
    }
    return defaults.merging(given) { $1 }
  }

  /// Names that are declared, and those of the text's placeholders.
  private var known: Set<String> {
    document.declared(with: variables)
      .union(document.placeholders(of: document.steps, with: variables).map(\.name))
      .union(existing?.values.keys.map { $0 } ?? [])
  }

  func declaration(of name: String) -> Variable {
    variables.overridden(by: document.settings.variables).first { $0.name == name } ?? Variable(name)
  }

  /// Secrets that this process's environment has: where their variable says, else under its name.
  func secrets(from environment: [String: String], in journal: Journal?) -> [String: Secret] {
    let declared = variables.overridden(by: document.settings.variables).filter(\.isSecret)
    return Dictionary(
      declared.compactMap { variable in
        environment[variable.name].flatMap { $0.isEmpty ? nil : (variable.name, Secret($0)) }
      }
    ) { first, _ in first }.merging(environmentValues(from: environment, in: journal).secrets) { $1 }
  }

  /// What `from: env.NAME` fills, where its folder is trusted.
  func environmentValues(from environment: [String: String], in journal: Journal?) -> EnvironmentValues {
    guard isTrusted(in: journal) else { return EnvironmentValues() }
    return EnvironmentValues(variables.overridden(by: document.settings.variables), from: environment)
  }

  /// A file that somebody names is trusted as it is; a folder by its bytes.
  func isTrusted(in journal: Journal?) -> Bool {
    guard let book else { return isFile }
    return book.source.isBundled
      || TrustCheck.mayRunCommands(of: book.folder, at: book.source.path, in: journal)
  }
}

extension PlaybookDocument {
  fileprivate var defaults: [String: String] {
    Dictionary(
      settings.variables.compactMap { variable in
        variable.isSecret ? nil : variable.defaultValue.map { (variable.name, $0) }
      }
    ) { first, _ in first }
  }
}
