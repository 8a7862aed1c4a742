extension KindCase {
  static let all = requests + conversations + names + programs

  private static let site = "http://127.0.0.1:{http}"
  private static let odd = "http://127.0.0.1:{odd}"
  private static let ok = "expect: ['json(\"$.status\") == \"ok\"']"

  private static let requests: [Self] = [
    Self("http", .up, "http: '\(site)/ok'", "up", series: ["probe_http_status_code": 200]),
    Self("http", .down, "http: '\(site)/status/503'", "down", "status is 503, expected 200..299"),
    Self("http", .down, "http: 'http://127.0.0.1:{closed}/'", "down", "connection refused by"),
    Self("http", .slow, "http: '\(odd)/hang'", "down", "no answer in 1s"),
    Self("http", .slow, "http: '\(odd)/slow/0.5', expect: [latency < 200ms]", "down", "expected < 200ms"),
    Self("http", .lying, "http: '\(odd)/half'", "down", "closed after 9 of 1000 bytes"),
    Self("http", .lying, "http: '\(odd)/two-lengths'", "down", "closed after 5 of 500 bytes"),
    Self("http", .lying, "http: '\(odd)/not-gzip'", "down", "not compressed as its header says"),
    Self("http", .lying, "http: '\(odd)/bomb'", "down", "body larger than 8 MiB"),
    Self("http", .malformed, "http: '\(odd)/garbage'", "down", "the answer is not HTTP"),
    Self("http", .malformed, "http: '\(odd)/bad-chunk'", "down", "the answer is not HTTP"),
    Self("http", .malformed, "http: '\(odd)/huge-head'", "down", "larger than"),
    Self(
      "http", .malformed, "http: '\(odd)/escape', expect: [body contains \"ready\"]", "down",
      "expected to contain"),

    Self(
      "scrape", .up, "scrape: 'http://127.0.0.1:{node}/metrics'", "up", series: ["up": 1, "node_load1": nil]),
    Self(
      "scrape", .up, "scrape: 'http://127.0.0.1:{prometheus}/metrics'", "up", series: ["prometheus_ready": 1]),
    Self(
      "scrape", .up, "scrape: 'http://127.0.0.1:{alertmanager}/metrics'", "up",
      series: ["alertmanager_build_info": 1]),
    Self(
      "scrape", .down, "scrape: 'http://127.0.0.1:{closed}/metrics'", "down", "refused", series: ["up": 0]),
    Self("scrape", .down, "scrape: '\(site)/status/500'", "down", "status is 500", series: ["up": 0]),
    Self("scrape", .slow, "scrape: '\(odd)/dribble'", "down", "in 1s"),
    Self("scrape", .lying, "scrape: '\(odd)/not-metrics'", "down", "is no page of metrics"),
    Self("scrape", .lying, "scrape: '\(odd)/endless'", "down", "body larger than 8 MiB"),
    Self("scrape", .malformed, "scrape: '\(odd)/half-metrics'", "down", "line 2", series: ["up": 0]),

    Self(
      "json", .up, "json: '\(site)/json', \(ok), series: {depth: $.depth}", "up",
      series: ["depth": 3]),
    Self(
      "json", .up,
      "json: 'http://127.0.0.1:{prometheus}/api/v1/status/buildinfo', expect: ['json(\"$.status\") == \"success\"']",
      "up"),
    Self(
      "json", .up,
      "json: 'http://127.0.0.1:{alertmanager}/api/v2/status', expect: ['json(\"$.cluster.status\") == \"disabled\"']",
      "up"),
    Self("json", .down, "json: '\(site)/status/500', \(ok)", "down", "status is 500"),
    Self("json", .slow, "json: '\(odd)/hang', \(ok)", "down", "no answer in 1s"),
    Self("json", .lying, "json: '\(odd)/sorry', \(ok)", "down", "is \"failing\", expected \"ok\""),
    Self("json", .lying, "json: '\(odd)/not-metrics', \(ok)", "down", "not JSON"),
    Self("json", .malformed, "json: '\(odd)/half-json', \(ok)", "down", "not JSON"),

    Self("callable", .up, "callable: '\(odd)/callable'", "up"),
    Self("callable", .down, "callable: '\(odd)/status/503'", "down", "status is 503"),
    Self("callable", .slow, "callable: '\(odd)/hang'", "down", "no answer in 1s"),
    Self("callable", .lying, "callable: '\(odd)/refuse'", "down", "the function says UNAUTHENTICATED"),
    Self("callable", .lying, "callable: '\(odd)/json'", "down", "neither result nor error"),
    Self("callable", .malformed, "callable: '\(odd)/half-json'", "down", "not JSON"),
  ]

  private static let conversations: [Self] = [
    Self(
      "tcp", .up, "tcp: '127.0.0.1:{redis}', send: \"PING\\r\\n\", expect: [body contains \"PONG\"]", "up"),
    Self(
      "tcp", .up, "tcp: 'localhost:{smtp}', starttls: smtp, ca: {certs}/ca.pem, expect: [cert_expiry > 14d]",
      "up"),
    Self(
      "tcp", .up, "tcp: 'localhost:{imap}', starttls: imap, ca: {certs}/ca.pem, expect: [cert_expiry > 14d]",
      "up"),
    Self(
      "tcp", .up, "tcp: 'localhost:{pop3}', starttls: pop3, ca: {certs}/ca.pem, expect: [cert_expiry > 14d]",
      "up"),
    Self("tcp", .down, "tcp: '127.0.0.1:{closed}'", "down", "connection refused by"),
    Self("tcp", .down, "tcp: 'localhost:{smtp}', starttls: smtp", "down", "certificate: issuer unknown"),
    Self("tcp", .slow, "tcp: '127.0.0.1:{odd}', steps: [{await: 220}]", "down", "no answer in 1s"),
    Self(
      "tcp", .lying,
      "tcp: '127.0.0.1:{redis}', send: \"GET a\\r\\nQUIT\\r\\n\", expect: [body contains \"PONG\"]",
      "down",
      "expected to contain \"PONG\""),
    Self(
      "tcp", .malformed,
      "tcp: '127.0.0.1:{odd}', send: \"GET /garbage HTTP/1.0\\r\\n\\r\\n\", expect: [body contains \"200\"]",
      "down",
      "expected to contain \"200\""),
    Self("tcp", .malformed, "tcp: 'localhost:{redis}', starttls: smtp", "down", "request for TLS in 1s"),

    Self(
      "tls", .up, "tls: 'localhost:{tls}', ca: {certs}/ca.pem, expect: [body contains \"issuer CN=Our CA\"]",
      "up",
      series: ["probe_ssl_earliest_cert_expiry": 2_398_377_600]),
    Self("tls", .down, "tls: 'localhost:{closed}'", "down", "connection refused by"),
    Self("tls", .down, "tls: 'localhost:{expired}', ca: {certs}/ca.pem", "down", "certificate: expired"),
    Self(
      "tls", .down, "tls: 'localhost:{tls}', ca: {certs}/ca.pem, expect: [cert_expiry > 9000d]", "down",
      "9000d"),
    Self("tls", .slow, "tls: '127.0.0.1:{odd}'", "down", "no TLS handshake with 127.0.0.1:{odd} in 1s"),
    Self("tls", .lying, "tls: 'localhost:{wrong}', ca: {certs}/ca.pem", "down", "not for the name localhost"),
    Self("tls", .lying, "tls: 'localhost:{self}', ca: {certs}/ca.pem", "down", "self-signed certificate"),
    Self("tls", .malformed, "tls: 'localhost:{http}'", "down", "does not speak it"),
  ]

  private static func dns(_ name: String, _ rest: String = "") -> String {
    "dns: \(name).test, server: '127.0.0.1:{odd}'" + rest
  }

  private static let names: [Self] = [
    Self("dns", .up, "dns: api.shop.test, server: '127.0.0.1:{dns}', answers: [10.0.0.5]", "up"),
    Self("dns", .up, "dns: api.shop.test, type: AAAA, server: '127.0.0.1:{dns}', answers: ['fd00::5']", "up"),
    Self(
      "dns", .up, "dns: shop.test, type: MX, server: '127.0.0.1:{dns}', answers: [10 mail.shop.test]", "up"),
    Self(
      "dns", .up, "dns: shop.test, type: SOA, server: '127.0.0.1:{dns}'", "up",
      series: ["probe_dns_serial": 2_026_112_101]),
    Self("dns", .up, "dns: 10.0.0.5, type: PTR, server: '127.0.0.1:{dns}', answers: [api.shop.test]", "up"),
    Self("dns", .up, dns("honest", ", answers: [10.0.0.5]"), "up"),
    Self("dns", .down, "dns: nobody.shop.test, server: '127.0.0.1:{dns}'", "down", "\"NXDOMAIN\", expected"),
    Self("dns", .down, "dns: example.com, server: '127.0.0.1:{dns}'", "down", "\"REFUSED\", expected"),
    Self("dns", .down, dns("servfail"), "down", "\"SERVFAIL\", expected"),
    Self("dns", .slow, "dns: mute.test, server: '127.0.0.1:{dns}'", "down", "no answer in 1s"),
    Self(
      "dns", .lying, "dns: api.shop.test, server: '127.0.0.1:{dns}', answers: [10.0.0.6]", "down", "10.0.0.6"),
    Self("dns", .lying, dns("wrong-id"), "down", "no answer in 1s"),
    Self("dns", .lying, dns("other-question"), "down", "no answer in 1s"),
    // What a forger sends first is not taken, and the true answer is.
    Self("dns", .lying, dns("forged", ", answers: [10.0.0.5]"), "up"),
    Self("dns", .malformed, dns("garbage"), "down", "no answer in 1s"),
    Self("dns", .malformed, dns("short"), "down", "no answer in 1s"),
    Self("dns", .malformed, dns("missing"), "down", "is not DNS"),
    Self("dns", .malformed, dns("circle"), "down", "is not DNS"),
    Self("dns", .malformed, dns("truncated"), "down", "no answer in 1s"),
  ]

  private static let programs: [Self] = [
    Self(
      "exec", .up, "exec: [check_disk, -w, '0%', -c, '0%', -p, /], output: nagios", "up",
      series: ["nagios_status": 0, "nagios_perfdata": nil]),
    Self(
      "exec", .up, "exec: [check_http, -H, 127.0.0.1, -p, '{http}', -u, /ok], output: nagios", "up",
      series: ["nagios_status": 0]),
    Self("exec", .up, "exec: [check_tcp, -H, 127.0.0.1, -p, '{redis}'], output: nagios", "up"),
    Self("exec", .up, "exec: [check_dummy, '1', slow today], output: nagios", "up", "slow today"),
    Self("exec", .up, "exec: [printf, 'rows 5\\n'], output: prometheus", "up", series: ["rows": 5]),
    Self("exec", .down, "exec: [check_dummy, '2', it burns], output: nagios", "down", "it burns"),
    Self(
      "exec", .down, "exec: [check_http, -H, 127.0.0.1, -p, '{http}', -u, /status/500], output: nagios",
      "down",
      "500", series: ["nagios_status": 2]),
    Self(
      "exec", .down, "exec: [check_tcp, -H, 127.0.0.1, -p, '{closed}'], output: nagios", "down", "refused"),
    Self("exec", .down, "exec: ['false']", "down", "1"),
    Self("exec", .slow, "exec: [sleep, '30']", "down", "1s"),
    Self("exec", .slow, "exec: [sh, -c, 'trap \"\" TERM; sleep 30']", "down", "1s"),
    Self("exec", .lying, "exec: [check_dummy, '0', 'CRITICAL: all is lost'], output: nagios", "up"),
    Self("exec", .lying, "exec: [check_dummy, '3', who knows], output: nagios", "unknown", "who knows"),
    Self("exec", .lying, "exec: [sh, -c, 'kill -9 $$'], output: nagios", "unknown", "ended by SIGKILL"),
    Self("exec", .malformed, "exec: [printf, '<html>'], output: prometheus", "down", "line 1"),
    Self("exec", .malformed, "exec: [head, -c, '20000000', /dev/zero]", "up"),
    Self(
      "exec", .malformed, "exec: [printf, 'OK | a=1;2;;;; b=x c'], output: nagios", "up",
      series: ["nagios_perfdata_unread": nil]),
    Self("exec", .malformed, "exec: [no-such-program]", "paused", "no-such-program"),
  ]
}
