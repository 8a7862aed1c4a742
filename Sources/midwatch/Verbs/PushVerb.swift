import ArgumentParser
import Foundation
import Host
import Incidents
import Transfer
import Values
import Watch

struct PushVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Push a heartbeat, or a page of metrics, to an endpoint of the engine.",
    discussion: """
      For endpoints of the kind `push:`. It goes to the engine that runs on the journal, through the socket beside it; \
      nothing is recorded. It prints nothing when all is well, so it can stand at the end of a job.
      """)

  @OptionGroup var options: StateOptions
  @Option(
    help: ArgumentHelp("A page in Prometheus' text format, - for standard input.", valueName: "file"))
  var file: String?
  @Flag(name: .customLong("openmetrics"), help: "The page is in the OpenMetrics format.") var isOpenMetrics =
    false
  @Argument(help: "The system.") var system: String
  @Argument(help: "The endpoint.") var endpoint: String

  /// How long the engine may take to answer.
  private static let patience = Span.seconds(10)

  func run() throws {
    try Standard.telling {
      let body = try file.map(read) ?? []
      let news = Mailbox<EngineClient.News>()
      guard
        let client = EngineClient(path: options.folder.socket, subscribe: false, hear: { news.post($0) })
      else {
        throw Refusal(
          "No engine runs on \(options.folder.path); start `midwatch agent`, or open the console.")
      }
      defer { client.stop() }
      client.send(
        .push(
          .init(
            id: 1, system: system, endpoint: endpoint,
            type: isOpenMetrics ? "application/openmetrics-text" : nil, body: body)))
      let limit = Clock.steady() + Self.patience
      while Clock.steady() < limit {
        _ = news.wait(timeout: .milliseconds(100))
        for item in news.drain() {
          switch item {
          case .answer(let answer):
            if let refused = answer.refused { throw Refusal(refused) }
            return
          case .lost:
            throw Refusal("The engine went away, or is of a version that nothing can be pushed to.")
          case .hello, .snapshot, .figures, .traced: break
          }
        }
      }
      throw Refusal("The engine did not answer in \(Self.patience.short).")
    }
  }

  private func read(_ path: String) throws -> [UInt8] {
    let most = PushBoard.maximumBytes
    guard let handle = path == "-" ? .standardInput : FileHandle(forReadingAtPath: path) else {
      throw Refusal("\(path) cannot be read.")
    }
    var data = Data()
    while data.count <= most, let more = try handle.read(upToCount: most + 1 - data.count), !more.isEmpty {
      data += more
    }
    guard data.count <= most else { throw Refusal("\(path) is longer than \(most) bytes.") }
    return Array(data)
  }
}
