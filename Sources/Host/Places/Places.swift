import Glibc
import Systems

/// Where things lie on this machine: of the places that ``Systems/Discovery`` lists, those that exist.
package struct Places: Sendable {
  package let environment: [String: String]
  private let discovery: Discovery

  package init(environment: [String: String]) {
    self.environment = environment
    discovery = Discovery(environment: environment)
  }

  /// The folder of the journal: `--state`, `$MIDWATCH_STATE`, `$XDG_STATE_HOME/midwatch`, `~/.local/state/midwatch`.
  package func state(option: String?) -> String {
    absolute(discovery.stateFolder(option: option) ?? "/tmp/midwatch")
  }

  /// The folder of system folders: the first that is named or exists; else where `init` writes.
  package func playbooks(option: String?) -> String {
    let candidates = discovery.playbookFolders(option: option).map { absolute($0) }
    return candidates.first(where: isFolder) ?? candidates.first ?? absolute("playbooks")
  }

  /// What was installed or checked out with the binary; nil when there is none.
  package var bundled: String? {
    guard let binary = Self.executable else { return nil }
    return discovery.bundledFolders(executable: binary).first {
      isFolder($0 + "/playbooks") && isFolder($0 + "/themes")
    }
  }

  /// Folders of themes, the responder's own first.
  package var themes: [String] { discovery.themeFolders + (bundled.map { [$0 + "/themes"] } ?? []) }

  /// The path of the running binary; nil when the system does not tell.
  package static var executable: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  package func isFolder(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  package func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    guard let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
