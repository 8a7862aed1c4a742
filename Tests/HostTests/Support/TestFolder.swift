import Foundation
import Testing

/// A folder of one test's own, gone with it.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/midwatch-test-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to file: String, mode: mode_t = 0o600) throws {
    try write(Array(text.utf8), to: file, mode: mode)
  }

  func write(_ bytes: [UInt8], to file: String, mode: mode_t = 0o600) throws {
    let url = URL(fileURLWithPath: path + "/" + file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    try #require(chmod(url.path, mode) == 0)
  }

  func text(of file: String) -> String? {
    FileManager.default.contents(atPath: path + "/" + file).map { String(decoding: $0, as: UTF8.self) }
  }
}
