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
  package func load() -> (folder: SystemFolder, problems: [Problem]) {
    let (texts, unread) = FolderReader.read(path)
    var (folder, problems) = SystemFolder.load(Folder(name: name, files: texts), environment: environment)
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
