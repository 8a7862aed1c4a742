import Foundation
import TestSupport
import Testing

/// A real terminal: tmux on a socket of its own, with the real binary in it.
final class Screen {
  private let socket: String
  private let environment: [String: String]

  /// Starts `command` (words, quoted for the shell) in a terminal of that size.
  init(width: Int, height: Int, environment: [String: String], _ words: [String]) throws {
    socket = "midwatch-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString.prefix(8))"
    self.environment = Sandbox.clean.merging(environment) { $1 }
    let command = words.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }.joined(
      separator: " ")
    let made = try tmux([
      "-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", "\(width)", "-y", "\(height)",
      command + "; printf '\\r\\n[ended with %s]\\r\\n' $?; exec sleep 600",
    ])
    try #require(made.status == 0, "tmux: \(made.err)")
  }

  deinit { _ = try? tmux(["kill-server"]) }

  /// Closes the terminal under whatever runs in it.
  func close() throws { try tmux(["kill-session", "-t", "t"]) }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> Binary.Outcome {
    try Child.run("/usr/bin/env", ["tmux", "-L", socket] + arguments, environment: environment)
  }

  /// What is on the screen, lines without trailing blanks.
  func text() throws -> String { try tmux(["capture-pane", "-p", "-t", "t"]).out }

  /// The same with colours, as escape sequences.
  func styled() throws -> String { try tmux(["capture-pane", "-e", "-p", "-t", "t"]).out }

  /// From now on every byte that the terminal is sent is in that file too.
  func record(to file: String) throws {
    let made = try tmux(["pipe-pane", "-t", "t", "cat > '\(file)'"])
    try #require(made.status == 0, "tmux: \(made.err)")
  }

  /// Keys by tmux's names: `Enter`, `Escape`, `Space`, `C-c`, or single letters.
  func press(_ keys: String...) throws { try tmux(["send-keys", "-t", "t"] + keys) }

  /// Characters as they are.
  func type(_ text: String) throws { try tmux(["send-keys", "-t", "t", "-l", text]) }

  func resize(width: Int, height: Int) throws {
    try tmux(["resize-window", "-t", "t", "-x", "\(width)", "-y", "\(height)"])
  }

  /// Waits until the screen holds `text`; shows the screen when it does not.
  @discardableResult
  func expect(
    _ text: String, seconds: Double = 30, location: SourceLocation = #_sourceLocation
  ) throws -> String {
    var last = ""
    do {
      return try Condition.wait(for: "\"\(text)\" on the screen", seconds: seconds, location: location) {
        last = try self.text()
        return last.contains(text) ? last : nil
      }
    } catch {
      Issue.record("the screen was:\n\(last)", sourceLocation: location)
      throw error
    }
  }

  /// Waits until the screen no longer holds `text`.
  func expectNo(_ text: String, location: SourceLocation = #_sourceLocation) throws {
    _ = try Condition.wait(for: "no \"\(text)\" on the screen", location: location) {
      try self.text().contains(text) ? nil : true
    }
  }

  /// The process that runs in the terminal, below the shell.
  func process(named name: String) throws -> Int32 {
    let shell = try tmux(["display-message", "-p", "-t", "t", "#{pane_pid}"]).out.trimmingCharacters(
      in: .whitespacesAndNewlines)
    return try Condition.wait(for: "a process \(name)") {
      let children = try Child.run(
        "/usr/bin/env", ["pgrep", "-P", shell, "-x", name], environment: environment
      ).out
      return children.split(separator: "\n").first.flatMap { Int32($0) }
    }
  }
}
