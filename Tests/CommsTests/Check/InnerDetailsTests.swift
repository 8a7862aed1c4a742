import Incidents
import Testing
import Values

@testable import Comms

/// What outward texts must not tell, however it is spelt, and what they may.
struct InnerDetailsTests {
  private let details = InnerDetails(
    links: [
      "https://status.example.com/packs", "http://127.0.0.1:18081/status", "https://help.example.com/",
    ],
    hosts: ["postgres7", "api", "127.0.0.1"], secrets: [Secret("hunter22")])

  static let bad: [(String, Finding.Topic)] = [
    ("10.0.3.7 fails", .address), ("(10.0.3.7)", .address), ("10.0.3.7:8080/health", .address),
    ("10.0.3.0/24", .address), ("10.0.3.7-10.0.3.9", .address), ("10.0.3.x", .address),
    ("ip=10.0.3.7", .address),
    ("**10.0.3.7**", .address), ("ops@10.0.3.7", .address), ("１０.０.３.７", .address), ("10。0。3。7", .address),
    ("10.\u{200B}0.3.7", .address), ("10.0\u{2060}.3.7", .address),
    ("10\u{2024}0\u{2024}3\u{2024}7", .address),
    ("::1", .address), ("fe80::1", .address), ("fe80::1%eth0", .address), ("[fe80::1]:443", .address),
    ("2001:db8::/32", .address), ("2001:db8:0:0:0:0:2:1", .address), ("::ffff:a00:307", .address),
    ("52:54:00:ab:cd:ef", .address), ("http://127.0.0.1:18081/admin", .address),
    ("db-1.internal", .host), ("see https://api.corp.example.com/x?y", .host), ("postgres7", .host),
    ("api:8080", .host), ("http://jenkins/job/3", .host), ("db-1", .host), ("prod-web-03", .host),
    ("web01-eu", .host),
    ("ip-10-0-3-7", .host), ("redis-master-0", .host), ("api-7d9f8b6c5d-x2x7z", .host),
    ("i-0abc123def4567890", .host), ("db.prod.svc.cluster.local", .host), ("Db-1.Internal", .host),
    ("d\u{00AD}b-1.internal", .host), ("db－1.internal", .host), ("shop.example.co.jp", .host),
    ("www.shop.xy", .host),
    ("https://status.example.com.evil.net/packs", .host),
    ("https://status.example.com/packs.evil.net", .host),
    ("https://status.example.com@evil.net", .host), ("localhost:3000", .host),
    ("T-482", .ticket), ("t-482", .ticket), ("INC-14:", .ticket), ("PACK-1021", .ticket), ("OPS-7", .ticket),
    ("(#OPS-17)", .ticket), ("T\u{2011}482", .ticket), ("T-481/T-482", .ticket),
    ("550e8400-e29b-41d4-a716-446655440000", .ticket),
    ("java.lang.NullPointerException: x", .trace), ("a TypeError came", .trace),
    ("Traceback (most recent call last):", .trace), ("  at Shop.buy(Shop.java:12)", .trace),
    ("at /app/server.js:12:3", .trace), ("  File \"shop.py\", line 12, in buy", .trace),
    ("panic: index", .trace),
    ("goroutine 7 [running]:", .trace), ("0x7fff5fbff8c8", .trace), ("ECONNREFUSED", .trace),
    ("OOMKilled", .trace),
    ("Caused by: a lock", .trace), ("shop.py:12", .trace),
    ("/var/log/shop/error.log", .path), ("in /etc/nginx/nginx.conf.", .path), ("~/deploy/run", .path),
    ("C:\\Shop\\shop.ini", .path), ("\\\\files\\shop", .path), ("s3://backups/x", .path),
    ("postgres://db/shop", .path), ("jdbc:mysql:x", .path), ("`/home/ops/x`", .path),
    ("password=abc", .secret), ("Password: hunter23", .secret), ("?token=abc", .secret),
    ("AKIAIOSFODNN7EXAMPLE", .secret),
    ("sk_live_4242abcd4242", .secret), ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", .secret),
    ("xoxb-12345678-abcdef", .secret), ("Bearer abcdef123456789", .secret),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x", .secret), ("-----BEGIN RSA PRIVATE KEY-----", .secret),
    ("https://ops:pw@shop.example.com/", .secret), ("0123456789abcdef0123456789abcdef", .secret),
    ("https://status.example.com/packs?token=abc1", .secret), ("hunter22", .secret),
    ("hunter\u{200B}22", .secret),
  ]

  @Test(arguments: bad)
  func isFound(_ text: String, _ topic: Finding.Topic) {
    for whole in [text, "Since noon: \(text)", "\(text) is the reason.\nMore."] {
      let found = details.findings(in: whole, .text)
      #expect(found.first?.topic == topic, "\(whole): \(found.map(\.sentence))")
    }
  }

  static let good = [
    "Status: https://status.example.com/packs.", "(https://status.example.com/packs)",
    "https://status.example.com/packs, too",
    "https://status.example.com/packs/history", "https://status.example.com/packs?lang=de#now",
    "<https://help.example.com/>", "https://help.example.com/packs/refund", "http://127.0.0.1:18081/status!",
    "**https://status.example.com/packs**", "Write to help@example.com.",
    "Version 4.2.0, e.g. on node.js, i.e. 3.5.",
    "version 4.2.0.1 and v1.2.3.4", "From 03:05 to 03:12 UTC, on 2026-11-21 at 12:00:30.",
    "COVID-19, UTF-8, SHA-256, top-10",
    "UTC-5, GMT-3", "24-7, 50-50, and/or, 3/4, a:b:c", "It works.Run it again.", "page.It works",
    "The api answers.",
    "api and web are two words", "mid-2026, pre-2020", "iOS 17.2, macOS 14.1.2",
    "Error 503, HTTP 502 and #1 of 3",
    "An error occurred; errors are shown.", "At the Shop (all of it)", "at noon (or later)",
    "Passwords are safe; your token is not needed.",
    "Password: ask your administrator", "We reset your password.", "Menu > Settings / Billing / Plans",
    "Go to /account to see it.",
    "7 % of purchases, 1,204 orders, €12.50", "S3 and EC2, OAuth2, IPv6, HTTP/2",
    "10:15:20:25 is a ratio? no: 3 to 1",
    "1.2.3 4.5", "the ASP.NET pages", "We lost 3.5 s … and more", "Q3-2026 plans, A-4 paper, F-16", "—", "",
    "....", "::", "a.", ".b", "/",
    "日本語のお知らせ。ご迷惑をおかけします。", "Überweisungen funktionieren wieder.", "👩‍👩‍👧 families",
    "Visit Settings.Then sign in.",
  ]

  @Test(arguments: good)
  func isAllowed(_ text: String) {
    #expect(details.findings(in: text, .text).map(\.sentence) == [])
    #expect(details.findings(in: "Look: \(text) - thanks.", .text).map(\.sentence) == [])
  }

  @Test func eachHasItsPlace() {
    let found = details.findings(in: "one\r\ntwö 10.0.3.7, 10.0.3.7\nT-482 db-1", .text)
    #expect(
      found.map(\.place) == [
        Finding.Place(.text, Position(line: 2, column: 5)),
        Finding.Place(.text, Position(line: 3, column: 7)),
        Finding.Place(.text, Position(line: 3, column: 1)),
      ])
  }

  @Test func whatIsShownIsInert() {
    let found = details.findings(in: "db-1.\u{1B}[31minternal.example.com", .text)
    #expect(found.allSatisfy { !$0.sentence.unicodeScalars.contains { $0.value < 32 } })
  }
}
