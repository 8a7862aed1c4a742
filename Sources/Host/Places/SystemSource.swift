import Systems
import Values

/// A system's folder on disk: where it lies and what its variables are filled from.
package struct SystemSource: Sendable {
  package let name: String
  /// Absolute.
  package let path: String
  package let environment: [String: String]
  /// Came with the binary: trusted as the binary is.
  package let isBundled: Bool
  /// Polls and rule groups this often, whatever the folder says: a drill's pace.
  package let every: Span?

  package init(
    name: String, path: String, environment: [String: String], isBundled: Bool = false, every: Span? = nil
  ) {
    self.every = every
    self.name = name
    self.path = path
    self.environment = environment
    self.isBundled = isBundled
  }

  /// Changes when a file of the folder does.
  package var mark: String { FolderReader.mark(path) }

  /// Reads and checks it. Problems carry paths relative to the folder; one with errors must not be run.
  ///
  /// - Parameter secrets: asked once the folder was read for the values of its secrets from files and
  ///   commands; the default knows none, and starts nothing.
  package func load(
    secrets: (SystemFolder) -> [String: Secret] = { _ in [:] }
  ) -> (folder: SystemFolder, problems: [Problem]) {
    let (texts, unread) = FolderReader.read(path)
    let files = Folder(name: name, files: texts)
    let reader = BodyReader(folder: path)
    let bodies = { (path: String) throws(BodyFailure) in try reader.read(path) }
    var (folder, problems) = SystemFolder.load(
      files, environment: environment, zones: ZoneReader.zone, bodies: bodies)
    if folder.secrets.contains(where: \.isOutside) {
      let known = secrets(folder)
      if !known.isEmpty {
        (folder, problems) = SystemFolder.load(
          files, environment: environment, secrets: known, zones: ZoneReader.zone, bodies: bodies)
      }
    }
    folder = folder.rooted(at: path)
    if let every { folder = folder.paced(every: every) }
    return (folder, (unread + problems).sorted())
  }
}

extension SystemSource {
  /// Every folder in `root` that holds a `system.yaml`, by name; empty when there is no such root.
  package static func all(in root: String, environment: [String: String], isBundled: Bool = false)
    -> [SystemSource]
  {
    FolderReader.folders(in: root).filter { FolderReader.contents(of: "\(root)/\($0)/system.yaml") != nil }
      .map {
        SystemSource(name: $0, path: root + "/" + $0, environment: environment, isBundled: isBundled)
      }
  }
}
