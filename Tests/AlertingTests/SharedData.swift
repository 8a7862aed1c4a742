import Foundation

/// Public conformance data, which lies beside the checkout where it is present.
enum SharedData {
  /// `shared/conformance` next to the repository.
  static let folder: URL = {
    var url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while url.lastPathComponent != "Tests", url.pathComponents.count > 1 { url.deleteLastPathComponent() }
    return url.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/conformance")
  }()

  static var isPresent: Bool {
    FileManager.default.fileExists(atPath: folder.path)
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
  }

  /// The objects of a file with one JSON object a line.
  static func rows(_ path: String) throws -> [[String: Any]] {
    try text(path).split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }

  static func files(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path).sorted()
  }
}
