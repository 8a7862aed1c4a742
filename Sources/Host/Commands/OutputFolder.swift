import Glibc

/// `output` in the state folder: what commands wrote that is too long for the journal, readable by this user alone.
struct OutputFolder: Sendable {
  let path: String
  /// The state folder that it lies in.
  let state: String

  /// As it stands in a report, relative to the state folder.
  static let name = "output"

  /// - Parameter state: the state folder.
  init(state: String) {
    self.state = state
    path = "\(state)/\(Self.name)"
  }

  /// Nil when the name would leave the folder.
  func path(of id: String, ending: String) -> String? {
    guard !id.isEmpty, id.utf8.count <= 64,
      id.utf8.allSatisfy({
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
      })
    else { return nil }
    return "\(path)/\(id).\(ending)"
  }

  /// A new file for writing, 0600; nil when there is one already, or none can be made.
  func create(_ path: String) -> Int32? {
    if mkdir(self.path, 0o700) != 0, errno != EEXIST { return nil }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    return descriptor >= 0 ? descriptor : nil
  }
}
