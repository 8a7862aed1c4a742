import Foundation
import TestSupport
import Testing

/// `page.py`, which reads pages by Python's HTML parser.
enum PythonPages {
  struct Page {
    var name: String
    var html: String
    /// What must stand in its text.
    var says: [String]
  }

  static let isHere = (try? run(["-c", "import html.parser"]))?.status == 0

  private static func run(_ arguments: [String]) throws -> Child.Outcome {
    try Child.run("python3", arguments, environment: ProcessInfo.processInfo.environment)
  }

  /// What is wrong with them, a sentence each.
  static func problems(_ pages: [Page]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "midwatch-pages-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var files: [String] = []
    for page in pages {
      let file = folder.appending(path: page.name + ".html")
      try Data(page.html.utf8).write(to: file)
      try JSONEncoder().encode(page.says).write(to: folder.appending(path: page.name + ".html.says"))
      files.append(file.path)
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "page.py").path
    let outcome = try run([script] + files)
    try #require(outcome.status == 0, "\(outcome.err)")
    return outcome.out.split(separator: "\n").map(String.init)
  }
}
