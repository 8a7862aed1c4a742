import Foundation

/// Public conformance data beside the checkout; tests that need it are skipped, saying so, where it is absent.
enum Conformance {
  static func file(_ path: String, from here: String = #filePath) -> [UInt8]? {
    var root = URL(fileURLWithPath: here).resolvingSymlinksInPath()
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let file = root.deletingLastPathComponent().appendingPathComponent("shared/conformance/\(path)")
    if let data = try? Data(contentsOf: file) { return Array(data) }
    print("skipped: ../shared/conformance/\(path) is absent")
    return nil
  }

  /// The names of the folders in a folder.
  static func folders(_ path: String, from here: String = #filePath) -> [String] {
    var root = URL(fileURLWithPath: here).resolvingSymlinksInPath()
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let folder = root.appendingPathComponent("shared/conformance/\(path)").path
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// One JSON object a line, or one in the whole file.
  static func lines(_ path: String, whole: Bool = false) -> [[String: Any]] {
    guard let bytes = file(path) else { return [] }
    if whole { return [(try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:]] }
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0))) as? [String: Any]
    }
  }
}
