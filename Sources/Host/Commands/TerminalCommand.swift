import Glibc
import Playbooks
import Transfer
import Values
import Watch
import Wire

/// A command that has the responder's terminal until it ends. Nothing of its output is kept.
///
/// Blocks the thread that asks; that of the screen, which has nothing to draw on meanwhile.
struct TerminalCommand {
  let order: CommandOrder
  let folder: OutputFolder
  private let shell = CommandShell.ours
  private let terminal = STDIN_FILENO

  init(order: CommandOrder, folder: OutputFolder) {
    self.order = order
    self.folder = folder
  }

  /// After having been asked to end.
  private static let grace = Span.seconds(2)
  /// How often a stop is looked for, which no descriptor tells of.
  private static let tick = Span.milliseconds(100)
  /// One that goes on stopping itself wants something that it does not get.
  private static let mostStops = 50

  /// - Parameters:
  ///   - watched: descriptors that end the sleep when they can be read.
  ///   - meanwhile: called now and then; false asks the command to end.
  func run(watching watched: [Int32], meanwhile: () -> Bool) -> CommandReport {
    let began = Clock.steady()
    var modes = termios()
    let hasModes = tcgetattr(terminal, &modes) == 0
    var report = CommandReport(id: order.id)
    let left = LeftBehind(of: order.id, in: folder)
    let call = shell.call(for: order, left: left?.path, hasTerminal: true)
    var request = ProcessRequest(words: call.words)
    request.directory = order.plan.directory
    request.environment = call.environment
    request.withheld = call.withheld
    print("\r\n── \(Inert.terminal(order.plan.step)) has the terminal: \(Self.summary(order)) ──")
    do throws(Failure) {
      let child = try TerminalChild.start(request, on: terminal)
      wait(for: child, watching: watched, &report, meanwhile: meanwhile)
      child.end()
      if let found = left?.read(keeping: order.plan.keep, secrets: order.plan.secrets), order.plan.keepsOutput
      {
        (report.directory, report.kept) = found
      }
    } catch {
      report.cause = .unable
      report.reason = error.reason.prefix(1).uppercased() + error.reason.dropFirst() + "."
    }
    if hasModes { tcsetattr(terminal, TCSANOW, &modes) }
    report.took = Clock.steady() - began
    letRead(report, modes: hasModes ? modes : nil, watching: watched, meanwhile: meanwhile)
    return report
  }

  private func wait(
    for child: TerminalChild, watching watched: [Int32], _ report: inout CommandReport, meanwhile: () -> Bool
  ) {
    var stops = 0
    var isAsked = false
    var killed: Uptime?
    while true {
      switch child.look() {
      case .ended(let ending):
        judge(ending, &report)
        return
      case .stopped:
        stops += 1
        if stops <= Self.mostStops { child.resume() } else { isAsked = true }
      case .running: break
      }
      if !meanwhile() { isAsked = true }
      if isAsked, killed == nil {
        report.cause = stops > Self.mostStops ? .cancelled : .closed
        child.signal(SIGHUP)
        child.signal(SIGTERM)
        killed = Clock.steady() + Self.grace
      } else if let killed, killed <= Clock.steady() {
        child.signal(SIGKILL)
      }
      Self.sleep(on: [child.life] + watched, for: Self.tick)
    }
  }

  private func judge(_ ending: ProcessEnd.Ending, _ report: inout CommandReport) {
    switch ending {
    case .status(let status):
      report.exit = status
      (report.succeeded, report.meaning) = order.plan.judge(status)
    case .signal(let number): report.signal = ProcessEnd.name(ofSignal: number)
    }
    if report.cause != nil { report.succeeded = false }
  }

  /// Leaves the output on the screen until a key is pressed.
  private func letRead(
    _ report: CommandReport, modes: termios?, watching watched: [Int32], meanwhile: () -> Bool
  ) {
    guard report.cause != .closed, var raw = modes else { return }
    print("\r── \(report.phrase) after \(report.took.short); press a key to go back ──")
    let before = raw
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(terminal, TCSAFLUSH, &raw)
    defer { tcsetattr(terminal, TCSAFLUSH, [before]) }
    while meanwhile() {
      var waiting = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, 0) != 0 { return }
      Self.sleep(on: [terminal] + watched, for: Self.tick)
    }
  }

  private static func sleep(on descriptors: [Int32], for span: Span) {
    var watched = descriptors.filter { $0 >= 0 }.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    poll(&watched, nfds_t(watched.count), Int32(clamping: span.milliseconds))
  }

  private static func summary(_ order: CommandOrder) -> String {
    let lines = Inert.terminalLines(order.plan.text.shown)
    return (lines.first ?? "") + (lines.count > 1 ? " …" : "")
  }

  /// Past any buffer, for a child writes to the same terminal.
  private func print(_ line: String) {
    var text = line + "\r\n"
    text.withUTF8 { bytes in
      _ = write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}
