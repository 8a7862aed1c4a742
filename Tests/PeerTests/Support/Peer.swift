import Foundation
import Testing

/// A real server from Debian: started on a free port of 127.0.0.1 in a folder of its own, ended by its process id.
final class Peer {
  let port: UInt16
  let folder: String
  private let program: String
  private let arguments: [String]
  private var id: pid_t = 0

  /// Whether the program is installed; tests skip without it.
  static func has(_ program: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + program)
  }

  /// - Parameters:
  ///   - ready: a path that answers 200 once it serves.
  ///   - arguments: by its port and folder.
  init(
    _ program: String, files: [String: String] = [:], ready: String,
    _ arguments: (UInt16, String) -> [String]
  ) throws {
    port = try Net.freePort()
    var template = Array("/tmp/midwatch-peer-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for (name, text) in files {
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }
    self.program = "/usr/bin/" + program
    self.arguments = arguments(port, folder)
    try start()
    _ = try Condition.wait(for: "\(program) to be ready") {
      Net.get("\(url)\(ready)")?.status == 200 ? true : nil
    }
  }

  deinit {
    end()
    try? FileManager.default.removeItem(atPath: folder)
  }

  var url: String { "http://127.0.0.1:\(port)" }

  /// Starts it, again after ``end()``. By posix_spawn with no signal blocked: Foundation's `Process` waits for
  /// ever from a pool thread.
  func start() throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for descriptor in [Int32(1), 2] {
      posix_spawn_file_actions_addopen(
        &actions, descriptor, folder + "/log", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    let environment = ["PATH=/usr/bin:/bin", "TZ=UTC"]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    let failure = posix_spawn(&id, program, &actions, &attributes, &words, &variables)
    try #require(failure == 0, "\(program) cannot be started: \(String(cString: strerror(failure)))")
  }

  /// SIGKILL, and waits; nothing when it has ended.
  func end() {
    guard id > 0 else { return }
    kill(id, SIGKILL)
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
    id = 0
  }

  /// It takes connections and says nothing.
  func hang() { if id > 0 { kill(id, SIGSTOP) } }

  func resume() { if id > 0 { kill(id, SIGCONT) } }
}

extension Peer {
  /// Scrapes `page` and itself every second.
  static func prometheus(page: UInt16, rules: String = "groups: []") throws -> Peer {
    let configuration = """
      global: {scrape_interval: 1s, evaluation_interval: 1s}
      rule_files: [rules.yml]
      scrape_configs:
        - {job_name: shop, static_configs: [{targets: ["127.0.0.1:\(page)"]}]}
      """
    return try Peer(
      "prometheus", files: ["prometheus.yml": configuration, "rules.yml": rules], ready: "/-/ready"
    ) { port, folder in
      [
        "--config.file=\(folder)/prometheus.yml", "--storage.tsdb.path=\(folder)/data",
        "--web.listen-address=127.0.0.1:\(port)",
      ]
    }
  }

  static func alertmanager() throws -> Peer {
    try Peer(
      "prometheus-alertmanager",
      files: ["alertmanager.yml": "route: {receiver: none}\nreceivers: [{name: none}]\n"], ready: "/-/ready"
    ) { port, folder in
      [
        "--config.file=\(folder)/alertmanager.yml", "--storage.path=\(folder)/data",
        "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
      ]
    }
  }

  static func victoria() throws -> Peer {
    try Peer("victoria-metrics", ready: "/health") { port, folder in
      [
        "-storageDataPath=\(folder)/data", "-httpListenAddr=127.0.0.1:\(port)", "-search.latencyOffset=0s",
        "-search.disableCache", "-retentionPeriod=1d",
      ]
    }
  }
}
