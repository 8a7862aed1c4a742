import Foundation
import TestSupport
import Testing

/// The binary as an operator starts it, over one system folder of a test's own.
final class Midwatch {
  /// How one endpoint was found.
  struct Row: Decodable {
    let name: String
    let state: String
    let reason: String?
    let remark: String?
    let code: Int?
  }

  let path: String
  /// The system's folder.
  var folder: String { path + "/playbooks/shop" }

  private static let root: String = {
    var url = URL(fileURLWithPath: #filePath)
    url.resolveSymlinksInPath()
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.path
  }()

  /// `$MIDWATCH_BINARY`, else the debug build beside the sources.
  static let binary =
    ProcessInfo.processInfo.environment["MIDWATCH_BINARY"] ?? root + "/.build/debug/midwatch"

  static func script(_ name: String) -> String { root + "/scripts/" + name }

  /// The words before ours: who starts the binary, and where.
  private let launcher: [String]

  /// - Parameters:
  ///   - system: `system.yaml` behind its title.
  ///   - launcher: a program that runs what follows its arguments; empty starts the binary itself.
  init(_ system: String, launcher: [String] = []) throws {
    self.launcher = launcher
    var template = Array("/tmp/midwatch-shop-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try ("title: Shop\n" + system).write(toFile: folder + "/system.yaml", atomically: true, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var environment: [String: String] {
    [
      "PATH": "/usr/lib/nagios/plugins:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/nonexistent",
      "LANG": "C.UTF-8", "LOGNAME": "ops1",
      "TZ": "UTC", "SWIFT_BACKTRACE": "enable=no", "MIDWATCH_STATE": path + "/state",
      "MIDWATCH_PLAYBOOKS": path + "/playbooks", "XDG_CONFIG_HOME": path + "/config",
    ]
  }

  func run(_ arguments: String...) throws -> Child.Outcome {
    let words = launcher + [Self.binary] + arguments
    return try Child.run(words[0], Array(words.dropFirst()), environment: environment, in: path)
  }

  func trust(location: SourceLocation = #_sourceLocation) throws {
    let outcome = try run("trust", "--yes", folder)
    try #require(outcome.status == 0, "\(outcome.err)", sourceLocation: location)
  }

  /// One poll of every endpoint, or what the agent on this journal knows.
  func rows(location: SourceLocation = #_sourceLocation) throws -> [String: Row] {
    struct Document: Decodable {
      struct System: Decodable { let endpoints: [Row] }
      let systems: [System]
    }
    let outcome = try run("check", "--format", "json")
    let document = try? JSONDecoder().decode(Document.self, from: Data(outcome.out.utf8))
    let systems = try #require(
      document?.systems, "\(outcome.status) \(outcome.err) \(outcome.out.prefix(2000))",
      sourceLocation: location)
    return Dictionary(systems.flatMap(\.endpoints).map { ($0.name, $0) }) { first, _ in first }
  }

  /// The series that an expression finds, with their values, after one poll of every endpoint.
  func series(_ expression: String, location: SourceLocation = #_sourceLocation) throws -> [String: Double] {
    struct Document: Decodable {
      struct Chart: Decodable { let lines: [Line] }
      struct Line: Decodable {
        let name: String
        let values: [Double?]
      }
      let chart: Chart
    }
    let outcome = try run("query", expression, "shop", "--samples", "1", "--format", "json")
    let document = try? JSONDecoder().decode(Document.self, from: Data(outcome.out.utf8))
    let lines = try #require(
      document?.chart.lines, "\(outcome.err) \(outcome.out.prefix(2000))", sourceLocation: location)
    return Dictionary(lines.compactMap { line in line.values.last.flatMap { $0 }.map { (line.name, $0) } }) {
      first, _ in first
    }
  }

  /// Starts `midwatch agent` over the folder, and returns where it listens.
  func agent(location: SourceLocation = #_sourceLocation) throws -> (child: Child, address: String) {
    let log = path + "/agent.log"
    let child = try Child(
      Self.binary, ["agent", "--listen", "127.0.0.1:0"], environment: environment, in: path,
      files: (out: path + "/agent.out", err: log))
    let address = try Condition.wait(for: "the agent to listen", location: location) {
      let text = String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
      return text.firstMatch(of: /listening on (http:\/\/[0-9.:]+)/).map { String($0.1) }
    }
    return (child, address)
  }

  /// Waits until an endpoint is in a state, and its reason or remark says something.
  func wait(
    for name: String, _ state: String, _ says: String = "", location: SourceLocation = #_sourceLocation
  ) throws {
    var last: Row?
    do {
      _ = try Condition.wait(for: "\(name) to be \(state) \(says)", location: location) {
        last = try rows(location: location)[name]
        let words = [last?.reason, last?.remark].compactMap { $0 }.joined(separator: " ")
        return last?.state == state && (says.isEmpty || words.contains(says)) ? true : nil
      }
    } catch {
      Issue.record("it is \(String(describing: last))", sourceLocation: location)
      throw error
    }
  }

  /// Waits until the agent answers a query with a line that ends so; empty waits for no answer at all.
  func wait(query: String, _ ending: String, location: SourceLocation = #_sourceLocation) throws {
    var last = ""
    do {
      _ = try Condition.wait(for: "\(query) to be \(ending)", location: location) {
        last = try run("query", query, "shop").out
        return (ending.isEmpty ? last.isEmpty : last.hasSuffix(ending + "\n")) ? true : nil
      }
    } catch {
      Issue.record("it is \(last)", sourceLocation: location)
      throw error
    }
  }
}
