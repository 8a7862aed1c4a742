import Glibc

/// The folder that holds `journal.db`, `metrics.db`, `engine.lock` and `engine.sock`, and the modes of what is
/// in it: 0700 and 0600, or, where the folder is open to its group (`journal init --group`), 2770 and 0660.
package struct StateFolder: Hashable, Sendable {
  /// Absolute, without a slash at the end.
  package let path: String

  package init(_ path: String) {
    let absolute = path.hasPrefix("/") ? path : Self.workingFolder + "/" + path
    let trimmed = absolute.reversed().drop { $0 == "/" }.reversed()
    self.path = trimmed.isEmpty ? "/" : String(trimmed)
  }

  package var journal: String { path + "/journal.db" }
  package var metrics: String { path + "/metrics.db" }
  package var lock: String { path + "/engine.lock" }
  package var socket: String { path + "/engine.sock" }

  /// Makes the folder, and its parents, where they are missing; an existing one keeps its mode.
  /// - Parameter group: shared with that group from the start, or from now on when it exists.
  package func create(group: UInt32? = nil) throws(JournalError) {
    var made = false
    var parent = ""
    for part in path.split(separator: "/") {
      parent += "/" + part
      if mkdir(parent, 0o700) == 0 {
        made = parent == path
      } else if errno != EEXIST {
        let reason = String(cString: strerror(errno))
        throw JournalError(
          .storage, "The folder \(parent) cannot be made (\(reason)); name another with --state.")
      }
    }
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else {
      throw JournalError(.storage, "\(path) is not a folder; name another with --state.")
    }
    if let group {
      guard chown(path, uid_t.max, group) == 0, chmod(path, 0o2770) == 0 else {
        let reason = String(cString: strerror(errno))
        throw JournalError(.storage, "The folder \(path) cannot be given to group \(group) (\(reason)).")
      }
    } else if made {
      chmod(path, 0o700)
    }
  }

  /// Whether it is open to its group.
  package var isShared: Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & 0o070 == 0o070
  }

  /// The mode of new files in it.
  var fileMode: mode_t { isShared ? 0o660 : 0o600 }

  /// Makes an empty file with ``fileMode`` whatever the umask says; an existing one is left as it is.
  func createFile(_ path: String) throws(JournalError) {
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if descriptor >= 0 {
      fchmod(descriptor, fileMode)
      close(descriptor)
    } else if errno != EEXIST {
      let reason = String(cString: strerror(errno))
      throw JournalError(.storage, "\(path) cannot be made (\(reason)); check the folder's owner and mode.")
    }
  }

  /// Runs `body` while no other process opens, creates or migrates in this folder.
  func exclusively<T>(_ body: () throws(JournalError) -> T) throws(JournalError) -> T {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw JournalError(.absent, "The folder \(path) is not there or cannot be read.")
    }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    return try body()
  }

  static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  private static var workingFolder: String {
    guard let text = getcwd(nil, 0) else { return "" }
    defer { free(text) }
    return String(cString: text)
  }
}
