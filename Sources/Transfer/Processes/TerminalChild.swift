internal import CTransfer
internal import Glibc
internal import Values
package import Wire

/// A process that has the terminal: it leads the group that the terminal obeys, and is ours to wait for.
///
/// Whatever becomes of it, ``end()`` gives the terminal back to our own group.
package final class TerminalChild {
  package enum State: Equatable, Sendable {
    case running
    /// It stopped itself, or was stopped by a key; it waits to be continued.
    case stopped
    case ended(ProcessEnd.Ending)
  }

  private let number: pid_t
  private let terminal: Int32
  /// Readable once it has ended; -1 where the kernel has no such thing.
  package let life: Int32
  private var ending: ProcessEnd.Ending?

  private init(_ number: pid_t, terminal: Int32) {
    self.number = number
    self.terminal = terminal
    life = ctransfer_pidfd(number)
  }

  deinit {
    end()
    if life >= 0 { close(life) }
  }

  /// Starts it with every signal as a program expects it and no descriptor but the first three.
  ///
  /// - Parameter terminal: a descriptor of the controlling terminal, which obeys our group now.
  /// - Throws: why it was not started, as a phrase that names the program; the terminal is ours again then.
  package static func start(_ request: ProcessRequest, on terminal: Int32) throws(Failure) -> TerminalChild {
    guard let program = request.words.first, !program.isEmpty else {
      throw Failure(.unable, reason: "the command has no words")
    }
    guard let arguments = CTexts(request.words.map { Array($0.utf8) }),
      let environment = CTexts(ChildEnvironment(request).entries),
      request.directory?.utf8.contains(0) != true
    else {
      let name = Inert.terminal(program)
      throw Failure(.unable, reason: "\(name) cannot be started: a zero byte is among its words or variables")
    }
    var child = pid_t()
    let code = arguments.pointers.withUnsafeBufferPointer { arguments in
      environment.pointers.withUnsafeBufferPointer { environment in
        ctransfer_spawn_foreground(
          &child, program, request.directory, arguments.baseAddress, environment.baseAddress, terminal)
      }
    }
    guard code == 0 else {
      // It may have had the terminal before it failed.
      _ = ctransfer_take_terminal(terminal, getpgrp())
      throw Failure(.unable, reason: Child.refusal(of: program, in: request.directory, code: code))
    }
    return TerminalChild(child, terminal: terminal)
  }

  /// What has become of it; never blocks.
  package func look() -> State {
    if let ending { return .ended(ending) }
    var info = siginfo_t()
    // Left to be reaped, so that its number, which is its group's, stays its own.
    if waitid(P_PID, id_t(number), &info, WEXITED | WNOHANG | WNOWAIT) != 0 {
      return errno == EINTR ? .running : finish(.status(0xFF))
    }
    if info.si_signo == SIGCHLD {
      kill(-number, SIGKILL)
      return finish(reap())
    }
    info = siginfo_t()
    let isStopped = waitid(P_PID, id_t(number), &info, WSTOPPED | WNOHANG) == 0 && info.si_signo == SIGCHLD
    return isStopped ? .stopped : .running
  }

  private func reap() -> ProcessEnd.Ending {
    var status: Int32 = 0
    while waitpid(number, &status, 0) < 0 {
      guard errno == EINTR else { return .status(0xFF) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .status(Int(status >> 8) & 0xFF) : .signal(Int(signal))
  }

  private func finish(_ ending: ProcessEnd.Ending) -> State {
    self.ending = ending
    return .ended(ending)
  }

  /// Gives it the terminal again and lets it go on.
  package func resume() {
    guard ending == nil else { return }
    _ = ctransfer_take_terminal(terminal, number)
    kill(-number, SIGCONT)
  }

  /// To it and to its process group.
  package func signal(_ signal: Int32) {
    guard ending == nil else { return }
    kill(-number, signal)
    // One that was stopped would never hear of it.
    if signal != SIGKILL { kill(-number, SIGCONT) }
  }

  /// Takes the terminal back; kills it and what it has in its group, for nobody else may write on our screen.
  package func end() {
    _ = ctransfer_take_terminal(terminal, getpgrp())
    guard ending == nil else { return }
    kill(-number, SIGKILL)
    ending = reap()
  }
}
