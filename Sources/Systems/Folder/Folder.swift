import Crypto

/// The files of one system as they were read: nothing below the executable opens a file.
package struct Folder: Hashable, Sendable {
  /// The folder's own name: the system's.
  package let name: String
  /// Contents by path relative to the folder, with `/` between the parts.
  package let files: [String: String]

  package init(name: String, files: [String: String]) {
    self.name = name
    self.files = files
  }

  /// SHA-256 in hexadecimal over all paths, sorted, and their bytes, each preceded by its length in eight
  /// bytes, big-endian: what trust is given to.
  package var digest: String { digest { _ in false } }

  /// The same without the files that are left out by their paths.
  func digest(without isLeftOut: (String) -> Bool) -> String {
    var hash = SHA256()
    func add(_ text: String) {
      withUnsafeBytes(of: UInt64(text.utf8.count).bigEndian) { hash.update(bufferPointer: $0) }
      var text = text
      text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }
    for path in files.keys.sorted() where !isLeftOut(path) {
      add(path)
      add(files[path] ?? "")
    }
    return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Paths of files directly in `parent` ("" is the folder itself) that end in one of `endings`, sorted.
  func paths(in parent: String, endings: [String]) -> [String] {
    files.keys.filter { path in
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      return parts.dropLast().joined(separator: "/") == parent && endings.contains { path.hasSuffix($0) }
    }.sorted()
  }
}
