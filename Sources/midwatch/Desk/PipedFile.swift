import Foundation
import Incidents
import Values

/// A file that can be read more than once: what comes out of a pipe is put down first, and taken away again.
final class PipedFile {
  let path: String
  private let isCopy: Bool

  /// - Parameters:
  ///   - name: as it was said; `-` is standard input.
  ///   - path: the same, absolute.
  init(_ name: String, path: String) throws {
    var status = stat()
    let isFound = name != "-" && stat(path, &status) == 0
    // What is not there is told by whoever reads it.
    if name != "-", !isFound || status.st_mode & S_IFMT == S_IFREG || status.st_mode & S_IFMT == S_IFDIR {
      (self.path, isCopy) = (path, false)
      return
    }
    var template = Array((NSTemporaryDirectory() + "/midwatch-XXXXXX").utf8CString)
    let number = mkstemp(&template)
    guard number >= 0 else {
      throw Refusal("What is piped in cannot be put down: \(String(cString: strerror(errno))).")
    }
    self.path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    isCopy = true
    let target = FileHandle(fileDescriptor: number, closeOnDealloc: true)
    do {
      let source =
        name == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      while let piece = try source.read(upToCount: 1 << 16), !piece.isEmpty {
        try target.write(contentsOf: piece)
      }
    } catch {
      unlink(self.path)
      throw Refusal("\(Inert.terminal(name)) cannot be read to its end: \(String(cString: strerror(errno))).")
    }
  }

  deinit { if isCopy { unlink(path) } }
}
