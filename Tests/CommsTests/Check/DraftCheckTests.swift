import Incidents
import Testing
import Values

@testable import Comms

struct DraftCheckTests {
  private func complaints(
    _ text: String, subject: String = "S", audience: String = "users", stage: Stage = .identified,
    next: String? = "03:30", check: DraftCheck = DraftCheck()
  ) throws -> [String] {
    check.findings(
      subject: subject, text: text, audience: audience, stage: stage,
      nextUpdate: try next.map { try instant($0) }
    ).filter { $0.mark != .good }.map { "\($0.mark.sign) \($0.sentence)" }
  }

  private let fine = "Impact: no packs.\nNext update: 03:30 UTC"

  @Test func aGoodTextHasNoComplaints() throws {
    #expect(try complaints(fine).isEmpty)
    let findings = DraftCheck(limit: 100).findings(
      subject: "S", text: fine, audience: "users", stage: .identified, nextUpdate: try instant("03:30"))
    #expect(
      findings.map(\.sentence) == [
        "Next update named: 03:30 UTC, as promised.", "No host names, ids or secrets.",
        "40 of 100 characters.",
        "The impact is named.",
      ])
  }

  static let promises: [(line: String, next: String?, complaint: String?)] = [
    ("Next update: 03:30Z", "03:30", nil),
    ("next update by 3:30 UTC.", "03:30", nil),
    ("Next update: 05:30 CEST", "03:30", nil),
    ("Next update at 05:30+02:00", "03:30", nil),
    ("Next update at 04:00 UTC+0:30", "03:30", nil),
    ("Next update: 2026-11-21 03:30 UTC", "03:30", nil),
    (
      "Next update: 03:45 UTC", "03:30",
      "✖ The text says 03:45 UTC for the next update, and 03:30Z is promised."
    ),
    (
      "Next update: 03:30 CET", "03:30",
      "✖ The text says 03:30 CET for the next update, and 03:30Z is promised."
    ),
    ("Next update: 03:30", "03:30", "✖ The next update has no zone in the text; write 03:30Z."),
    ("Next update: 03:30 LMT", "03:30", "✖ The next update has no zone in the text; write 03:30Z."),
    ("Next update: later", "03:30", "✖ The next update has no time in the text; write 03:30Z."),
    (
      "See you at 03:30 UTC", "03:30",
      "▲ The next update at 03:30Z is not in the text: its readers do not learn of it."
    ),
    ("Next update: 03:30 UTC", nil, nil),
    (
      "Next update: 03:30", nil,
      "✖ The next update has no zone in the text; write a time with its zone, such as 03:30 UTC."
    ),
    ("That is all", nil, "▲ No next update is named; say when you write again."),
  ]

  @Test(arguments: promises)
  func thePromiseIsInTheText(_ line: String, _ next: String?, _ complaint: String?) throws {
    #expect(try complaints("Impact: x\n" + line, next: next) == [complaint].compactMap { $0 })
  }

  @Test func resolvedPromisesNothing() throws {
    #expect(try complaints("Impact: x\nNothing was lost.", stage: .resolved, next: nil).isEmpty)
  }

  @Test(arguments: [
    ("We will be back soon.", "\"soon\" promises nothing; name a time."),
    ("As soon\nas possible!", "\"as soon as possible\" promises nothing; name a time."),
    ("SHORTLY", "\"shortly\" promises nothing; name a time."),
    ("We look into it asap", "\"asap\" promises nothing; name a time."),
  ])
  func vagueWords(_ words: String, _ complaint: String) throws {
    let text = "\(fine)\n\(words)"
    #expect(try complaints(text) == ["✖ " + complaint])
    #expect(try complaints(text, audience: "internal") == ["▲ " + complaint])
    var check = DraftCheck()
    check.allowsVague = try template(
      "---\naudience: users\nstage: Identified\nsubject: S\nvague: true\n---\nx"
    )
    .allowsVague
    #expect(try complaints(text, check: check) == ["▲ " + complaint])
    #expect(try complaints("\(fine)\nno sooner said, unsoonly").isEmpty)
  }

  static let inner: [(words: String, complaint: String)] = [
    ("on 10.0.3.7", "✖ 10.0.3.7 is a network address; leave it out."),
    ("on 10.0.3.7:8080/x", "✖ 10.0.3.7:8080/x is a network address; leave it out."),
    ("(fe80:0:0:1)", "✖ fe80:0:0:1 is a network address; leave it out."),
    ("db-1.internal is down.", "✖ db-1.internal looks like a host name; leave it out."),
    ("see https://API.corp.example.com/x?y", "✖ api.corp.example.com looks like a host name; leave it out."),
    ("postgres7 fails", "✖ postgres7 is a host of ours; leave it out."),
    ("ticket T-482", "✖ T-482 is an id of ours that means nothing to readers."),
    ("PACK-1021,", "✖ PACK-1021 is an id of ours that means nothing to readers."),
    ("INC-14", "✖ INC-14 is an id of ours that means nothing to readers."),
    ("ssh root@db-1.internal", "✖ db-1.internal looks like a host name; leave it out."),
    ("(deploy@web7:/srv)", "✖ web7 looks like a host name; leave it out."),
    ("ops@app.prod.lan fails", "✖ app.prod.lan looks like a host name; leave it out."),
    ("ssh root@shop.example.com", "✖ shop.example.com looks like a host name; leave it out."),
    ("as root@postgres7", "✖ postgres7 is a host of ours; leave it out."),
    ("see #4821.", "✖ #4821 is an id of ours that means nothing to readers."),
    ("(#4821)", "✖ #4821 is an id of ours that means nothing to readers."),
    ("ticket 4821", "✖ 4821 is an id of ours that means nothing to readers."),
    ("Ticket no. 4821 tells more", "✖ 4821 is an id of ours that means nothing to readers."),
    ("incident #14", "✖ #14 is an id of ours that means nothing to readers."),
    ("token=abc", "✖ Something that looks like a key or a token stands in the text."),
    (
      "key 0123456789abcdef0123456789abcdef",
      "✖ Something that looks like a key or a token stands in the text."
    ),
    ("say hunter22", "✖ A secret stands in the text."),
  ]

  @Test(arguments: inner)
  func innerDetailsStayIn(_ words: String, _ complaint: String) throws {
    let check = DraftCheck(hosts: ["postgres7"], secrets: [Secret("hunter22")])
    #expect(try complaints("\(fine)\n\(words)", check: check) == [complaint])
    let inside = try complaints("\(fine)\n\(words)", audience: "internal", check: check)
    #expect(inside == (complaint.hasPrefix("✖ A secret") ? [complaint] : inside.filter { $0.hasPrefix("▲") }))
  }

  @Test func wordsAndOwnLinksAreNoDetails() throws {
    let check = DraftCheck(
      links: ["https://status.example.com/packs"], hosts: ["example.com", "shop.example.com"])
    let words = """
      Status: https://status.example.com/packs. Version 4.2.0, e.g. node.js or i.e. 3.5 at 12:00. Write to
      help@example.com, help@shop.example.com or first.last@mail.example.co.uk, follow @example, order #4821, invoice no. #77, we are #1,
      the incident of 2026, issue 2 of 3, tickets for 20 minutes, in case 30 fail. Top-10, COVID-19, 24-7, and/or, page.It works. At 03:05:33 UTC, a:b:c.
      """
    #expect(try complaints("\(fine)\n\(words)", check: check).isEmpty)
  }

  @Test func limitsSubjectImpactAndOutage() throws {
    #expect(try complaints(fine, check: DraftCheck(limit: 10)) == ["✖ The text has 40 characters; 10 fit."])
    #expect(
      try complaints(fine, subject: String(repeating: "x", count: 256))
        == ["✖ The subject has 256 characters; 255 fit."])
    #expect(try complaints(fine, subject: " ") == ["▲ The subject is empty."])
    #expect(
      try complaints("Next update: 03:30 UTC\nImpact:")
        == ["▲ Say what people notice: no line begins with \"Impact:\"."])
    #expect(try complaints("\(fine)\nAn outage.", check: DraftCheck(severity: .s2)).count == 1)
    #expect(try complaints("\(fine)\nAn outage.", check: DraftCheck(severity: .s1)).isEmpty)
    #expect(try complaints("\(fine)\n{{eta}}") == ["✖ {{eta}} is unfilled."])
    #expect(try complaints("\(fine)\n{{to be said}}") == ["✖ A field's braces {{ are left in the text."])
    #expect(try complaints("").first == "✖ The text is empty.")
  }

  @Test func anyTextIsChecked() {
    var state: UInt64 = 1
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<30 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let pieces = [
          "{{", "}}", ":", ".", "1", "a", "-", " ", "\n", "next update", "é", "/", "://", "+", "Z",
        ]
        text += pieces[Int((state >> 33) % UInt64(pieces.count))]
      }
      _ = DraftCheck(limit: 5, links: ["a"], hosts: ["1"]).findings(
        subject: text, text: text, audience: "users", stage: .identified, nextUpdate: nil)
      _ = TextDiff(from: text, to: String(text.reversed()))
    }
  }
}
