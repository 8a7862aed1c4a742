import Transfer
import Values
import Wire

/// A command that prints a secret: run without a shell, in a session of its own, with nothing to read.
struct SecretCommand {
  private let words: [String]
  private let program: String

  /// Between being asked to end and being killed.
  private static let grace = Span.seconds(1)
  /// More output than this is read and thrown away.
  private static let maximumBytes = 64 << 10
  /// How often it is asked whether to go on.
  private static let tick = Span.milliseconds(10)

  init(_ words: [String]) {
    self.words = words
    program = words.first ?? ""
  }

  /// What it wrote to standard output. Blocks until it has ended; when it has to be ended, so is everything
  /// that it started in its session's process group.
  func run(for patience: Duration, isCancelled: () -> Bool) throws(SecretFailure) -> [UInt8] {
    var request = ProcessRequest(words: words)
    let (seconds, attoseconds) = patience.components
    request.timeout = .seconds(seconds) + .milliseconds(attoseconds / 1_000_000_000_000_000)
    request.grace = Self.grace
    request.outputLimit = Self.maximumBytes
    // An agent that it starts for the next time may stay.
    request.leavesOthers = true
    let ends = Mailbox<Result<ProcessEnd, Failure>>()
    let processes = Processes { ends.post($1) }
    defer { processes.stop() }
    let id = TransferID(1)
    processes.start(request, id: id)
    var isEnding = false
    while true {
      if let end = ends.drain().first { return try judge(end, of: request) }
      if !isEnding, isCancelled() {
        isEnding = true
        processes.cancel(id)
      }
      _ = ends.wait(timeout: Self.tick)
    }
  }

  private func judge(
    _ result: Result<ProcessEnd, Failure>, of request: ProcessRequest
  ) throws(SecretFailure) -> [UInt8] {
    switch result {
    case .failure(let failure) where failure.kind == .cancelled:
      throw SecretFailure("\(program) was ended", remedy: "run it by hand to see what it waits for")
    case .failure(let failure):
      throw SecretFailure(failure.reason, remedy: "check its path and mode")
    case .success(let end) where end.isLate:
      throw SecretFailure(
        "\(program) did not end in \(request.timeout.short)",
        remedy: "run it by hand to see what it waits for")
    // What it says on standard error may hold what must not be shown.
    case .success(let end) where end.ending != .status(0):
      throw SecretFailure("\(program) \(end.phrase)", remedy: "run it by hand to see why")
    case .success(let end): return end.output
    }
  }
}
