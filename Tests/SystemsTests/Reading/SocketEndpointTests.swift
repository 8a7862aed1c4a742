import Probes
import Systems
import Testing
import Values
import Wire

/// Endpoints of the kinds tcp, tls, dns and icmp.
struct SocketEndpointTests {
  /// One mistake, and where it stands.
  @Test(arguments: [
    ("tcp: nowhere", "3:10: \"nowhere\" is no host and port"),
    ("tcp: 'h:70000'", "3:10: \"h:70000\" is no host and port"),
    ("tcp: 'h:0'", "3:10: "), ("tcp: 'h:+1'", "3:10: "), ("tcp: 'ä:1'", "3:10: "),
    ("tcp: '::1:80'", "3:10: "),
    ("tls: 'http://h:443'", "3:10: \"http://h:443\" is no host and port"),
    (
      "tcp: h:25\n    starttls: xmpp",
      "4:15: starttls cannot be \"xmpp\"; write one of smtp, imap, pop3, ftp, postgres, mysql, ldap"
    ),
    ("tcp: h:1\n    steps: [{send: a, await: b}]", "4:13: a step either sends a text or awaits one"),
    ("tcp: h:1\n    steps:\n      - {sent: a}", "5:"),
    ("tcp: h:1\n    method: GET", "4:5: the endpoint a has no key \"method\""),
    ("tcp: h:1\n    expect: [status == 200]", "4:14: status is known of http"),
    (
      "tcp: h:1\n    expect: [cert_expiry > 1d]",
      "4:14: cert_expiry is known of a tcp endpoint with starttls only"
    ),
    ("icmp: 10.0.0.1\n    expect: ['body contains \"x\"']", "4:14: body is known of"),
    ("icmp: 'h:80'", "3:11: \"h:80\" is no host"), ("icmp: h/x", "3:11: \"h/x\" is no host"),
    ("icmp: h\n    verify: false", "4:5: the endpoint a has no key \"verify\""),
    ("icmp: h\n    ip: 5", "4:9: ip cannot be \"5\""),
    ("dns: a..b", "3:10: \"a..b\" is no name that can be asked for"),
    ("dns: '::1'", "3:10: \"::1\" is no name that can be asked for"),
    (
      "dns: a\n    type: AAA",
      "4:11: type cannot be \"AAA\"; write one of A, NS, CNAME, SOA, PTR, MX, TXT, AAAA, SRV, CAA"
    ),
    ("dns: a\n    server: 'x y'", "4:13: \"x y\" is no name server"),
    ("dns: a\n    expect: [header(\"x\") == \"y\"]", "4:14: header(\"x\") is known of"),
  ])
  func aMistakeHasItsPlace(_ text: String, _ expected: String) {
    let (_, found) = SystemFolder.read("endpoints:\n  a:\n    \(text)\ntitle: T\n")
    let isThere = found.first?.hasPrefix("system.yaml:" + expected) ?? false
    #expect(!found.isEmpty && isThere, "\(found)")
  }

  @Test func everyKeyIsRead() throws {
    let text = """
      title: T
      endpoints:
        mail:
          tcp: mail.internal:25
          starttls: smtp
          steps: [{send: "EHLO x\\r\\n"}, {await: "250 "}]
          send: "QUIT\\r\\n"
          ca: ca.pem
          sni: mx.internal
          ip: 4
          expect: [cert_expiry > 14d, 'body contains "221"']
        imaps: {tls: "[::1]:993", verify: false, expect: ['body contains "version TLS 1.3"']}
        mx: {dns: example.com, type: mx, server: "10.0.0.2", answers: [10 mail.example.com]}
        back: {dns: "::1", type: PTR, server: "[::1]:5353"}
        gateway: {icmp: "fe80::1%eth0", ip: 6, expect: [latency < 50ms]}
      """
    let (system, problems) = SystemFolder.read(text)
    #expect(problems.isEmpty, "\(problems)")
    let endpoints = Dictionary(uniqueKeysWithValues: system.endpoints.map { ($0.name, $0) })
    let mail = try #require(endpoints["mail"])
    #expect(mail.detail.startTLS == .smtp && mail.family == .v4)
    #expect(mail.detail.steps == [.send(Array("EHLO x\r\n".utf8)), .await(Array("250 ".utf8))])
    #expect(mail.tls.ca == "ca.pem" && mail.tls.serverName == "mx.internal" && mail.tls.verify)
    #expect(endpoints["imaps"]?.tls.verify == false && endpoints["imaps"]?.instance == "[::1]:993")
    let mx = try #require(endpoints["mx"])
    #expect(mx.detail.recordType == .mx && mx.detail.server == HostAndPort(host: "10.0.0.2", port: 53))
    #expect(mx.detail.answers == ["10 mail.example.com"])
    #expect(endpoints["back"]?.detail.server == HostAndPort(host: "::1", port: 5353))
    #expect(endpoints["gateway"]?.target == "fe80::1%eth0")
    #expect(system.endpoints.allSatisfy { $0.heldBack == nil })
  }

  @Test(.enabled(if: SharedFormats.isPresent, "shared/formats is not beside the checkout"))
  func novas() throws {
    let (system, _) = SystemFolder.read(try SharedFormats.text("system-nova.yaml"))
    let endpoint = { (name: String) in system.endpoints.first { $0.name == name } }
    #expect(endpoint("redis")?.target == "127.0.0.1:6379" && endpoint("redis")?.detail.send == "PING\r\n")
    #expect(endpoint("redis")?.kind == .tcp && endpoint("redis")?.heldBack == nil)
    #expect(endpoint("name")?.detail.recordType == .a && endpoint("name")?.heldBack == nil)
    #expect(endpoint("gateway")?.every == .seconds(10) && endpoint("gateway")?.heldBack == nil)
    #expect(endpoint("certificate")?.kind == .tls)
  }
}
