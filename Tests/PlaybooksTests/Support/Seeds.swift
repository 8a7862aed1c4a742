import Foundation
import Testing

/// The runbooks that teams keep in the wild, read in place beside the checkout.
enum Seeds {
  static let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/seeds")

  static let isPresent = FileManager.default.fileExists(atPath: folder.path)
  static let absence: Comment = "../shared/seeds is not beside this checkout"

  /// The text of the document whose first line is `heading`.
  static func text(_ heading: String) throws -> String {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      if text.hasPrefix(heading + "\n") { return text }
    }
    throw CocoaError(.fileNoSuchFile)
  }
}
