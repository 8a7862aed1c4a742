import Foundation
import Testing

/// A folder of one test's own, and an environment that points nowhere else.
final class Sandbox {
  let path: String

  init() throws {
    var template = Array("/tmp/midwatch-e2e-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Nothing of the tester's own configuration.
  static let clean: [String: String] = [
    "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": "/nonexistent",
    "LANG": "C.UTF-8",
    "TERM": "screen-256color", "LOGNAME": "ops1", "TZ": "UTC", "SWIFT_BACKTRACE": "enable=no",
  ]

  /// State and systems inside the sandbox.
  var environment: [String: String] {
    [
      "MIDWATCH_STATE": path + "/state", "MIDWATCH_PLAYBOOKS": path + "/playbooks",
      "XDG_CONFIG_HOME": path + "/config",
    ]
  }

  func write(_ text: String, to file: String) throws {
    let url = URL(fileURLWithPath: path + "/" + file)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
  }

  /// What the files of a folder hold; at least one.
  func files(in folder: String) throws -> [Data] {
    let root = path + "/" + folder
    let names = try FileManager.default.contentsOfDirectory(atPath: root)
    return try #require(
      names.isEmpty ? nil : names.compactMap { FileManager.default.contents(atPath: root + "/" + $0) })
  }

  func midwatch(_ arguments: String...) throws -> Binary.Outcome {
    try Binary.run(arguments, environment: environment, in: path)
  }
}
