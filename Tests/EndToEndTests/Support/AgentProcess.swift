import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// An agent in a sandbox, and what it said so far.
final class AgentProcess {
  let child: Child
  private let files: (out: String, err: String)

  init(_ sandbox: Sandbox, _ name: String, _ arguments: [String] = [], environment: [String: String] = [:])
    throws
  {
    files = ("\(sandbox.path)/\(name).out", "\(sandbox.path)/\(name).err")
    child = try Child(
      Binary.path, ["agent"] + arguments,
      environment: Sandbox.clean.merging(sandbox.environment) { $1 }.merging(environment) { $1 }, files: files
    )
  }

  /// What it wrote to standard output: transitions.
  var out: String { text(files.out) }
  /// What it wrote to standard error: its own state.
  var err: String { text(files.err) }

  private func text(_ file: String) -> String {
    String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
  }

  func waitOut(for part: String, location: SourceLocation = #_sourceLocation) throws {
    _ = try Condition.wait(for: "\(part) in \(out) \(err)", location: location) {
      out.contains(part) ? true : nil
    }
  }

  func waitErr(for part: String, location: SourceLocation = #_sourceLocation) throws {
    _ = try Condition.wait(for: "\(part) in \(err)", location: location) { err.contains(part) ? true : nil }
  }

  /// Where it listens: `http://127.0.0.1:40123`.
  func address() throws -> String {
    try waitErr(for: "listening on http://")
    let rest = try #require(err.components(separatedBy: "listening on ").dropFirst().first)
    return String(rest.prefix { !$0.isWhitespace && $0 != "," })
  }

  /// Asks it to end, and returns how it did.
  func end(by signal: Int32 = SIGTERM) -> Int32 {
    kill(child.id, signal)
    return child.wait()
  }
}

/// Requests by a client that is not ours.
enum Web {
  private final class Found: @unchecked Sendable {
    var value: (status: Int, body: String)?
  }

  /// Nil when nobody answers.
  static func ask(
    _ url: String, _ method: String = "GET", headers: [String: String] = [:], body: String? = nil
  ) throws -> (status: Int, body: String)? {
    var request = URLRequest(url: try #require(URL(string: url)))
    request.httpMethod = method
    request.httpBody = body.map { Data($0.utf8) }
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let found = Found()
    let gate = DispatchSemaphore(value: 0)
    URLSession.shared.dataTask(with: request) { data, response, _ in
      if let status = (response as? HTTPURLResponse)?.statusCode {
        found.value = (status, String(decoding: data ?? Data(), as: UTF8.self))
      }
      gate.signal()
    }.resume()
    _ = gate.wait(timeout: .now() + 20)
    return found.value
  }
}
