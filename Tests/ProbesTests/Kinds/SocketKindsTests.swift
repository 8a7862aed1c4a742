import Metrics
import Probes
import Testing
import Values
import Wire

/// What tcp, tls, dns and icmp endpoints send, and what they make of what comes back.
struct SocketKindsTests {
  private static let at = Instant(seconds: 1_800_000_000)

  private func endpoint(
    _ kind: Kind, _ target: String, expect: [String] = [], _ change: (inout Endpoint) -> Void = { _ in }
  ) throws -> Endpoint {
    var endpoint = Endpoint(name: "e", kind: kind, target: target)
    for text in expect { endpoint.assertions.append(try Assertion(text)) }
    change(&endpoint)
    return endpoint
  }

  private func stream(_ plan: Plan?) -> StreamRequest? {
    if case .stream(let request)? = plan { request } else { nil }
  }

  private func value(_ name: String, _ observation: Observation, _ labels: [String: String] = [:]) -> Double?
  {
    observation.samples.first { sample in
      sample.labels.metricName == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
    }?.value
  }

  private func response(_ body: String = "", address: String = "10.0.0.5:1") -> Response {
    var phases = Phases()
    (phases.resolve, phases.connect, phases.processing, phases.total) = (0.001, 0.002, 0.004, 0.007)
    return Response(status: 0, body: Array(body.utf8), phases: phases, address: address)
  }

  private func names(_ observation: Observation) -> Set<String> {
    Set(observation.samples.compactMap(\.labels.metricName))
  }

  // MARK: Plans

