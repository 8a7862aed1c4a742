internal import Glibc
internal import Values
internal import Wire

/// One process under way: what it said so far, and how its end is brought about.
struct ProcessRun {
  /// How far its end has been asked for.
  enum Stage {
    case running
    case asked
    case killed
  }

  let id: TransferID
  let child: Child
  private let request: ProcessRequest
  private let listener: Processes.Listener?
  private let started: SuspendingClock.Instant
  private var stage = Stage.running
  /// When the next stage begins, unless it ends before.
  private(set) var deadline: SuspendingClock.Instant?
  private(set) var isCancelled = false
  private var isLate = false
  private var isCut = false
  private var output: [UInt8] = []
  private var errors: [UInt8] = []
  /// Its listener has had enough for now.
  private(set) var isHeld = false

  /// What a kill does not end by then waits for a disk or a driver, and may do so for ever.
  private static let patienceAfterKill = Duration.seconds(5)

  init(
    _ request: ProcessRequest, id: TransferID, listener: Processes.Listener?, at now: SuspendingClock.Instant
  ) throws(Failure) {
    child = try Child.start(request)
    self.id = id
    self.request = request
    self.listener = listener
    started = now
    if request.timeout < ProcessRequest.unlimited {
      deadline = now + .milliseconds(request.timeout.milliseconds)
    }
  }

  var isUnlimited: Bool { request.timeout == ProcessRequest.unlimited }

  /// Takes what it wrote. Bounded, so that one that writes without end does not keep the others waiting.
  mutating func read() {
    for stream in [Child.Stream.output, .errors] where !isHeld {
      guard let bytes = child.read(stream), !bytes.isEmpty else { continue }
      take(bytes, isError: stream == .errors)
    }
  }

  /// Takes what is in the pipes once it has ended. What others write into them later is not its own.
  mutating func readRest() {
    // As much as a pipe holds at most (fcntl(2), F_SETPIPE_SZ).
    for stream in [Child.Stream.output, .errors] {
      var left = 1 << 20
      while left > 0, let bytes = child.read(stream), !bytes.isEmpty {
        left -= bytes.count
        take(bytes, isError: stream == .errors)
      }
    }
  }

  private mutating func take(_ bytes: [UInt8], isError: Bool) {
    if let listener, !listener(Processes.Chunk(id: id, isError: isError, bytes: bytes)) { isHeld = true }
    let room = max(0, request.outputLimit - (isError ? errors.count : output.count))
    isCut = isCut || bytes.count > room
    if isError { errors += bytes.prefix(room) } else { output += bytes.prefix(room) }
  }

  mutating func resume() { isHeld = false }

  mutating func cancel(at now: SuspendingClock.Instant) {
    isCancelled = true
    if stage == .running { ask(at: now) }
  }

  /// Goes on to the next stage. False when there is none left: it cannot be ended.
  mutating func advance(at now: SuspendingClock.Instant) -> Bool {
    switch stage {
    case .running:
      isLate = true
      ask(at: now)
    case .asked:
      stage = .killed
      child.signal(SIGKILL)
      deadline = now + Self.patienceAfterKill
    case .killed: return false
    }
    return true
  }

  private mutating func ask(at now: SuspendingClock.Instant) {
    stage = .asked
    child.signal(SIGTERM)
    // One that was stopped would never hear of it.
    child.signal(SIGCONT)
    deadline = now + .milliseconds(max(0, request.grace.milliseconds))
  }

  /// Its end, once it has ended; reaps it.
  mutating func finish(at now: SuspendingClock.Instant) -> Result<ProcessEnd, Failure> {
    readRest()
    if stage != .running || !request.leavesOthers { child.signal(SIGKILL) }
    var end = ProcessEnd(child.reap())
    child.closeStreams()
    if isCancelled, !request.tellsCancelledEnd {
      return .failure(Failure(.cancelled, reason: "cancelled"))
    }
    end.isCancelled = isCancelled
    end.isLate = isLate
    end.output = output
    end.errors = errors
    end.isCut = isCut
    end.took = took(at: now)
    return .success(end)
  }

  /// What is told of one that nothing ends.
  func giveUp(at now: SuspendingClock.Instant) -> Result<ProcessEnd, Failure> {
    child.abandon()
    if isCancelled { return .failure(Failure(.cancelled, reason: "cancelled")) }
    let program = Inert.terminal(request.words.first ?? "")
    return .failure(
      Failure(.timeout, reason: "\(program) (process \(child.number)) did not even end when it was killed"))
  }

  private func took(at now: SuspendingClock.Instant) -> Span {
    let (seconds, attoseconds) = (now - started).components
    return .seconds(seconds) + .milliseconds(attoseconds / 1_000_000_000_000_000)
  }
}
