import Glibc
import Systems

/// Reads the files that are requests' bodies. They lie in the system's folder: whoever sends a folder along must not
/// have other files of this machine sent elsewhere.
package struct BodyReader: Sendable {
  /// Bytes of a body at most.
  static let maximumBytes = 1 << 20

  /// Absolute.
  private let folder: String

  package init(folder: String) {
    self.folder = folder
  }

  /// - Parameter path: relative to the folder; links are followed, and may not lead out of it.
  package func read(_ path: String) throws(BodyFailure) -> [UInt8] {
    guard !path.hasPrefix("/"), !path.isEmpty else {
      throw BodyFailure("is not in the system's folder", remedy: "write a path relative to the folder")
    }
    guard let root = Self.real(folder), let file = Self.real(folder + "/" + path) else {
      throw BodyFailure("does not exist", remedy: "add it, or correct the path")
    }
    guard file.hasPrefix(root + "/") else {
      throw BodyFailure("is not in the system's folder", remedy: "move it there")
    }
    guard let bytes = FolderReader.contents(of: file) else {
      throw BodyFailure("cannot be read", remedy: "check that it is a file, and its mode and size")
    }
    guard bytes.count <= Self.maximumBytes else {
      throw BodyFailure("is longer than 1 MiB", remedy: "send less")
    }
    return bytes
  }

  /// Changes whenever one of the files is written, replaced or removed.
  static func mark(_ folder: SystemFolder, at path: String) -> String {
    folder.endpoints.compactMap(\.detail.bodyFile).map { FolderReader.mark(file: path + "/" + $0) }
      .joined(separator: "\n")
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