  @Test func whatAnEndpointIsToldToSay() throws {
    let marks: [[UInt8]] = [Array("PONG".utf8)]
    let cases: [([String], StreamRequest.Reading)] = [
      ([], .nothing), (["latency < 1s"], .nothing), (["body contains \"PONG\""], .until(marks)),
      (["body contains \"PONG\"", "latency < 1s"], .until(marks)),
      (["body contains \"PONG\"", "body =~ \"x\""], .untilQuiet), (["len(body) > 0"], .untilQuiet),
      (["json(\"$.ok\") == true"], .untilQuiet),
    ]
    for (expect, reading) in cases {
      let request = try #require(stream(try endpoint(.tcp, "[::1]:6379", expect: expect).plan()))
      #expect(request.host == "::1" && request.port == 6379 && request.security == .none)
      #expect(request.reading == reading, "\(expect)")
    }
    let request = try #require(
      stream(
        try endpoint(.tcp, "h:25") {
          $0.detail.startTLS = .smtp
          $0.detail.steps = [.await([1])]
          $0.detail.send = "QUIT"
          $0.timeout = .seconds(3)
          $0.tls.serverName = "mail"
        }.plan()))
    #expect(request.security == .startTLS(.smtp) && request.timeout == .seconds(3))
    #expect(request.steps == [.await([1]), .send(Array("QUIT".utf8))])
    #expect(request.tls.serverName == "mail")
    let silent = try #require(stream(try endpoint(.tls, "h:443", expect: ["body contains \"TLS\""]).plan()))
    #expect(silent.security == .immediate && silent.reading == .nothing)
  }

  @Test func questionsAndEchoes() throws {
    let dns = try endpoint(.dns, "api.internal") {
      $0.detail.recordType = .mx
      $0.detail.server = HostAndPort(host: "10.0.0.2", port: 53)
    }
    guard case .name(let question)? = dns.plan() else {
      Issue.record("no question")
      return
    }
    #expect(question.name == "api.internal" && question.type == .mx && question.server?.text == "10.0.0.2:53")
    guard case .echo(let echo)? = try endpoint(.icmp, "10.0.0.1", { $0.family = .v4 }).plan() else {
      Issue.record("no echo")
      return
    }
    #expect(echo.host == "10.0.0.1" && echo.family == .v4)
  }

  // MARK: Judging

  @Test func aConversation() throws {
    let redis = try endpoint(.tcp, "10.0.0.5:1", expect: ["body contains \"PONG\"", "latency < 1s"])
    let good = redis.judge(.success(response("+PONG\r\n")), at: Self.at)
    #expect(good.isSuccess && good.code == nil && good.address == "10.0.0.5:1")
    #expect(
      names(good) == [
        "probe_success", "probe_duration_seconds", "probe_dns_lookup_time_seconds", "probe_ip_protocol",
        "probe_failed_due_to_regex",
      ])
    #expect(value("probe_ip_protocol", good) == 4 && value("probe_failed_due_to_regex", good) == 0)
    let bad = redis.judge(.success(response("-ERR")), at: Self.at)
    #expect(bad.reason == "body is \"-ERR\", expected to contain \"PONG\"")
    #expect(value("probe_success", bad) == 0 && value("probe_failed_due_to_regex", bad) == 1)
    let none = redis.judge(.failure(Failure(.refused, reason: "connection refused by h:1")), at: Self.at)
    #expect(none.reason == "connection refused by h:1" && value("probe_ip_protocol", none) == 0)
    #expect(value("probe_failed_due_to_regex", none) == 0)
  }

  private func session(expires: Instant) -> TLSSession {
    var session = TLSSession(
      version: "TLS 1.3", cipher: "TLS_AES_128_GCM_SHA256",
      chain: [
        Certificate(
          subject: "CN=api", issuer: "CN=ca", names: ["api.internal", "10.0.0.5"], begins: Self.at - .days(1),
          expires: expires, fingerprint: "ab", serial: "01")
      ])
    session.trustedUntil = expires
    return session
  }

  @Test func aHandshake() throws {
    let endpoint = try endpoint(
      .tls, "10.0.0.5:443", expect: ["cert_expiry > 14d", "body contains \"issuer CN=ca\""])
    var response = response()
    response.session = session(expires: Self.at + .days(20))
    response.certificateExpiry = response.session?.earliestExpiry
    let good = endpoint.judge(.success(response), at: Self.at)
    #expect(good.isSuccess, "\(good.reason ?? "")")
    let expiry = Self.at.seconds + 20 * 86_400
    #expect(value("probe_ssl_earliest_cert_expiry", good) == expiry)
    #expect(value("probe_ssl_last_chain_expiry_timestamp_seconds", good) == expiry)
    #expect(
      value(
        "probe_ssl_last_chain_info", good,
        [
          "fingerprint_sha256": "ab", "subject": "CN=api", "issuer": "CN=ca", "serialnumber": "01",
          "subjectalternative": "api.internal", "job": "e",
        ]) == 1)
    #expect(value("probe_tls_version_info", good, ["version": "TLS 1.3"]) == 1)
    #expect(value("probe_tls_cipher_info", good, ["cipher": "TLS_AES_128_GCM_SHA256"]) == 1)
    #expect(!names(good).contains { $0.hasPrefix("probe_http") })
    response.certificateExpiry = Self.at + .days(13)
    #expect(
      endpoint.judge(.success(response), at: Self.at).reason == "cert_expiry is 13d00h, expected > 14d")
  }

  /// An expired certificate fails the handshake, and its date is told all the same.
  @Test func aHandshakeThatFailed() throws {
    var failure = Failure(.tls, reason: "certificate: expired")
    failure.session = session(expires: Self.at - .days(3))
    failure.session?.trustedUntil = nil
    let observation = try endpoint(.tls, "h:443").judge(.failure(failure), at: Self.at)
    #expect(observation.reason == "certificate: expired")
    #expect(observation.certificateExpiry == Self.at - .days(3))
    #expect(value("probe_ssl_earliest_cert_expiry", observation) == Self.at.seconds - 3 * 86_400)
    #expect(value("probe_ssl_last_chain_info", observation, ["issuer": "CN=ca"]) == 1)
    #expect(value("probe_ssl_last_chain_expiry_timestamp_seconds", observation) == nil)
  }

  @Test func anAnswerOfANameServer() throws {
    var response = response("a. 300 IN A 10.0.0.5", address: "[::1]:53")
    response.names = NameAnswer(
      code: "NOERROR", answers: ["a. 300 IN A 10.0.0.5"], values: ["10.0.0.5"], authorities: 2,
      additionals: 1, serial: 7)
    let good = try endpoint(.dns, "a", expect: ["body contains \"10.0.0.5\""]).judge(
      .success(response), at: Self.at)
    #expect(good.isSuccess, "\(good.reason ?? "")")
    #expect(good.assertions.first?.text == "dns_rcode == NOERROR")
    for (name, expected) in [
      ("probe_dns_query_succeeded", 1), ("probe_dns_answer_rrs", 1), ("probe_dns_authority_rrs", 2),
      ("probe_dns_additional_rrs", 1), ("probe_dns_serial", 7), ("probe_ip_protocol", 6),
      ("probe_dns_lookup_time_seconds", 0.001),
    ] {
      #expect(value(name, good) == expected, "\(name)")
    }
    #expect(value("probe_dns_duration_seconds", good, ["phase": "request"]) == 0.004)
    response.names?.code = "NXDOMAIN"
    let bad = try endpoint(.dns, "a").judge(.success(response), at: Self.at)
    #expect(bad.reason == "dns_rcode is \"NXDOMAIN\", expected \"NOERROR\"")
    #expect(value("probe_dns_query_succeeded", bad) == 1 && value("probe_success", bad) == 0)
    let wanted = try endpoint(.dns, "a", expect: ["dns_rcode == NXDOMAIN"])
    #expect(wanted.judge(.success(response), at: Self.at).isSuccess)
    let lost = wanted.judge(.failure(Failure(.timeout, reason: "no answer in 10s")), at: Self.at)
    #expect(value("probe_dns_query_succeeded", lost) == 0)
  }

  @Test(arguments: [
    (["10.0.0.5"], ["10.0.0.5"], true), (["B.", "a."], ["a", "b"], true), (["10.0.0.6"], ["10.0.0.5"], false),
    (["1.1.1.1", "1.1.1.2"], ["1.1.1.1"], false), ([], ["1.1.1.1"], false),
    (["\"Text.\""], ["\"text\""], false),
  ])
  func theAnswersThatAreExpected(_ found: [String], _ expected: [String], _ passes: Bool) throws {
    var response = response()
    response.names = NameAnswer(code: "NOERROR", values: found)
    let observation = try endpoint(.dns, "a", expect: []) { $0.detail.answers = expected }.judge(
      .success(response), at: Self.at)
    #expect(observation.isSuccess == passes)
    if found == ["10.0.0.6"] {
      #expect(observation.reason == "the answer is \"10.0.0.6\", expected \"10.0.0.5\"")
    }
  }

  @Test func anEcho() throws {
    var response = response(address: "::1")
    response.hopLimit = 57
    let observation = try endpoint(.icmp, "::1").judge(.success(response), at: Self.at)
    #expect(observation.isSuccess)
    #expect(value("probe_icmp_reply_hop_limit", observation) == 57)
    #expect(value("probe_ip_protocol", observation) == 6)
    for (phase, seconds) in [("resolve", 0.001), ("setup", 0.002), ("rtt", 0.004)] {
      #expect(value("probe_icmp_duration_seconds", observation, ["phase": phase]) == seconds)
    }
  }

  /// What we may not do is no fact about the endpoint: it is paused, with the reason, and yields nothing.
  @Test func whatOnlyWeLackPagesNobody() throws {
    let endpoint = try endpoint(.icmp, "10.0.0.1")
    let unable = endpoint.judge(.failure(Failure(.unable, reason: "not permitted")), at: Self.at)
    #expect(unable.samples.isEmpty && unable.verdict == .unable && unable.reason == "not permitted")
    var monitor = EndpointMonitor(endpoint)
    #expect(monitor.receive(unable, at: Self.at)?.to == .paused)
    #expect(monitor.receive(unable, at: Self.at + .seconds(30)) == nil)
    #expect(monitor.state == .paused && monitor.nextDeadline == nil)
    let good = endpoint.judge(.success(response()), at: Self.at)
    let change = monitor.receive(good, at: Self.at + .seconds(60))
    #expect(change?.from == .paused && change?.to == .up)
  }

  @Test(arguments: [
    (Kind.tcp, "status == 200", "status is known of http, scrape, json"),
    (.tls, "header(\"a\") == \"b\"", "header(\"a\") is known of http, scrape"),
    (.icmp, "body contains \"x\"", "body is known of http,"),
    (.icmp, "len(body) > 1", "len(body) is known of"),
    (.dns, "cert_expiry > 1d", "cert_expiry is known of http,"),
    (.tcp, "cert_expiry > 1d", "cert_expiry is known of a tcp endpoint with starttls only"),
    (.http, "dns_rcode == NOERROR", "dns_rcode is known of dns endpoints only"),
  ])
  func whatAKindCannotBeAsked(_ kind: Kind, _ assertion: String, _ reason: String) throws {
    let refusal = try endpoint(kind, "h:1").refusal(of: try Assertion(assertion))
    #expect(refusal?.hasPrefix(reason) ?? false, "\(refusal ?? "nil")")
  }
}
