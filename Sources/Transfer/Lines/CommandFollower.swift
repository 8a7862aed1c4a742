internal import Synchronization
internal import Values
internal import Wire

/// Keeps a command running and hands out the lines that it prints. One that ends is started again, later and
/// later; while its lines wait for being asked for and fill their room, it is not read, and so waits as well.
struct CommandFollower {
  /// What the thread of the processes leaves for us.
  private final class Buffer: Sendable {
    struct Contents {
      var output: [UInt8] = []
      /// The end of what it wrote to standard error.
      var errors: [UInt8] = []
      var isFull = false
      var end: Result<ProcessEnd, Failure>?
    }

    let contents = Mutex(Contents())
    let limit: Int

    init(limit: Int) { self.limit = limit }

    /// Whether more is wanted.
    func take(_ chunk: Processes.Chunk) -> Bool {
      contents.withLock { contents in
        guard !chunk.isError else {
          contents.errors = Array((contents.errors + chunk.bytes).suffix(4096))
          return true
        }
        contents.output += chunk.bytes
        contents.isFull = contents.output.count >= limit
        return !contents.isFull
      }
    }
  }

  let request: ProcessRequest
  private let limit: Int
  private let lineLimit: Int
  private let buffer: Buffer
  private var run: TransferID?
  private var started: SuspendingClock.Instant?
  private var isSkipping = false
  /// Ends in a row that came soon.
  private var shortRuns = 0
  private var startsAgain: SuspendingClock.Instant?
  private var trouble: String?

  private static let shortest = Duration.seconds(1)
  private static let longest = Duration.seconds(300)
  /// One that ran for so long begins with a short wait again.
  private static let longRun = Duration.seconds(60)

  init(_ request: ProcessRequest, limit: Int, lineLimit: Int) {
    var request = request
    request.timeout = ProcessRequest.unlimited
    request.outputLimit = 0
    self.request = request
    self.limit = max(1, limit)
    self.lineLimit = max(1, lineLimit)
    buffer = Buffer(limit: self.limit)
  }

  /// What it printed since the last look.
  ///
  /// - Parameter next: gives a new id for a run.
  mutating func look(
    in processes: Processes, at now: SuspendingClock.Instant, next: () -> TransferID
  ) -> (lines: [UInt8], gain: LineGain) {
    let (output, errors, wasFull, end) = buffer.contents.withLock { contents in
      defer {
        contents.output = []
        contents.isFull = false
        contents.end = nil
      }
      return (contents.output, contents.errors, contents.isFull, contents.end)
    }
    var cutter = LineCutter(limit: lineLimit)
    cutter.isSkipping = isSkipping
    let rest = Array(output.dropFirst(cutter.take(output)))
    if let end {
      cutter.takeRest(rest)
      finish(end, errors: errors, at: now)
    } else {
      // Before what came meanwhile.
      buffer.contents.withLock { $0.output = rest + $0.output }
      if wasFull, let run { processes.resume(run) }
    }
    isSkipping = cutter.isSkipping
    var gain = LineGain()
    gain.cut = cutter.cut
    if run == nil, startsAgain.map({ $0 <= now }) ?? true { start(in: processes, at: now, id: next()) }
    gain.trouble = trouble
    // Told once, unless it still waits to be started.
    if run != nil { trouble = nil }
    return (cutter.lines, gain)
  }

  func stop(in processes: Processes) {
    if let run { processes.cancel(run) }
  }

  /// What the thread of the processes tells of an end; false when that was no run of this one.
  func receive(_ end: Result<ProcessEnd, Failure>, of id: TransferID) -> Bool {
    guard id == run else { return false }
    buffer.contents.withLock { $0.end = end }
    return true
  }

  private mutating func start(in processes: Processes, at now: SuspendingClock.Instant, id: TransferID) {
    let buffer = buffer
    run = id
    started = now
    buffer.contents.withLock { $0.errors = [] }
    processes.start(request, id: id) { buffer.take($0) }
  }

  private mutating func finish(
    _ end: Result<ProcessEnd, Failure>, errors: [UInt8], at now: SuspendingClock.Instant
  ) {
    let ran = started.map { now - $0 } ?? .zero
    shortRuns = ran >= Self.longRun ? 0 : min(shortRuns + 1, 20)
    let wait = shortRuns == 0 ? .zero : min(Self.longest, Self.shortest * (1 << (shortRuns - 1)))
    (run, startsAgain) = (nil, now + wait)
    let program = Inert.terminal(request.words.first ?? "")
    switch end {
    case .failure(let failure): trouble = failure.reason
    case .success(let end):
      let last = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline).last ?? ""
      trouble =
        "\(program) \(end.phrase)" + (last.isEmpty ? "" : ": \(Inert.terminal(String(last.prefix(200))))")
    }
  }
}
