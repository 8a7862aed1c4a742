import Incidents
import Testing
import Values

@testable import Comms

/// Well-written updates, of which none is complained about.
struct SampleUpdatesTests {
  private static let samples: [(Stage, String)] = [
    (
      .investigating,
      "Impact: about one in ten purchases fails.\nWe are looking for the cause. It began at 02:55 UTC.\nNext update: 03:30 UTC"
    ),
    (
      .investigating,
      "Impact: signing in takes up to a minute.\nWho is signed in can work as usual.\n\nNext update: 03:30 UTC"
    ),
    (.investigating, "Impact: orders are confirmed late. No order is missing.\nNext update by 03:30Z."),
    (
      .investigating,
      "Impact: the app shows an error (\"Something went wrong\") when a photo is added.\nNext update: 03:30 UTC (04:30 CET)"
    ),
    (.investigating, "**Impact:** exports fail; 1,204 of 15,000 since midnight.\n**Next update:** 03:30 UTC"),
    (
      .investigating,
      "Impact: Search finds nothing new since 02:40 UTC.\nOlder entries are found. We write again at 03:30 UTC."
    ),
    (
      .investigating,
      "Impact: some of you get HTTP 503 from the public API, version 2.4.1.\nA retry helps in most cases.\nNext update: 03:30 UTC"
    ),
    (
      .investigating,
      "Impact: payments by card are refused; other ways to pay work.\nNothing was charged twice as far as we know.\nNext update: 2026-11-21 03:30 UTC"
    ),
    (
      .investigating,
      "Impact: e-mails arrive up to 40 minutes late.\nPlease do not send them again.\nNext update: 3:30 am UTC"
    ),
    (
      .investigating,
      "Impact: the dashboard of tenants in Europe is empty. Sales are recorded.\nStatus: https://status.example.com/packs.\nNext update: 03:30 UTC"
    ),
    (
      .identified,
      "Impact: purchases fail for who uses app 4.2.0.\nThe cause is a change of yesterday, which we are taking back.\nNext update: 03:30 UTC"
    ),
    (
      .identified,
      "Impact: bookings cannot be changed.\nWe have found the cause: a full disk. We are making room.\nNext update: 03:30 UTC"
    ),
    (
      .identified,
      "Impact: invoices show the wrong VAT.\nThey are corrected by us; you do not have to do anything.\nNext update: 03:30 UTC"
    ),
    (
      .identified,
      "Impact: videos stutter in Asia.\nA provider of ours has trouble, and we lead traffic around it.\nNext update: 22:30 EST on 20 November"
    ),
    (.identified, "Impact: new accounts cannot be confirmed.\nETA: not yet known\nNext update: 03:30 UTC"),
    (
      .identified,
      "Impact: push messages are not sent (iOS 17 and Android 14).\nWhat was not sent is kept, and goes out afterwards.\nNext update: 03:30 UTC"
    ),
    (
      .identified,
      "Impact: 7 % of uploads fail.\nUntil then: upload files below 10 MB, one by one.\nNext update: 03:30 UTC"
    ),
    (
      .identified,
      "Impact: reports of Q3 cannot be opened.\nGo to Reports > Archive to see last year's.\nHelp: help@example.com\nNext update: 03:30 UTC"
    ),
    (
      .monitoring,
      "Impact: none since 03:02 UTC; before, one in ten purchases failed.\nWe are watching that it stays so.\nNext update: 03:30 UTC"
    ),
    (
      .monitoring,
      "Impact: signing in works again.\nThe cause is put right. If you still notice something, please tell us.\nNext update: 03:30 UTC"
    ),
    (
      .monitoring, "Impact: late e-mails are going out now; 3,000 of 12,000 are left.\nNext update: 03:30 UTC"
    ),
    (
      .monitoring,
      "Impact: pages load as usual.\nWe keep watching until 04:30 UTC before we call it resolved.\nNext update: 03:30 UTC"
    ),
    (
      .resolved,
      "Impact: from 02:55 to 03:02 UTC one in ten purchases failed.\nNo data was lost, and nobody was charged twice."
    ),
    (
      .resolved,
      "Impact: exports failed from 00:10 to 02:40 UTC.\nLost or lingering: nothing. Please start failed exports again."
    ),
    (
      .resolved,
      "Impact: orders between 02:10 and 02:25 UTC were lost, 14 in all.\nWe write to each of those customers. We are sorry."
    ),
    (
      .resolved,
      "Impact: the shop could not be reached for 25 minutes.\nAll orders and accounts are complete.\nThe cause was a certificate that had run out."
    ),
    (
      .resolved,
      "Impact: search was out of date for an hour. Your data is safe; only the index was late.\nThank you for your patience."
    ),
    (
      .announcement,
      "From 1 December 2026 our support answers from 08:00 to 20:00 CET.\nYou do not have to do anything."
    ),
    (
      .maintenance,
      "Impact: nothing can be changed, everything can be seen.\nThis is planned, from 2026-11-28 22:00 UTC until 23:30 UTC.\nWe write again when it is over."
    ),
    (
      .reply,
      "Thank you for writing. Your pack is in your account again; nothing was charged a second time.\nIf anything is missing, please answer this mail."
    ),
    (
      .reply,
      "You were right: the invoice of 12 November was wrong. A new one is attached, and the old one is void."
    ),
  ]

  @Test func noneIsComplainedAbout() throws {
    #expect(Self.samples.count >= 30)
    var check = DraftCheck(
      limit: 1000, severity: .s2, links: ["https://status.example.com/packs"],
      hosts: ["api.example.net", "search"])
    check.now = try instant("03:10")
    for (stage, text) in Self.samples {
      let next = stage.asksForNext ? try instant("03:30") : nil
      let findings = check.findings(
        subject: "Purchases fail for some", text: text, audience: "users", stage: stage, nextUpdate: next)
      #expect(findings.filter { $0.mark != .good }.map(\.sentence) == [], "\(text)")
      #expect(check.promise(in: text, at: try instant("03:10")) == next, "\(text)")
    }
  }
}
