import Glibc

/// `openssl s_server` on a free loopback port, with a certificate of its own making.
final class TLSServer {
  static let program = "/usr/bin/openssl"
  static var isAvailable: Bool { access(program, X_OK) == 0 }

  let port: Int
  /// The certificate, which is its own CA.
  let certificate: String
  let key: String
  private let folder: String
  private let process: pid_t

  struct Unavailable: Error {}

  /// - Parameters:
  ///   - name: the certificate's only alternative name, as OpenSSL writes it: `IP:127.0.0.1`.
  ///   - wantsClient: whether it takes only those who show that same certificate.
  init(name: String, days: Int, wantsClient: Bool = false) throws {
    var template = Array("/tmp/midwatch-tls-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Unavailable() }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    certificate = folder + "/cert.pem"
    key = folder + "/key.pem"
    let maker = try Self.spawn([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
      String(days), "-subj", "/CN=midwatch test", "-addext", "subjectAltName=\(name)", "-keyout", key, "-out",
      certificate,
    ])
    waitpid(maker.process, nil, 0)
    close(maker.output)
    let server = try Self.spawn(
      [
        "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www",
      ] + (wantsClient ? ["-Verify", "1", "-verify_return_error", "-CAfile", certificate] : []))
    process = server.process
    // It says `ACCEPT 127.0.0.1:PORT` once it listens; its output stays open, for it would stop otherwise.
    var said: [UInt8] = []
    var byte: UInt8 = 0
    var found: Int?
    while found == nil, read(server.output, &byte, 1) == 1 {
      said.append(byte)
      guard byte == UInt8(ascii: "\n"),
        let line = String(decoding: said, as: UTF8.self).split(separator: "\n").last
      else { continue }
      if line.hasPrefix("ACCEPT ") { found = line.split(separator: ":").last.flatMap { Int($0) } }
    }
    port = found ?? 0
  }

  func stop() {
    // It inherits the signal mask of the pool's thread that starts it, so SIGTERM would wait for ever.
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    for path in [certificate, key] { unlink(path) }
    rmdir(folder)
  }

  /// With nothing to read, errors discarded, and what it says in `output`.
  private static func spawn(_ arguments: [String]) throws -> (process: pid_t, output: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Unavailable() }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var texts: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for text in texts { free(text) } }
    var child = pid_t()
    let result = posix_spawn(&child, program, &actions, nil, &texts, environ)
    close(ends[1])
    guard result == 0 else { throw Unavailable() }
    return (child, ends[0])
  }
}
