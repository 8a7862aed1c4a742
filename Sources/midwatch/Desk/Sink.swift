import Foundation
import Host
import Incidents
import Values

/// Writes to a file that takes the old one's place when all is there, or to standard output.
final class Sink {
  private let path: String?
  private let handle: FileHandle
  private let isWrittenInPlace: Bool

  init(_ path: String?) throws {
    self.path = path
    isWrittenInPlace = try path.map { try TargetFile($0) == .inPlace } ?? true
    guard let path, !isWrittenInPlace else {
      guard let handle = path.map({ FileHandle(forWritingAtPath: $0) }) ?? .standardOutput else {
        throw Refusal("\(Inert.terminal(path ?? "")) cannot be written.")
      }
      self.handle = handle
      return
    }
    let draft = path + ".part"
    guard
      FileManager.default.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600]),
      let handle = FileHandle(forWritingAtPath: draft)
    else { throw Refusal("\(Inert.terminal(path)) cannot be written.") }
    self.handle = handle
  }

  func write(_ text: String) throws {
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      throw failure()
    }
  }

  func close() throws {
    guard let path, !isWrittenInPlace else { return }
    do {
      try handle.synchronize()
      try handle.close()
    } catch {
      throw failure()
    }
    guard rename(path + ".part", path) == 0 else { throw failure() }
  }

  /// What was there before stays as it was.
  private func failure() -> Refusal {
    let why = String(cString: strerror(errno))
    guard let path, !isWrittenInPlace else { return Refusal("Not all could be written: \(why).") }
    unlink(path + ".part")
    return Refusal("\(Inert.terminal(path)) cannot be written: \(why). What was there is as it was.")
  }
}
