import Foundation
import Host
import Transfer
import Values
import Watch

/// What a running engine says of itself, asked over its socket.
struct EngineReport: Encodable {
  let version: String
  let pid: Int32
  let epoch: Int64
  let figures: EngineFigures

  /// How long an engine may take to answer.
  private static let patience = Span.seconds(5)

  /// Nil when no engine listens at `socket`, or it does not answer in time.
  static func ask(_ socket: String) -> EngineReport? {
    let news = Mailbox<EngineClient.News>()
    guard let client = EngineClient(path: socket, subscribe: false, hear: { news.post($0) }) else {
      return nil
    }
    defer { client.stop() }
    client.send(.figures(nil))
    let limit = Clock.steady() + patience
    var hello: EngineMessage.Hello?
    while Clock.steady() < limit {
      _ = news.wait(timeout: .milliseconds(100))
      for item in news.drain() {
        switch item {
        case .hello(let word): hello = word
        case .figures(let figures):
          guard let hello else { return nil }
          return EngineReport(version: hello.version, pid: hello.pid, epoch: hello.epoch, figures: figures)
        case .lost: return nil
        case .snapshot, .answer, .traced: break
        }
      }
    }
    return nil
  }

  /// One row for the process, one for each system, one for each rule group.
  var rows: [[String]] {
    var used: [String] = ["process \(pid)", "epoch \(epoch)", "midwatch \(version)"]
    if let bytes = figures.resident { used.append("\(bytes >> 20) MiB resident") }
    if let seconds = figures.processor {
      used.append("\(Span(milliseconds: Instant(seconds: seconds).milliseconds).short) of processor")
    }
    var rows = [["engine", used.joined(separator: ", ")]]
    for system in figures.systems {
      rows.append([
        "  \(system.system)",
        "\(system.endpoints) endpoints, \(system.answers) answers, \(system.series) series, "
          + "\(system.appended) samples" + (system.skipped.map { ", \($0) polls skipped" } ?? ""),
      ])
      for group in system.groups {
        let took = group.took.map { String(format: "%.2f ms", $0 * 1000) } ?? "not yet"
        rows.append([
          "    \(group.name)",
          "\(group.rules) rules every \(group.every.short), last took \(took), \(group.evaluations) evaluations, "
            + "\(group.missed) missed",
        ])
      }
    }
    return rows
  }
}
