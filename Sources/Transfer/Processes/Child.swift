internal import CTransfer
internal import Glibc
internal import Values
internal import Wire

/// A process that was started and is ours to reap, with the ends of its outputs that we read.
///
/// It leads a session and a process group of its own, whose number is its own and nobody else's until it is
/// reaped.
final class Child {
  let number: pid_t
  /// Readable once it has ended; -1 where the kernel has no such thing, and ``hasEnded`` must be asked.
  private(set) var life: Int32
  private(set) var output: Int32
  private(set) var errors: Int32
  private var isReaped = false

  enum Stream: Sendable { case output, errors }

  init(number: pid_t, output: Int32, errors: Int32) {
    self.number = number
    self.output = output
    self.errors = errors
    life = ctransfer_pidfd(number)
  }

  /// One that is still there is killed.
  deinit {
    if !isReaped {
      kill(-number, SIGKILL)
      _ = reap()
    }
    closeStreams()
  }

  /// Takes what waits, at most `limit` bytes. Nil once nothing more will come, and then its descriptor is gone.
  func read(_ stream: Stream, limit: Int = 64 << 10) -> [UInt8]? {
    let descriptor = stream == .output ? output : errors
    guard descriptor >= 0 else { return nil }
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, used in
      repeat {
        count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      } while count < 0 && errno == EINTR
      used = max(0, count)
    }
    if count > 0 || count < 0 && errno == EAGAIN { return bytes }
    close(stream)
    return nil
  }

  func close(_ stream: Stream) {
    switch stream {
    case .output:
      if output >= 0 { Glibc.close(output) }
      output = -1
    case .errors:
      if errors >= 0 { Glibc.close(errors) }
      errors = -1
    }
  }

  func closeStreams() {
    close(.output)
    close(.errors)
    if life >= 0 { Glibc.close(life) }
    life = -1
  }

  /// Whether it has ended; it stays to be reaped.
  var hasEnded: Bool {
    var info = siginfo_t()
    while true {
      guard waitid(P_PID, id_t(number), &info, WEXITED | WNOHANG | WNOWAIT) != 0 else {
        return info.si_signo == SIGCHLD
      }
      guard errno == EINTR else { return true }
    }
  }

  /// To it and to everything in its process group.
  func signal(_ signal: Int32) {
    guard !isReaped else { return }
    kill(-number, signal)
  }

  /// Takes its ending from the system; blocks unless it ``hasEnded``.
  func reap() -> ProcessEnd.Ending {
    var status: Int32 = 0
    isReaped = true
    while waitpid(number, &status, 0) < 0 {
      // Somebody else took it: there is nothing left to know.
      guard errno == EINTR else { return .status(0xFF) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .status(Int(status >> 8) & 0xFF) : .signal(Int(signal))
  }

  /// Not ours to wait for any longer: nothing ended it, not even a kill.
  func abandon() {
    isReaped = true
    closeStreams()
  }
}
