import Glibc

/// A command that prints a secret: run without a shell, in a session of its own, with nothing to read.
struct SecretCommand {
  private let words: [String]
  private let program: String

  /// Between being asked to end and being killed.
  private static let grace = Duration.seconds(1)
  /// More output than this is read and thrown away.
  private static let maximumBytes = 64 << 10
  /// How often an end is looked for.
  private static let tick: Int32 = 10

  init(_ words: [String]) {
    self.words = words
    program = words.first ?? ""
  }

  /// What it wrote to standard output. Blocks until it has ended; when it has to be ended, so is everything
  /// that it started in its session's process group.
  func run(for patience: Duration, isCancelled: () -> Bool) throws(SecretFailure) -> [UInt8] {
    let (child, output) = try start()
    defer { close(output) }
    let limit = ContinuousClock.now + patience
    var bytes: [UInt8] = []
    while !hasEnded(child) {
      let isLate = ContinuousClock.now >= limit
      if isLate || isCancelled() {
        end(child, grace: isLate ? Self.grace : .zero)
        throw SecretFailure(
          isLate ? "\(program) did not end in \(patience.components.seconds) s" : "\(program) was ended",
          remedy: "run it by hand to see what it waits for")
      }
      // With its output closed there is nothing to wait for but its end.
      var watched = pollfd(fd: read(output, into: &bytes) ? output : -1, events: Int16(POLLIN), revents: 0)
      poll(&watched, 1, Self.tick)
    }
    _ = read(output, into: &bytes)
    try judge(reap(child))
    return bytes
  }

  private func judge(_ status: Int32) throws(SecretFailure) {
    guard status != 0 else { return }
    let signal = status & 0x7F
    throw SecretFailure(
      signal == 0
        ? "\(program) ended with status \((status >> 8) & 0xFF)" : "\(program) was ended by signal \(signal)",
      remedy: "run it by hand to see why")
  }

  // MARK: The process

  /// `POSIX_SPAWN_SETSID`, which Glibc's module does not import.
  private static let newSession: Int16 = 0x80

  private func start() throws(SecretFailure) -> (child: pid_t, output: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0, let output = ends.first, let input = ends.last else {
      throw SecretFailure("there is no pipe left for \(program)", remedy: "close something")
    }
    defer { close(input) }
    // Neither end is for any child but as its output.
    for end in [output, input] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, input, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Our threads block signals, and we ignore some; a child would inherit both.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Self.newSession | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    let failure = posix_spawnp(&child, program, &actions, &attributes, &arguments, environ)
    guard failure == 0 else {
      close(output)
      throw SecretFailure(
        "\(program) cannot be started: \(String(cString: strerror(failure)))",
        remedy: "check its path and mode")
    }
    return (child, output)
  }

  /// Takes what waits; false once nothing more will come.
  private func read(_ output: Int32, into bytes: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(output, &buffer, buffer.count)
      if count == 0 { return false }
      guard count > 0 else { return errno == EAGAIN || errno == EINTR }
      bytes.append(contentsOf: buffer.prefix(min(count, max(0, Self.maximumBytes - bytes.count))))
    }
  }

  /// Whether it has ended; it stays to be reaped, so that its number is nobody else's yet.
  private func hasEnded(_ child: pid_t) -> Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(child), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_signo == SIGCHLD
  }

  private func reap(_ child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 { if errno != EINTR { return -1 } }
    return status
  }

  /// Ends the whole group: asks first, and kills what is left of it after `grace`.
  private func end(_ child: pid_t, grace: Duration) {
    if grace > .zero {
      kill(-child, SIGTERM)
      let limit = ContinuousClock.now + grace
      while !hasEnded(child), ContinuousClock.now < limit { poll(nil, 0, Self.tick) }
    }
    kill(-child, SIGKILL)
    _ = reap(child)
  }
}
