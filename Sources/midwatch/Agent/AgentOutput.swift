import Foundation
import Values

/// What the agent prints: transitions on standard output, its own state on standard error; with `--format json`
/// both are lines of JSON on standard output, each with its schema.
struct AgentOutput {
  private struct State: Encodable {
    var schema = "midwatch.agent/1"
    let at: Instant
    let state: String
    let epoch: Int64?
    let pid: Int32?
    let text: String
  }

  let format: OutputFormat

  /// - Parameter name: one word for scripts: `polling`, `waiting`, `notice`, `trouble`, `stopped`.
  func state(_ name: String, _ text: String, epoch: Int64? = nil, pid: Int32? = nil, at now: Instant) {
    switch format {
    case .table: write("midwatch: \(now.clockUTC) \(Inert.terminal(text))", to: .standardError)
    case .json:
      print(State(at: now, state: name, epoch: epoch, pid: pid, text: text))
    }
  }

  func print(_ value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return }
    write(String(decoding: data, as: UTF8.self), to: .standardOutput)
  }

  func line(_ text: String) { write(text, to: .standardOutput) }

  /// Whoever reads may be gone; the watch goes on.
  private func write(_ text: String, to handle: FileHandle) {
    try? handle.write(contentsOf: Data((text + "\n").utf8))
  }
}
