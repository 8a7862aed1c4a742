import Foundation
import Glibc
import Host
import Incidents
import Simulator
import Values

/// The simulator in a process of its own, which ends with the one that started it.
final class SimulatorProcess {
  let addresses: [String: String]
  private let child: pid_t
  private let lifeline: Int32

  /// Starts `midwatch demo --serve` and waits for its addresses.
  init(_ folder: DemoFolder) throws {
    guard let binary = Places.executable else { throw Refusal("The path of this binary cannot be found.") }
    let toChild = try Self.pipe()
    let fromChild = try Self.pipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild.read, 0)
    posix_spawn_file_actions_adddup2(&actions, fromChild.write, 1)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Its own session: a Ctrl-C or a hang-up of the console's terminal is not for it; the lifeline is.
    posix_spawnattr_setflags(&attributes, Self.newSession)
    let words = [
      binary, "demo", "--serve", "--drill", folder.drill, "--started", folder.started.rfc3339, "--state",
      folder.path,
    ]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid = pid_t()
    let failure = posix_spawn(&pid, binary, &actions, &attributes, &arguments, environ)
    close(toChild.read)
    close(fromChild.write)
    guard failure == 0 else {
      throw Refusal("The simulator cannot be started: \(String(cString: strerror(failure))).")
    }
    child = pid
    lifeline = toChild.write
    let reader = FileHandle(fileDescriptor: fromChild.read, closeOnDealloc: true)
    var line = Data()
    while let byte = try? reader.read(upToCount: 1), !byte.isEmpty, byte.first != 10 { line += byte }
    guard let decoded = try? JSONDecoder().decode([String: String].self, from: line) else {
      throw Refusal("The simulator said nothing; run `midwatch demo --serve` to see why.")
    }
    addresses = decoded
  }

  /// `POSIX_SPAWN_SETSID`, which Glibc's module does not import.
  private static let newSession: Int16 = 0x80

  /// Neither end is inherited but by duplication.
  private static func pipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0, let read = ends.first, let write = ends.last else {
      throw Refusal("No pipe can be made for the simulator.")
    }
    for end in [read, write] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (read, write)
  }

  /// Ends the simulator; waits for it.
  func stop() {
    close(lifeline)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
  }
}
