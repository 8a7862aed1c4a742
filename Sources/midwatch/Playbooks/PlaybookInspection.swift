import Foundation
import Host
import Journal
import Playbooks
import Systems
import Values

/// Reads every playbook that a path holds, and collects what is wrong with each; executes nothing.
struct PlaybookInspection {
  private var found: Set<Problem> = []
  private(set) var files = 0
  private let journal: Journal?
  private let environment: [String: String]
  private let now = Clock.now()

  /// - Parameter journal: where reviews are written down; nil where there is none.
  init(journal: Journal?, environment: [String: String]) {
    self.journal = journal
    self.environment = environment
  }

  var problems: [Problem] { found.sorted() }

  /// - Parameter shown: the path as the user wrote it; problems begin with it.
  mutating func read(_ path: String, shown: String) {
    let shown = shown.count > 1 && shown.hasSuffix("/") ? String(shown.dropLast()) : shown
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      found.insert(Problem("there is no such file or folder", remedy: "check the path", file: shown))
      return
    }
    guard isFolder.boolValue else { return readFile(path, shown: shown) }
    let before = files
    readFolder(path, shown: shown, depth: 0)
    if files == before {
      found.insert(
        Problem("the folder holds no playbook", remedy: "name a folder with Markdown files", file: shown))
    }
  }

  /// Folders in folders, so deep.
  private static let maximumDepth = 8

  private mutating func readFolder(_ path: String, shown: String, depth: Int) {
    if FolderReader.contents(of: path + "/system.yaml") != nil { return readSystem(path, shown: shown) }
    for name in FolderReader.files(in: path, ending: ".md") {
      readFile(path + "/" + name, shown: shown + "/" + name)
    }
    guard depth < Self.maximumDepth else { return }
    for name in FolderReader.folders(in: path) {
      readFolder(path + "/" + name, shown: shown + "/" + name, depth: depth + 1)
    }
  }

  private mutating func readSystem(_ path: String, shown: String) {
    let name = String(path.split(separator: "/").last ?? "system")
    let source = SystemSource(name: name, path: path, environment: environment)
    let (folder, problems) = source.load()
    let book = PlaybookShelf.Book(source: source, folder: folder)
    let reviews = PlaybookReviews([book], in: journal)
    let playbooks = Set(folder.playbooks.map(\.file))
    for problem in problems where playbooks.contains(problem.file) {
      found.insert(problem.placed(below: shown))
    }
    let given = Set(book.defaults.given.keys)
    for document in folder.playbooks {
      let surroundings = PlaybookLint.Surroundings(
        variables: folder.variables, given: given,
        shortSecrets: shortSecrets(folder.variables.overridden(by: document.settings.variables)),
        reviewed: reviews.row(of: document, in: folder.name)?.lastDone)
      inspect(document, in: surroundings, folder: path, shown: shown)
    }
  }

  private mutating func readFile(_ path: String, shown: String) {
    do {
      let name = String(path.split(separator: "/").last ?? "")
      let parent = path.dropLast(name.count + 1)
      let (document, problems) = try PlaybookFile.read(path, shown: name)
      let folder = shown == name ? "" : String(shown.dropLast(name.count + 1))
      for problem in problems { found.insert(problem.placed(below: folder)) }
      inspect(
        document,
        in: PlaybookLint.Surroundings(shortSecrets: shortSecrets(document.settings.variables)),
        folder: parent.isEmpty ? "/" : String(parent),
        shown: folder)
    } catch {
      files += 1
      found.insert(
        Problem("the file cannot be read as UTF-8", remedy: "check its mode and encoding", file: shown))
    }
  }

  private mutating func inspect(
    _ document: PlaybookDocument, in surroundings: PlaybookLint.Surroundings, folder: String, shown: String
  ) {
    files += 1
    var problems = PlaybookLint.problems(of: document, in: surroundings, at: now) { path in
      Self.target(path, in: folder)
    }
    let declared = document.declared(with: surroundings.variables).union(surroundings.given ?? [])
    problems += ScriptSyntax.problems(document.scripts(declared: declared), file: document.file)
    for problem in problems { found.insert(problem.placed(below: shown)) }
  }

  /// Those whose values this environment has, and that are too short to be masked.
  private func shortSecrets(_ variables: [Variable]) -> Set<String> {
    let short = variables.filter { variable in
      guard variable.isSecret, let value = environment[variable.environmentName ?? variable.name] else {
        return false
      }
      return !value.isEmpty && !Secret(value).isMasked
    }
    return Set(short.map(\.name))
  }

  private static func target(_ path: String, in folder: String) -> PlaybookLint.Target {
    let whole = folder + "/" + path
    guard FileManager.default.fileExists(atPath: whole) else { return .nothing }
    guard path.hasSuffix(".md"), let (document, _) = try? PlaybookFile.read(whole, shown: path) else {
      return .file
    }
    return .document(anchors: Set(document.sections.map(\.anchor)))
  }
}

extension Problem {
  /// The same in a file below `folder`; in the same place for an empty one.
  func placed(below folder: String) -> Problem {
    guard !folder.isEmpty else { return self }
    let path = (folder.hasSuffix("/") ? folder : folder + "/") + file
    return Problem(what, remedy: remedy, file: path, at: position, weight: weight)
  }
}
