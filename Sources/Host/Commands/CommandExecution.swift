import Crypto
import Playbooks
import Transfer
import Values
import Watch
import Wire

/// One command under way: what it wrote so far, and how it ended at last. Belongs to the thread of the commands.
final class CommandExecution {
  let order: CommandOrder
  let began: Uptime
  /// The process, and what it has written since we looked; nil between two tries of a check.
  private(set) var process: (id: TransferID, buffer: CommandBuffer)?
  /// Why it is being ended; nil while nobody asked for that.
  private(set) var asked: CommandFinished.Cause?
  private(set) var check: CheckLoop?
  private(set) var toldAt: Uptime?
  /// Whether something was not told yet.
  private(set) var hasNews = true

  private let folder: OutputFolder
  private var output: CommandOutput
  private var hash = SHA256()
  private var written = 0
  private var spill: OutputSpill?
  private var left: LeftBehind?
  private var heard: Instant
  private var lastTry: String?

  /// What is written to memory alone. Less than memory keeps, so that a file that is begun then has all of it.
  private static let withoutFile = 64 << 10
  private static let slice = 64 << 10

  /// - Parameter steady: what a check counts its pauses by.
  init(_ order: CommandOrder, folder: OutputFolder, wall: Instant, uptime: Uptime) {
    self.order = order
    self.folder = folder
    began = uptime
    heard = wall
    output = CommandOutput(masking: order.plan.secrets)
    if order.mode == .check {
      check = CheckLoop(
        every: order.plan.every, for: order.plan.repeatsFor, at: Instant(milliseconds: uptime.milliseconds))
    }
  }

  /// Lets a check decide; nil when there is nothing to do now.
  func advance(_ input: CheckLoop.Input, at now: Uptime) -> CheckLoop.Effect? {
    check?.receive(input, at: Instant(milliseconds: now.milliseconds))
  }

  /// When a check is tried next.
  var nextTry: Uptime? { check?.nextDeadline.map { Uptime(milliseconds: $0.milliseconds) } }

  /// A process to start; a later try begins with nothing of an earlier one.
  func begin(as id: TransferID, _ shell: CommandShell, grace: Span, wall: Instant) -> (
    ProcessRequest, CommandBuffer
  ) {
    forget()
    left = LeftBehind(of: order.id, in: folder)
    let call = shell.call(for: order, left: left?.path)
    var request = ProcessRequest(words: call.words)
    request.directory = order.plan.directory
    request.environment = call.environment
    request.withheld = call.withheld
    request.timeout = order.mode == .background ? ProcessRequest.unlimited : order.plan.timeout
    request.grace = grace
    request.outputLimit = 0
    request.tellsCancelledEnd = true
    let buffer = CommandBuffer()
    process = (id, buffer)
    heard = wall
    hasNews = true
    return (request, buffer)
  }

  private func forget() {
    spill?.remove()
    spill = nil
    left = nil
    output = CommandOutput(masking: order.plan.secrets)
    hash = SHA256()
    written = 0
  }

  func ask(_ cause: CommandFinished.Cause) { asked = asked ?? cause }

  /// Takes what waits. Returns whether its reading has to be resumed.
  func read(wall: Instant) -> Bool {
    guard let (pieces, wasFull) = process?.buffer.drain() else { return false }
    for piece in pieces {
      var rest = piece.bytes[...]
      while !rest.isEmpty {
        take(output.receive(Array(rest.prefix(Self.slice)), isError: piece.isError))
        rest = rest.dropFirst(Self.slice)
      }
    }
    if !pieces.isEmpty {
      heard = wall
      hasNews = true
    }
    return wasFull
  }

  private func take(_ text: String) {
    guard !text.isEmpty else { return }
    if order.plan.keepsOutput, spill == nil, written + text.utf8.count > Self.withoutFile {
      spill = OutputSpill(of: order.id, in: folder)
      // The text is already among what memory has.
      spill?.append(output.text)
    } else {
      spill?.append(text)
    }
    written += text.utf8.count
    var text = text
    text.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
  }

  /// What is told of it now.
  func news(at now: Uptime) -> CommandNews {
    toldAt = now
    hasNews = false
    var news = CommandNews(id: order.id, output: output, heard: heard)
    news.tries = max(1, check?.tries ?? 1)
    news.lastTry = lastTry
    return news
  }

  /// Its process has ended: reads the rest, and says how it ended, for now.
  func end(_ result: Result<ProcessEnd, Failure>, wall: Instant, at now: Uptime) -> CommandReport {
    _ = read(wall: wall)
    take(output.finish())
    process = nil
    hasNews = true
    var report = CommandReport(id: order.id)
    report.took = now - began
    report.lines = output.lines
    report.isTruncated = output.isTruncated
    report.tries = check?.tries
    switch result {
    case .failure(let failure) where failure.kind == .cancelled: report.cause = asked ?? .closed
    case .failure(let failure):
      report.cause = failure.kind == .timeout ? .timeout : .unable
      report.reason = failure.reason.prefix(1).uppercased() + failure.reason.dropFirst() + "."
    case .success(let end): judge(end, &report)
    }
    guard report.cause != .unable else { return report }
    keepOutput(in: &report)
    lastTry = report.phrase
    return report
  }

  /// How one ended that had no process at the time.
  func endWithoutProcess(_ cause: CommandFinished.Cause, reason: String? = nil, at now: Uptime)
    -> CommandReport
  {
    hasNews = true
    var report = CommandReport(id: order.id)
    report.took = now - began
    report.cause = cause
    report.reason = reason
    report.tries = check?.tries
    report.lines = output.lines
    report.isTruncated = output.isTruncated
    if cause != .unable { keepOutput(in: &report) }
    return report
  }

  private func judge(_ end: ProcessEnd, _ report: inout CommandReport) {
    switch end.ending {
    case .status(let status):
      report.exit = status
      (report.succeeded, report.meaning) = order.plan.judge(status)
    case .signal(let number): report.signal = ProcessEnd.name(ofSignal: number)
    }
    if end.isCancelled {
      report.cause = asked ?? .closed
    } else if end.isLate {
      report.cause = .timeout
    }
    if report.cause != nil { report.succeeded = false }
    // What a secret was printed by may hold it in its variables as well.
    guard order.plan.keepsOutput else { return }
    if let found = left?.read(keeping: order.plan.keep, secrets: order.plan.secrets) {
      (report.directory, report.kept) = found
    }
  }

  private func keepOutput(in report: inout CommandReport) {
    report.digest = hash.finalize().hex
    guard order.plan.keepsOutput else { return }
    report.output = Array(output.text.utf8)
    report.sha256 = SHA256.hash(data: report.output).hex
    guard spill != nil else { return }
    if output.isTruncated {
      report.file = "\(OutputFolder.name)/\(order.id).txt"
      report.reason = report.reason ?? spill?.trouble
    } else {
      spill?.remove()
      spill = nil
    }
  }
}

extension Digest {
  /// Lower-case hexadecimal.
  var hex: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
