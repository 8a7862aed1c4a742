import Foundation
import Glibc
import Playbooks
import Values

/// What a shell left for the next command of its run, in a private file that lives as long as the command.
final class LeftBehind {
  let path: String

  /// A longer value is not kept.
  private static let longestValue = 64 << 10
  private static let longestFile = 1 << 20

  /// Nil when the file cannot be made: then nothing comes back.
  init?(of id: String, in folder: OutputFolder) {
    guard let path = folder.path(of: id, ending: "left"), let descriptor = folder.create(path) else {
      return nil
    }
    close(descriptor)
    self.path = path
  }

  deinit { unlink(path) }

  /// Reads it; empty when the shell never came to write it.
  func read(keeping names: [String], secrets: [Secret]) -> (directory: String?, kept: [String: String]) {
    guard let handle = FileHandle(forReadingAtPath: path),
      let data = try? handle.read(upToCount: Self.longestFile + 1), data.count <= Self.longestFile
    else { return (nil, [:]) }
    let parts = Array(data).split(separator: 0, omittingEmptySubsequences: false).dropLast()
    func text(_ bytes: ArraySlice<UInt8>) -> String? {
      guard let text = String(validating: bytes, as: UTF8.self), !Self.holds(text, any: secrets) else {
        return nil
      }
      return text
    }
    var directory = parts.first.flatMap { text($0) }
    if let path = directory, path.hasSuffix("\n") { directory = String(path.dropLast()) }
    var kept: [String: String] = [:]
    for part in parts.dropFirst() where part.count <= Self.longestValue {
      guard let sign = part.firstIndex(of: UInt8(ascii: "=")),
        let name = String(validating: part[..<sign], as: UTF8.self), names.contains(name),
        let value = text(part[part.index(after: sign)...])
      else { continue }
      kept[name] = value
    }
    return (directory?.hasPrefix("/") == true ? directory : nil, kept)
  }

  private static func holds(_ text: String, any secrets: [Secret]) -> Bool {
    secrets.contains { secret in
      let value = secret.revealed()
      return !value.isEmpty
        && (text == value || value.count >= 4 && secret.echoes.contains { $0.masking(text) != text })
    }
  }

  /// Whether a shell takes it for a variable's name.
  static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
    return name.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
    }
  }
}
