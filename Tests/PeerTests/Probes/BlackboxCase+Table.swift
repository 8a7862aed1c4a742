import Foundation

/// The targets: `{name}` is a port of the estate or the folder of its certificates.
extension BlackboxCase {
  static let all = answers + requests + transport + certificates + conversations + names + echoes

  private static let site = "http://127.0.0.1:{http}"
  private static let odd = "http://127.0.0.1:{odd}"
  private static let ca = "ca: {certs}/ca.pem"
  private static let theirCA = "tls_config: {ca_file: {certs}/ca.pem}"

  private static let answers: [Self] = [
    .http("ok", up: true, site + "/ok"),
    .http("no content", up: true, site + "/none"),
    .http("not found", up: false, site + "/status/404"),
    .http("server error", up: false, site + "/status/500"),
    .http("unavailable", up: false, site + "/status/503"),
    .http(
      "not found, as wanted", up: true, site + "/status/404", "expect: [status == 404]",
      http: "valid_status_codes: [404]"),
    .http("redirect", up: true, site + "/redirect"),
    .http("moved", up: true, site + "/permanent"),
    .http("three redirects", up: true, site + "/chain/3"),
    .http("ten redirects", up: true, site + "/chain/10"),
    .http("twelve redirects", up: false, site + "/chain/12"),
    .http("redirects in a circle", up: false, site + "/loop"),
    .http("redirect to nobody", up: false, site + "/elsewhere"),
    .http("redirect to a fault", up: false, site + "/nowhere"),
    .http("redirect to TLS", up: true, site + "/secure", ca, http: theirCA),
    .http(
      "redirect not followed", up: false, site + "/redirect", "redirects: 0", http: "follow_redirects: false"),
    .http(
      "redirect as wanted", up: true, site + "/redirect", "redirects: 0, expect: [status == 302]",
      http: "follow_redirects: false, valid_status_codes: [302]"),
    .http(
      "body matches", up: true, site + "/ok", "expect: ['body =~ \"^healthy\"']",
      http: "fail_if_body_not_matches_regexp: [^healthy]"),
    .http(
      "body does not match", up: false, site + "/ok", "expect: ['body =~ \"ready\"']",
      http: "fail_if_body_not_matches_regexp: [ready]"),
    .http(
      "body must not match", up: false, site + "/ok", "expect: ['body !~ \"healthy\"']",
      http: "fail_if_body_matches_regexp: [healthy]"),
    .http(
      "header matches", up: true, site + "/ok", "expect: ['header(\"x-env\") =~ \"prod\"']",
      http: "fail_if_header_not_matches: [{header: X-Env, regexp: prod}]"),
    .http(
      "header does not match", up: false, site + "/ok", "expect: ['header(\"x-env\") =~ \"staging\"']",
      http: "fail_if_header_not_matches: [{header: X-Env, regexp: staging}]"),
    .http(
      "header is missing", up: false, site + "/none", "expect: ['header(\"x-env\") =~ \"prod\"']",
      http: "fail_if_header_not_matches: [{header: X-Env, regexp: prod}]"),
  ]

  private static let requests: [Self] = [
    .http("no password", up: false, site + "/private"),
    .http(
      "password", up: true, site + "/private", "basic: {user: ops, password: s3cret}",
      http: "basic_auth: {username: ops, password: s3cret}"),
    .http(
      "wrong password", up: false, site + "/private", "basic: {user: ops, password: guess}",
      http: "basic_auth: {username: ops, password: guess}"),
    .http("token", up: true, site + "/private", "bearer: t0ken", http: "bearer_token: t0ken"),
    .http("wrong token", up: false, site + "/private", "bearer: guess", http: "bearer_token: guess"),
    .http(
      "post", up: true, site + "/post", "method: POST, body: \"a=1\"", http: "method: POST, body: \"a=1\""),
    .http("get where post is wanted", up: false, site + "/post"),
    .http("wrong host", up: false, site + "/host"),
    .http("host", up: true, site + "/host", "headers: {Host: api.test}", http: "headers: {Host: api.test}"),
  ]

  private static let transport: [Self] = [
    .http("refused", up: false, "http://127.0.0.1:{closed}/"),
    .http("no such name", up: false, "http://nobody.invalid/"),
    .http("reset", up: false, odd + "/reset"),
    .http("closed without a word", up: false, odd + "/silence"),
    .http("not HTTP", up: false, odd + "/garbage"),
    .http("never answers", up: false, odd + "/hang"),
    .http("answers in time", up: true, odd + "/slow/0.6", slow: "processing"),
    .http("answers late", up: false, odd + "/slow/4"),
    .http("body drips", up: false, odd + "/dribble"),
    .http("half a body", up: false, odd + "/half"),
    .http("body too large", up: false, odd + "/endless"),
    .http(
      "not gzip", up: false, odd + "/not-gzip", http: "compression: gzip, headers: {Accept-Encoding: gzip}"),
    .http("bad chunk", up: false, odd + "/bad-chunk"),
    .http("IPv6", up: true, "http://[::1]:{http}/ok", http: "ip_protocol_fallback: true"),
    .http(
      "HTTP/1.1", up: true, "https://127.0.0.1:{tls}/", "http_version: \"1.1\", " + ca,
      http: theirCA + ", enable_http2: false, valid_http_versions: [HTTP/1.1]"),
    .http(
      "HTTP/2", up: true, "https://127.0.0.1:{tls}/", "http_version: \"2\", " + ca,
      http: theirCA + ", valid_http_versions: [HTTP/2.0]"),
  ]

