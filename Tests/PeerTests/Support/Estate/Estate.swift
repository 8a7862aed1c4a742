import Foundation
import TestSupport
import Testing

/// Real servers to probe: nginx in many guises, a name server, Redis, mail, and one of ours that misbehaves.
final class Estate {
  static let programs = [
    "/usr/sbin/nginx": "nginx-light", "/usr/lib/nginx/modules/ngx_mail_module.so": "libnginx-mod-mail",
    "/usr/sbin/unbound": "unbound", "redis-server": "redis-server", "python3": "python3",
    "openssl": "openssl",
  ]

  /// Names of the packages that are missing; tests skip with them.
  static var missing: [String] {
    programs.filter { program, _ in
      !Peer.has(program) && !FileManager.default.fileExists(atPath: program)
    }.map(\.value).sorted()
  }

  private var peers: [Peer] = []
  private(set) var ports: [String: UInt16] = [:]
  /// The folder of certificates.
  let folder: String

  init() throws {
    var template = Array("/tmp/midwatch-certs-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // nginx's workers are another user when root starts it.
    chmod(folder, 0o755)
    try Certificates.make(in: folder)
    // Held until all are chosen, so that they differ; one of them stays closed.
    let held = try (0..<Self.names.count).map { _ in try Net.bound() }
    for (name, socket) in zip(Self.names, held) { ports[name] = socket.port }
    for socket in held { close(socket.descriptor) }
    let misbehaving = try Peer("python3", ready: "/ok") { port, _ in
      [Midwatch.script("misbehaving.py"), "\(port)"]
    }
    let redis = try Peer("redis-server", ready: nil) { port, folder in
      ["--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    }
    ports["odd"] = misbehaving.port
    ports["redis"] = redis.port
    let unbound = try Peer("/usr/sbin/unbound", files: ["unbound.conf": Self.names(folder)], ready: nil) {
      port, folder in
      // Its port is known only now; the file cannot say it.
      let file = folder + "/unbound.conf"
      if let text = try? String(contentsOfFile: file, encoding: .utf8) {
        try? text.replacingOccurrences(of: "{port}", with: "\(port)")
          .write(toFile: file, atomically: true, encoding: .utf8)
      }
      return ["-d", "-c", file]
    }
    ports["dns"] = unbound.port
    peers = [misbehaving, redis, unbound]
    let configuration = fill(Nginx.configuration)
    let nginx = try Peer(
      "/usr/sbin/nginx", port: ports["http"], files: ["nginx.conf": configuration], ready: nil
    ) { _, folder in
      chmod(folder, 0o755)
      return ["-p", folder, "-c", folder + "/nginx.conf", "-e", folder + "/error.log"]
    }
    peers.append(nginx)
  }

  deinit {
    peers.removeAll()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Ports of nginx, by what is there; `closed` has nobody.
  static let names = [
    "http", "tls", "expired", "self", "wrong", "future", "mtls", "tls12", "smtp", "imap", "pop3", "closed",
  ]

  /// Puts ports and the folder of certificates where `{name}` stands.
  func fill(_ text: String) -> String {
    ports.reduce(text.replacingOccurrences(of: "{certs}", with: folder)) { text, port in
      text.replacingOccurrences(of: "{\(port.key)}", with: "\(port.value)")
    }
  }

  private static func names(_ folder: String) -> String {
    """
    server:
      interface: 127.0.0.1@{port}
      port: {port}
      do-daemonize: no
      username: ""
      chroot: ""
      pidfile: ""
      use-syslog: no
      module-config: "iterator"
      access-control: 127.0.0.0/8 allow
      local-zone: "." refuse
      local-zone: "shop.test." static
      local-data: "api.shop.test. 300 IN A 10.0.0.5"
      local-data: "api.shop.test. 300 IN AAAA fd00::5"
      local-data: "shop.test. 300 IN MX 10 mail.shop.test."
      local-data: "shop.test. 300 IN SOA ns.shop.test. ops.shop.test. 2026112101 3600 900 86400 60"
      local-data: "5.0.0.10.in-addr.arpa. 300 IN PTR api.shop.test."
      local-zone: "mute.test." deny
    remote-control:
      control-enable: no
    """
  }
}
