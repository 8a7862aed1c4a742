import Foundation
import TestSupport
import Testing

/// `files.py`, which reads exports in JSON and CSV by Python's own modules.
enum PythonFiles {
  struct File {
    /// With its ending.
    var name: String
    var bytes: [UInt8]
    /// What must stand in it, each as a whole value.
    var says: [String] = []
  }

  /// What is wrong with them, a sentence each; all are to have the shape of the model.
  static func problems(_ files: [File], as model: File) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "midwatch-files-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for one in [model] + files {
      let file = folder.appending(path: one.name)
      try Data(one.bytes).write(to: file)
      try JSONEncoder().encode(one.says).write(to: folder.appending(path: one.name + ".says"))
      paths.append(file.path)
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "files.py").path
    let outcome = try Child.run(
      "python3", [script] + paths, environment: ProcessInfo.processInfo.environment)
    try #require(outcome.status == 0, "\(outcome.err)")
    return outcome.out.split(separator: "\n").map(String.init)
  }
}
