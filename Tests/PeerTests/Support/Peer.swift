import Foundation
import TestSupport
import Testing

/// A real server from Debian: started on a free port of 127.0.0.1 in a folder of its own, ended by its process id.
final class Peer {
  let port: UInt16
  let folder: String
  private let program: String
  private let arguments: [String]
  private var child: Child?

  /// Whether the program is installed; tests skip without it.
  static func has(_ program: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: path(program))
  }

  private static func path(_ program: String) -> String {
    program.hasPrefix("/") ? program : "/usr/bin/" + program
  }

  /// - Parameters:
  ///   - program: its name in `/usr/bin`, or its path.
  ///   - wanted: its port, where others have to know it beforehand; nil takes a free one.
  ///   - ready: a path that answers 200 once it serves; nil where it takes connections, and has no HTTP.
  ///   - arguments: by its port and folder.
  init(
    _ program: String, port wanted: UInt16? = nil, files: [String: String] = [:], ready: String?,
    _ arguments: (UInt16, String) -> [String]
  ) throws {
    port = try wanted ?? Net.freePort()
    var template = Array("/tmp/midwatch-peer-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for (name, text) in files {
      try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }
    self.program = Self.path(program)
    self.arguments = arguments(port, folder)
    try start()
    _ = try Condition.wait(for: "\(program) to be ready") {
      let isReady = ready.map { Net.get(url + $0)?.status == 200 } ?? Net.takesConnections(at: port)
      return isReady ? true : nil
    }
  }

  deinit {
    end()
    try? FileManager.default.removeItem(atPath: folder)
  }

  var url: String { "http://127.0.0.1:\(port)" }

  /// Starts it, again after ``end()``.
  func start() throws {
    let log = folder + "/log"
    child = try Child(
      program, arguments, environment: ["PATH": "/usr/bin:/bin", "TZ": "UTC"], files: (out: log, err: log))
  }

  /// SIGKILL, and waits; nothing when it has ended.
  func end() {
    child?.end()
    child = nil
  }

  /// It takes connections and says nothing.
  func hang() { if let child { kill(child.id, SIGSTOP) } }

  func resume() { if let child { kill(child.id, SIGCONT) } }
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
