import Foundation
import TestSupport
import Testing

/// The binary under test, and one run of it to its end.
enum Binary {
  /// `$MIDWATCH_BINARY`, else the debug build beside the sources.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["MIDWATCH_BINARY"] { return named }
    return Project.root + "/.build/debug/midwatch"
  }()

  typealias Outcome = Child.Outcome

  /// Runs `midwatch` with these arguments in a clean environment; ends it after a minute.
  static func run(_ arguments: [String], environment: [String: String] = [:], in folder: String? = nil) throws
    -> Outcome
  {
    try Child.run(path, arguments, environment: Sandbox.clean.merging(environment) { $1 }, in: folder)
  }
}

enum Project {
  static let root: String = {
    var url = URL(fileURLWithPath: #filePath)
    // Beyond links, and up from Tests/EndToEndTests/Support.
    url.resolveSymlinksInPath()
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.path
  }()
}
