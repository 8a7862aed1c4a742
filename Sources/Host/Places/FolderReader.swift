import Glibc
import Values

/// Reads a system's folder into memory: texts by path relative to it.
package enum FolderReader {
  /// Files are at most this long, so many, and so deep; what is beyond is a problem, not a stop.
  static let maximumBytes = 4 << 20
  static let maximumFiles = 2000
  static let maximumDepth = 4

  /// Files ending in `.yaml`, `.yml`, `.md` or `.mustache`; hidden ones are left out.
  package static func read(_ root: String) -> (texts: [String: String], problems: [Problem]) {
    var texts: [String: String] = [:]
    var problems: [Problem] = []
    for path in paths(below: root) {
      guard let bytes = contents(of: root + "/" + path) else {
        problems.append(Problem("the file cannot be read", remedy: "check its mode and its size", file: path))
        continue
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        problems.append(Problem("the file is not UTF-8", remedy: "save it as UTF-8", file: path))
        continue
      }
      texts[path] = text
    }
    return (texts, problems)
  }

  /// Changes whenever a file of the folder is written, added or removed: names, sizes and times.
  package static func mark(_ root: String) -> String {
    paths(below: root).map { path in path + mark(file: root + "/" + path) }.joined(separator: "\n")
  }

  /// Changes whenever the file is written, replaced or removed: its size, time and number.
  static func mark(file path: String) -> String {
    var info = stat()
    guard stat(path, &info) == 0 else { return "" }
    return ":\(info.st_size):\(info.st_mtim.tv_sec).\(info.st_mtim.tv_nsec):\(info.st_ino)"
  }

  /// Names of the folders in `root`, sorted; hidden ones are left out.
  package static func folders(in root: String) -> [String] { entries(of: root, type: S_IFDIR) }

  /// Names of the files in `root` that end so, sorted; hidden ones are left out.
  package static func files(in root: String, ending: String) -> [String] {
    entries(of: root, type: S_IFREG).filter { $0.hasSuffix(ending) }
  }

  private static func entries(of root: String, type: mode_t) -> [String] {
    guard let handle = opendir(root) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = name(of: entry)
      var info = stat()
      guard !name.hasPrefix("."), stat(root + "/" + name, &info) == 0, info.st_mode & S_IFMT == type else {
        continue
      }
      names.append(name)
    }
    return names.sorted()
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
  }

  /// Relative paths, sorted.
  private static func paths(below root: String) -> [String] {
    var found: [String] = []
    var waiting = [("", 0)]
    while let (folder, depth) = waiting.popLast(), found.count < maximumFiles {
      guard let handle = opendir(folder.isEmpty ? root : root + "/" + folder) else { continue }
      defer { closedir(handle) }
      while let entry = readdir(handle) {
        let name = name(of: entry)
        guard !name.hasPrefix(".") else { continue }
        let path = folder.isEmpty ? name : folder + "/" + name
        var info = stat()
        guard stat(root + "/" + path, &info) == 0 else { continue }
        if info.st_mode & S_IFMT == S_IFDIR {
          if depth < maximumDepth { waiting.append((path, depth + 1)) }
        } else if [".yaml", ".yml", ".md", ".mustache"].contains(where: name.hasSuffix) {
          found.append(path)
        }
      }
    }
    return found.sorted()
  }

  /// Nil when it is no readable file, or longer than ``maximumBytes``.
  package static func contents(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size <= maximumBytes else {
      return nil
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= maximumBytes {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      guard count > 0 else { return nil }
      bytes.append(contentsOf: buffer.prefix(count))
    }
    return nil
  }
}
