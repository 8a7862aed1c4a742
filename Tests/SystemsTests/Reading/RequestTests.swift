import Probes
import Systems
import Testing
import Values
import Wire

/// What an endpoint's request is made of, secrets included.
struct RequestTests {
  private static let secret = "p&ss/word +1"
  private static let start = "title: T\nsecrets: {NOVA_TOKEN: }\nendpoints:\n  a:\n    "

  private static func read(
    _ keys: String, _ environment: [String: String] = ["NOVA_TOKEN": secret]
  ) -> (folder: SystemFolder, problems: [String]) {
    SystemFolder.read(
      start + keys.split(separator: "\n").joined(separator: "\n    ") + "\n", environment: environment)
  }

  private static func request(_ system: SystemFolder) throws -> Request {
    guard case .http(let request) = try #require(system.endpoints.first?.plan()) else {
      throw Failure(.other, reason: "no request")
    }
    return request
  }

  @Test func secretsStandInHeadersAndBodies() throws {
    let (system, problems) = Self.read(
      """
      http: "http://h/x"
      method: POST
      headers: {X-Plain: "1", X-Token: "Token ${NOVA_TOKEN}"}
      body: '{"key": "${NOVA_TOKEN}"}'
      """)
    #expect(problems.isEmpty, "\(problems)")
    let request = try Self.request(system)
    #expect(request.headers == [Header("X-Plain", "1")] && request.body == nil)
    #expect(request.revealedHeaders == [Header("X-Plain", "1"), Header("X-Token", "Token \(Self.secret)")])
    #expect(request.revealedBody == Array(#"{"key": "\#(Self.secret)"}"#.utf8))
    #expect(system.needsTrust == ["endpoint a uses NOVA_TOKEN"])
    #expect(system.endpoints.first?.heldBack(isTrusted: false) == "not trusted")
    var printed = ""
    dump(system, to: &printed)
    #expect(!"\(system) \(request) \(printed)".contains("p&ss"))
  }

  @Test(arguments: [
    (
      "http://h/x?a=1&token=${NOVA_TOKEN}&b=2", "http://h/x?a=1&token=•••&b=2",
      "http://h/x?a=1&token=p%26ss%2Fword%20%2B1&b=2"
    ),
    ("http://h/${NOVA_TOKEN}/x", "http://h/•••/x", "http://h/p&ss/word%20+1/x"),
    ("http://u:${NOVA_TOKEN}@h/x", "http://u:•••@h/x", "http://u:p%26ss%2Fword%20%2B1@h/x"),
  ])
  func inATargetASecretIsEncodedAsItsPlaceWantsIt(_ text: String, _ shown: String, _ sent: String) throws {
    let (system, problems) = Self.read("http: \"\(text)\"")
    #expect(problems.isEmpty, "\(problems)")
    let endpoint = try #require(system.endpoints.first)
    #expect(endpoint.target == shown)
    #expect(try Self.request(system).url == shown)
    #expect(try Self.request(system).revealedURL == sent)
    #expect(!endpoint.targetLabels.description.contains("p&ss"))
  }

  @Test func aTargetCanBeASecretAsAWhole() throws {
    var (system, problems) = Self.read("http: ${NOVA_TOKEN}", ["NOVA_TOKEN": "http://hooks.invalid/T0/B0"])
    #expect(problems.isEmpty, "\(problems)")
    #expect(try Self.request(system).revealedURL == "http://hooks.invalid/T0/B0")
    #expect(system.endpoints.first?.target == Secret.mask && system.endpoints.first?.instance == "a")
    (system, problems) = Self.read("http: ${NOVA_TOKEN}", ["NOVA_TOKEN": "hooks.invalid/T0"])
    #expect(
      problems.count == 1 && problems.allSatisfy { $0.contains("5:11: with its secret") }, "\(problems)")
    #expect(!problems.joined().contains("hooks"))
  }

  @Test func anEndpointWithoutItsSecretWaits() throws {
    for keys in [
      "http: http://h/?t=${NOVA_TOKEN}", "http: http://h/\nheaders: {A: \"${NOVA_TOKEN}\"}",
      "http: http://h/\nbody: x${NOVA_TOKEN}", "http: ${NOVA_TOKEN}",
    ] {
      let (system, _) = Self.read(keys, [:])
      #expect(system.endpoints.first?.heldBack == "the secret NOVA_TOKEN is not known", "\(keys)")
    }
  }

  /// Whatever else is text of a person's is no place for a secret, and never gets its value.
  @Test(arguments: [
    "title: x${S}", "base: http://h/${S}", "links: {a: \"http://${S}/\"}", "labels",
    "contacts: [{role: \"${S}\", reach: x}]", "environments: {a: {base: \"http://${S}\"}}",
  ])
  func nowhereElse(_ text: String) {
    let rest = text.hasPrefix("title") ? "" : "title: T\n"
    let endpoint = text == "labels" ? "labels: {x: \"${S}\"}, " : ""
    let yaml = """
      \(rest)\(text == "labels" ? "" : text + "\n")secrets: {S: }
      endpoints: {e: {\(endpoint)http: "http://h/"}}
      """
    let (system, problems) = SystemFolder.read(yaml, environment: ["S": "hidden-value"])
    #expect(problems.contains { $0.contains("the secret S cannot stand here") }, "\(problems)")
    var printed = problems.joined()
    dump(system, to: &printed)
    #expect(!printed.contains("hidden-value"))
  }

  @Test(arguments: [
    ("http: http://h\nmethod: GE T", "6:13: \"GE T\" is no method"),
    ("http: http://h\nheaders: {\"a b\": x}", "6:15: \"a b\" is no header's name"),
    ("http: http://h\nbody: x\nbody_file: y", "7:5: an endpoint has both body and body_file"),
    ("http: http://h\nproxy: ftp://p", "6:12: the proxy is none that can be used"),
    ("http: http://h\nkey: k.pem", "6:10: a key is of no use without its certificate"),
    ("http: http://h\nhttp_version: 3", "6:19: http_version cannot be \"3\""),
  ])
  func aMistakeHasItsPlace(_ keys: String, _ expected: String) {
    let found = Self.read(keys).problems
    #expect(found.contains { $0.hasPrefix("system.yaml:" + expected) }, "\(found)")
  }

  @Test func hostsCanBeLeftToBeAskedDirectly() throws {
    for text in ["[.internal, 10.0.0.0/8]", "\".internal, 10.0.0.0/8\""] {
      let (system, problems) = Self.read("http: http://h\nproxy: http://p:3128\nno_proxy: \(text)")
      #expect(problems.isEmpty, "\(problems)")
      #expect(try Self.request(system).noProxy == [".internal", "10.0.0.0/8"])
    }
  }

  @Test func aClientsKeyNeedsTrustAndItsPathsAreOfTheFolder() throws {
    let (system, problems) = Self.read(
      "http: https://h\nca: certs/ca.pem\ncert: certs/me.pem\nkey: /etc/me.key\nverify: false")
    #expect(problems.isEmpty, "\(problems)")
    #expect(system.needsTrust == ["endpoint a uses /etc/me.key"])
    let tls = try Self.request(system.rooted(at: "/srv/shop")).tls
    #expect(tls.ca == "/srv/shop/certs/ca.pem" && tls.certificate == "/srv/shop/certs/me.pem")
    #expect(tls.key == "/etc/me.key" && !tls.verify)
  }

  @Test func aBodyFileIsReadAndWithoutItTheEndpointWaits() throws {
    let text = Self.start + "http: http://h\n    method: PUT\n    body_file: bodies/x.json\n"
    func load(_ bodies: @escaping (String) throws(BodyFailure) -> [UInt8]) -> (SystemFolder, [Problem]) {
      SystemFolder.load(
        Folder(name: "s", files: ["system.yaml": text]), environment: ["NOVA_TOKEN": "t0ken"], bodies: bodies)
    }
    var (system, problems) = load { path throws(BodyFailure) in Array("of \(path)".utf8) }
    #expect(problems.isEmpty && system.endpoints.first?.heldBack == nil)
    #expect(try Self.request(system).body == Array("of bodies/x.json".utf8))
    (system, problems) = load { _ throws(BodyFailure) in throw BodyFailure("does not exist", remedy: "add it")
    }
    #expect(
      problems.map(\.description) == [
        "system.yaml:7:16: warning: the body file bodies/x.json does not exist, so the endpoint a waits; add it"
      ])
    #expect(system.endpoints.first?.heldBack == "the body file bodies/x.json does not exist")
  }
}
