import Glibc
import Playbooks
import Values

/// Standard input and output as a conversation: prompts, and one line for each.
final class AnswerReader {
  private let isTerminal = isatty(STDIN_FILENO) == 1
  private var buffer: [UInt8] = []
  private var isAsking = false
  private var hasEnded = false
  private var modes: termios?
  /// False once nobody reads what is printed.
  private(set) var canWrite = true

  /// A line that is longer is cut: nobody types it.
  private static let maximumLine = 64 << 10

  init() {
    // A reader that went away is told by the write.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Lines, inert.
  func print(_ lines: [String]) { write(lines.map { $0 + "\n" }.joined()) }

  func ask(_ prompt: String, isSecret: Bool) {
    write(prompt)
    isAsking = true
    guard isSecret, isTerminal, modes == nil else { return }
    var current = termios()
    guard tcgetattr(STDIN_FILENO, &current) == 0 else { return }
    modes = current
    current.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &current)
  }

  /// Forgets what was typed ahead on a terminal. What comes from a file or a pipe was meant.
  func forget() {
    guard isTerminal else { return }
    buffer = []
    tcflush(STDIN_FILENO, TCIFLUSH)
  }

  func close() { restore() }

  /// Sleeps until a line that was asked for has come, `descriptor` can be read, or the time is over.
  ///
  /// - Parameter milliseconds: nil is for ever.
  func poll(beside descriptor: Int32, for milliseconds: Int64?) -> PlainRun.Input? {
    if isAsking, let line = nextLine() { return answer(line) }
    // Of an output nothing is asked: that nobody reads it any more is told all the same.
    var watched = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: canWrite ? STDOUT_FILENO : -1, events: 0, revents: 0),
      pollfd(fd: isAsking ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
    ]
    let limit = milliseconds.map { Int32(clamping: min($0, 60_000)) } ?? -1
    guard Glibc.poll(&watched, nfds_t(watched.count), limit) > 0 else { return nil }
    if watched[1].revents != 0 { canWrite = false }
    guard watched[2].revents != 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    if count > 0 {
      buffer += bytes.prefix(count)
    } else if count == 0 || errno != EINTR {
      hasEnded = true
    }
    return nextLine().map(answer) ?? (hasEnded ? end() : nil)
  }

  private func nextLine() -> String? {
    if let newline = buffer.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: buffer[..<newline], as: UTF8.self)
      buffer.removeFirst(newline + 1)
      return line
    }
    guard hasEnded && !buffer.isEmpty || buffer.count > Self.maximumLine else { return nil }
    defer { buffer = [] }
    return String(decoding: buffer.prefix(Self.maximumLine), as: UTF8.self)
  }

  private func answer(_ line: String) -> PlainRun.Input {
    isAsking = false
    if restore() || !isTerminal { write("\n") }
    return .answer(line.hasSuffix("\r") ? String(line.dropLast()) : line)
  }

  private func end() -> PlainRun.Input {
    isAsking = false
    restore()
    return .endOfInput
  }

  @discardableResult
  private func restore() -> Bool {
    guard var before = modes else { return false }
    modes = nil
    tcsetattr(STDIN_FILENO, TCSANOW, &before)
    return true
  }

  private func write(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty, canWrite {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR, errno != EAGAIN {
        canWrite = false
      }
    }
  }
}