  private static let certificates: [Self] = [
    .http("TLS", up: true, "https://localhost:{tls}/", ca, http: theirCA),
    .http("TLS 1.2", up: true, "https://127.0.0.1:{tls12}/", ca, http: theirCA),
    .http("unknown CA", up: false, "https://localhost:{tls}/"),
    .http("expired", up: false, "https://localhost:{expired}/", ca, http: theirCA),
    .http("not yet valid", up: false, "https://localhost:{future}/", ca, http: theirCA),
    .http("wrong name", up: false, "https://localhost:{wrong}/", ca, http: theirCA),
    .http("self-signed", up: false, "https://localhost:{self}/", ca, http: theirCA),
    .http(
      "expired, unverified", up: true, "https://localhost:{expired}/", "verify: false",
      http: "tls_config: {insecure_skip_verify: true}"),
    .http(
      "self-signed, unverified", up: true, "https://localhost:{self}/", "verify: false",
      http: "tls_config: {insecure_skip_verify: true}"),
    .http(
      "name by SNI", up: true, "https://127.0.0.1:{wrong}/", "sni: elsewhere.test, " + ca,
      http: "tls_config: {ca_file: {certs}/ca.pem, server_name: elsewhere.test}"),
    .http("no client certificate", up: false, "https://localhost:{mtls}/", ca, http: theirCA),
    .http(
      "client certificate", up: true, "https://localhost:{mtls}/",
      "cert: {certs}/client.pem, key: {certs}/client.key, " + ca,
      http:
        "tls_config: {ca_file: {certs}/ca.pem, cert_file: {certs}/client.pem, key_file: {certs}/client.key}"),
    .http("HTTP on a port of TLS", up: false, "http://127.0.0.1:{tls}/"),
    .http("TLS on a port of HTTP", up: false, "https://127.0.0.1:{http}/"),
  ]

  /// Whoever has to replace a certificate wants its dates, above all where it is refused.
  private static let refused: [Figure: String] = [.expiry: "a certificate that is refused shows its dates"]

  private static let conversations: [Self] = [
    .tcp("connect", up: true, "127.0.0.1:{redis}"),
    .tcp("connect to nobody", up: false, "127.0.0.1:{closed}"),
    .tcp(
      "ping", up: true, "127.0.0.1:{redis}", "send: \"PING\\r\\n\", expect: [body contains \"PONG\"]",
      tcp: "query_response: [{send: PING}, {expect: PONG}]"),
    .tcp(
      "wrong answer", up: false, "127.0.0.1:{redis}",
      "send: \"PING\\r\\n\", expect: [body contains \"PANG\"]",
      tcp: "query_response: [{send: PING}, {expect: PANG}]"),
    .tcp("session", up: true, "localhost:{tls}", ca, kind: "tls", tcp: "tls: true, " + theirCA),
    .tcp(
      "session, expired", up: false, "localhost:{expired}", ca, kind: "tls", tcp: "tls: true, " + theirCA,
      differs: refused),
    .tcp(
      "session, wrong name", up: false, "localhost:{wrong}", ca, kind: "tls", tcp: "tls: true, " + theirCA,
      differs: refused),
    .tcp("session, no TLS", up: false, "localhost:{http}", ca, kind: "tls", tcp: "tls: true, " + theirCA),
    .tcp(
      "mail", up: true, "localhost:{smtp}", "starttls: smtp, " + ca,
      tcp: "\(mail), " + theirCA),
    .tcp("mail, unknown CA", up: false, "localhost:{smtp}", "starttls: smtp", tcp: mail, differs: refused),
    .tcp(
      "mail, no mail", up: false, "localhost:{redis}", "starttls: smtp, timeout: 1s, " + ca,
      tcp: "\(mail), " + theirCA),
  ]

  private static let mail = """
    query_response: [{expect: "^220"}, {send: "EHLO prober"}, {expect: "^250[- ]STARTTLS"}, {send: STARTTLS}, \
    {expect: "^220"}, {starttls: true}, {send: "EHLO prober"}, {expect: "^250"}]
    """

  private static let names: [Self] = [
    .dns("A", up: true, "api.shop.test"),
    .dns("MX", up: true, "shop.test", type: "MX"),
    .dns("SOA", up: true, "shop.test", type: "SOA"),
    .dns("NXDOMAIN", up: false, "nobody.shop.test"),
    .dns(
      "NXDOMAIN, as wanted", up: true, "nobody.shop.test", "expect: [dns_rcode == NXDOMAIN]",
      dns: "valid_rcodes: [NXDOMAIN]"),
    .dns("REFUSED", up: false, "example.com"),
    .dns("no name server", up: false, "api.shop.test", server: "127.0.0.1:{closed}"),
    .dns("name server is mute", up: false, "mute.test"),
    .dns(
      "wrong address", up: false, "api.shop.test", "answers: [10.0.0.6]",
      dns: "validate_answer_rrs: {fail_if_not_matches_regexp: [\"10.0.0.6\"]}"),
  ]

  /// Where Linux lets this group have sockets for echoes; else an endpoint is paused and says so.
  static let hasEchoes: Bool = {
    let file = "/proc/sys/net/ipv4/ping_group_range"
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    let ends = text.split { $0.isWhitespace }.compactMap { UInt32($0) }
    guard ends.count == 2 else { return false }
    return ends[0] <= getgid() && getgid() <= ends[1]
  }()

  private static let echoes: [Self] =
    hasEchoes
    ? [
      Self(
        "echo", up: true, "icmp: 127.0.0.1", "prober: icmp, icmp: {preferred_ip_protocol: ip4}", "127.0.0.1")
    ] : []
}
