import Incidents
import Testing
import Values

@testable import Comms

/// Sentences that promise an update, and sentences that only look like it; read at 22:00 UTC on 21 November 2026.
struct PromiseSentenceTests {
  static let promises = [
    "Next update: 23:10 UTC", "Next update by 23:10 UTC.", "The next update comes at 23:10 UTC.",
    "**Next update:** 23:10 UTC", "Our next update is at 23:10 UTC, or earlier if we know more.",
    "Next update at 23:10 UTC or when it is over.", "Next update for all tenants: 23:10 UTC",
    "Next update on the problem with the app: 23:10 UTC",
    "The app fails since noon; next update at 23:10 UTC.",
    "The next update will be posted here at 23:10 UTC.", "We will post another update at 23:10 UTC.",
    "We'll post another update by 23:10 UTC.", "You will get an update by 23:10 UTC.",
    "We write again at 23:10 UTC.", "At 23:10 UTC we write again.", "By 23:10 UTC you will hear from us.",
    "You'll hear from us by 23:10 UTC.", "Another update by 23:10 UTC.",
    "Another update will follow at 23:10 UTC.", "Expect an update by 23:10 UTC.",
    "We will update this page at 23:10 UTC.", "We update this page by 23:10 UTC.",
    "A further update follows at 23:10 UTC.", "We are going to write again at 23:10 UTC.",
    "We watch it and write again at 23:10 UTC.", "The team will share another update at 23:10 UTC.",
    "I will update you again at 23:10 UTC.", "We found the cause, and we will update you by 23:10 UTC.",
  ]
  static let others = [
    "We deployed another update at 23:10 UTC.", "The iOS app got an update at 23:10 UTC and crashes since.",
    "The next update of the app, 2.4.1, ships at 23:10 UTC.", "We installed an update at 23:10 UTC.",
    "After another update at 23:10 UTC the queue was empty.",
    "The next update was at 23:10 UTC, and it broke more.", "We missed the next update at 23:10 UTC.",
    "The app's next update is out at 23:10 UTC.", "The next update to the app brings a fix at 23:10 UTC.",
    "Whoever took an update at 23:10 UTC has to sign in again.",
    "Those who write again at 23:10 UTC get the same answer.",
    "Our provider will post another update at 23:10 UTC.", "They promised an update by 23:10 UTC.",
    "Another update was made at 23:10 UTC.", "We rolled out an update at 23:10 UTC.",
    "The driver gets another update at 23:10 UTC.", "It had an update at 23:10 UTC.",
    "The firmware gets its next update at 23:10 UTC.", "We had to update this page at 23:10 UTC.",
    "Customers had to write again at 23:10 UTC.",
    "An update at 23:10 UTC caused it.", "The release of another update at 23:10 UTC did not help.",
  ]

  @Test(arguments: promises) func isAPromise(_ sentence: String) throws {
    let check = DraftCheck()
    let now = try instant("22:00")
    for text in [sentence, "Impact: x\n\(sentence)", "It fails. \(sentence)\nThank you."] {
      #expect(check.promise(in: text, at: now) == (try instant("23:10")), "\(text)")
    }
  }

  @Test(arguments: others) func isNone(_ sentence: String) throws {
    var check = DraftCheck()
    check.now = try instant("22:00")
    for text in [sentence, "Impact: x\n\(sentence)", "It fails. \(sentence)\nThank you."] {
      #expect(check.promise(in: text, at: try instant("22:00")) == nil, "\(text)")
      let findings = check.findings(
        subject: "S", text: text, audience: "internal", stage: .identified, nextUpdate: nil)
      #expect(
        findings.filter { $0.topic == .promise }.map(\.sentence)
          == ["No next update is named; say when you write again."], "\(text)")
    }
  }

  @Test func anotherSentenceConfirmsAPromise() throws {
    var check = DraftCheck()
    check.now = try instant("22:00")
    func said(_ text: String, _ next: String) throws -> [String] {
      check.findings(
        subject: "S", text: "Impact: x\n\(text)", audience: "internal", stage: .identified,
        nextUpdate: try instant(next)
      ).filter { $0.topic == .promise }.map { "\($0.mark.sign) \($0.sentence)" }
    }
    let text = "They told us that an update by 23:10 UTC is likely."
    #expect(try said(text, "23:10") == ["✓ Next update named: 23:10 UTC, as promised."])
    #expect(
      try said(text, "23:00")
        == ["▲ The next update at 23:00 UTC is not in the text: its readers do not learn of it."])
  }

  @Test func bothAreMany() {
    #expect(Self.promises.count + Self.others.count >= 40)
    #expect(Set(Self.promises + Self.others).count == Self.promises.count + Self.others.count)
  }
}
