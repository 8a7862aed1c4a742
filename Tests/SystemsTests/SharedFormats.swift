import Foundation
import Systems

/// The format files, which lie beside the checkout where they are present.
enum SharedFormats {
  static let folder: URL = {
    var url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while url.lastPathComponent != "Tests", url.pathComponents.count > 1 { url.deleteLastPathComponent() }
    return url.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(
      "shared/formats")
  }()

  static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }
}

extension Folder {
  /// A folder with a system.yaml and other files.
  init(_ system: String, _ others: [String: String] = [:]) {
    self.init(name: "shop", files: others.merging(["system.yaml": system]) { first, _ in first })
  }
}

extension SystemFolder {
  /// Loads a system.yaml, and fails nothing: the problems are there to be looked at.
  static func read(
    _ system: String, _ others: [String: String] = [:], environment: [String: String] = [:]
  ) -> (folder: SystemFolder, problems: [String]) {
    let (folder, problems) = load(Folder(system, others), environment: environment)
    return (folder, problems.map(\.description))
  }
}
