import Foundation
import Testing

/// Compares with a file of `Golden`, which was looked at by eye before it was committed.
/// `MIDWATCH_GOLDEN=write` writes it anew.
func expectGolden(_ text: String, _ name: String, at place: SourceLocation = #_sourceLocation) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden/\(name)")
  if ProcessInfo.processInfo.environment["MIDWATCH_GOLDEN"] == "write" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
  let wanted = try String(decoding: Data(contentsOf: file), as: UTF8.self)
  guard text != wanted else { return }
  let pairs = zip(text.split(separator: "\n"), wanted.split(separator: "\n"))
  let first = pairs.enumerated().first { $0.element.0 != $0.element.1 }
  let told = first.map { ", first in line \($0.offset + 1): \($0.element.0) was \($0.element.1)" }
  Issue.record("\(name) differs\(told ?? " in length")", sourceLocation: place)
}
