import Foundation

/// Public conformance data, which lies beside the checkout where it is present.
enum SharedData {
  /// `shared/conformance` next to the repository.
  static let folder = checkout.deletingLastPathComponent().appendingPathComponent("shared/conformance")

  private static let checkout: URL = {
    var url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while url.lastPathComponent != "Tests", url.pathComponents.count > 1 { url.deleteLastPathComponent() }
    return url.deletingLastPathComponent()
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

  /// Leaves a row of counts for the table that `scripts/conformance` prints after the tests.
  static func report(_ name: String, of count: Int, failed: Int) {
    print("\(name): \(count - failed) of \(count) as in Prometheus")
    let place = checkout.appendingPathComponent(".build/conformance")
    try? FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    let file = place.appendingPathComponent(name.filter { $0 != "," }.replacing(" ", with: "-") + ".tsv")
    try? "\(name)\t\(count - failed)\t\(failed)\n".write(to: file, atomically: true, encoding: .utf8)
  }
}
