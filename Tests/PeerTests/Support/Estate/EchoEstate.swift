import Foundation
import TestSupport
import Testing

/// Hosts that answer echoes in ways of their own, in a network namespace that is theirs: nothing of the machine
/// is changed, and it ends with them.
final class EchoEstate {
  private static let programs = [
    "unshare": "util-linux", "nsenter": "util-linux", "ip": "iproute2", "python3": "python3",
  ]

  /// Why there can be none here; nil where there can.
  static let obstacle: String? = {
    let missing = Set(programs.filter { !Peer.has($0.key) }.values).sorted()
    guard missing.isEmpty else { return "not installed: \(missing); make test-peers installs them" }
    guard access("/dev/net/tun", R_OK | W_OK) == 0 else { return "this user may not open /dev/net/tun" }
    let words = alone + ["/bin/true"]
    let outcome = try? Child.run(words[0], Array(words.dropFirst()), environment: environment)
    return outcome?.status == 0 ? nil : "this user may not make a network namespace: \(outcome?.err ?? "")"
  }()

  static let hasVersion6 = FileManager.default.fileExists(atPath: "/proc/sys/net/ipv6")

  private static let environment = ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin"]
  private static let isRoot = getuid() == 0

  /// What runs the words behind it in a network namespace that has nothing in it.
  static let alone = ["/usr/bin/unshare"] + (isRoot ? [] : ["--user", "--map-root-user"]) + ["--net"]

  private let child: Child
  private let folder: String
  private var hosts: [String: String] = [:]

  init() throws {
    var template = Array("/tmp/midwatch-echoes-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let log = folder + "/log"
    let words = Self.alone + ["/usr/bin/python3", Midwatch.script("misbehaving_echoes.py")]
    child = try Child(
      words[0], Array(words.dropFirst()), environment: Self.environment, files: (out: log, err: log))
    let said = try Condition.wait(for: "the hosts to be ready") {
      let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      try #require(child.isRunning, "\(text)")
      return text.hasSuffix("ready\n") ? text : nil
    }
    for line in said.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2 { hosts[String(words[0])] = String(words[1]) }
    }
  }

  deinit {
    child.end()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// What runs the words behind it beside the hosts.
  var launcher: [String] {
    let place = "/proc/\(child.id)/ns"
    let user = Self.isRoot ? [] : ["--user=\(place)/user", "--preserve-credentials"]
    return ["/usr/bin/nsenter"] + user + ["--net=\(place)/net"]
  }

  /// Puts addresses where `{name}` stands.
  func fill(_ text: String) -> String {
    hosts.reduce(text) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
  }
}
