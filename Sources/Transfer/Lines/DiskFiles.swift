internal import Glibc
internal import Values

/// The file system.
struct DiskFiles: FileTable {
  /// An open file, closed with the last reference to it.
  final class File {
    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }
  }

  func paths(_ pattern: String) throws(FileTrouble) -> [String] {
    guard pattern.contains(where: { "*?[{".contains($0) }) else {
      return try status(of: pattern) == nil ? [] : [pattern]
    }
    var found = glob_t()
    defer { globfree(&found) }
    let code = glob(pattern, GLOB_BRACE, nil, &found)
    if code == GLOB_NOMATCH { return [] }
    guard code == 0 else {
      throw FileTrouble(reason: "\(Inert.terminal(pattern)) cannot be expanded: the folder cannot be read")
    }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }
  }

  func status(of path: String) throws(FileTrouble) -> FileStatus? {
    var facts = stat()
    guard stat(path, &facts) != 0 else { return FileStatus(facts) }
    guard errno != ENOENT, errno != ENOTDIR else { return nil }
    throw trouble(path, "cannot be looked at")
  }

  func open(_ path: String) throws(FileTrouble) -> File {
    // Neither a pipe without a writer nor a terminal may hold us.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw trouble(path, "cannot be read") }
    return File(descriptor)
  }

  func status(of file: File) -> FileStatus? {
    var facts = stat()
    return fstat(file.descriptor, &facts) == 0 ? FileStatus(facts) : nil
  }

  func read(_ file: File, at offset: Int64, count: Int) -> [UInt8] {
    guard count > 0, offset >= 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      while used < count {
        let got = pread(
          file.descriptor, buffer.baseAddress?.advanced(by: used), count - used, off_t(offset) + off_t(used))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { return }
        used += got
      }
    }
  }

  private func trouble(_ path: String, _ what: String) -> FileTrouble {
    let why = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    return FileTrouble(reason: "\(Inert.terminal(path)) \(what): \(why)")
  }
}

extension FileStatus {
  fileprivate init(_ facts: stat) {
    identity = FileIdentity(device: UInt64(facts.st_dev), number: UInt64(facts.st_ino))
    size = Int64(facts.st_size)
    modified = Int64(facts.st_mtim.tv_sec).multipliedSaturating(by: 1_000_000_000)
      .addingSaturating(Int64(facts.st_mtim.tv_nsec))
    isRegular = facts.st_mode & S_IFMT == S_IFREG
  }
}
