import Foundation
import Testing

/// Other programs, started by posix_spawn with no signal blocked, ended by their process ids.
///
/// Foundation's `Process` waits for ever here when it is used from a pool thread, whose signal mask children
/// inherit; so this waits by itself.
package final class Child {
  /// What a program did, from its start to its end.
  package struct Outcome {
    /// Its exit status, or minus the signal that ended it.
    package let status: Int32
    package let out: String
    package let err: String
  }

  package let id: pid_t
  private var status: Int32?

  /// - Parameter files: where standard output and error go, behind what is there; nil is nowhere.
  package init(
    _ program: String, _ arguments: [String], environment: [String: String], in folder: String? = nil,
    files: (out: String, err: String)? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_APPEND
    posix_spawn_file_actions_addopen(&actions, 1, files?.out ?? "/dev/null", flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, files?.err ?? "/dev/null", flags, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    // Glibc's module has no way to spawn in another folder; the shell has.
    let command = folder.map { ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", $0] } ?? []
    let all = command + [program] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = all.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var id = pid_t()
    let failure = posix_spawnp(&id, all.first ?? program, &actions, &attributes, &words, &variables)
    try #require(failure == 0, "\(program) cannot be started: \(String(cString: strerror(failure)))")
    self.id = id
  }

  deinit { end() }

  package var isRunning: Bool {
    guard status == nil else { return false }
    var status: Int32 = 0
    guard waitpid(id, &status, WNOHANG) == id else { return true }
    self.status = status
    return false
  }

  /// SIGKILL, and waits; nothing when it has ended.
  package func end() {
    guard isRunning else { return }
    kill(id, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    self.status = status
  }

  /// Its exit status, or minus the signal that ended it; kills it after so many seconds, which is -9.
  package func wait(within seconds: Double = 150) -> Int32 {
    let limit = Date() + seconds
    let gate = DispatchSemaphore(value: 0)
    while isRunning, Date() < limit { _ = gate.wait(timeout: .now() + 0.01) }
    end()
    guard let status else { return -1 }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
  }

  /// Runs it to its end and returns what it wrote; kills it after so many seconds.
  package static func run(
    _ program: String, _ arguments: [String], environment: [String: String], in folder: String? = nil,
    within seconds: Double = 150
  ) throws -> Outcome {
    var template = Array("/tmp/midwatch-run-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let place = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { try? FileManager.default.removeItem(atPath: place) }
    let files = (out: place + "/out", err: place + "/err")
    let child = try Child(program, arguments, environment: environment, in: folder, files: files)
    let status = child.wait(within: seconds)
    func text(_ path: String) -> String {
      String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
    return Outcome(status: status, out: text(files.out), err: text(files.err))
  }
}
