import Incidents
import Testing
import Values

@testable import Comms

struct EstimateCheckTests {
  static let promises = [
    "ETA: 15:00 UTC", "ETA: about an hour", "**ETA:** 30 minutes", "- ETA = tonight", "ETA – 15:00 UTC",
    "Estimated time to fix: 2 h", "Purchases will be back by 15:00 UTC.",
    "It should be fixed within 30 minutes.",
    "We expect it to be resolved in about two hours.", "We'll have it working by tomorrow.",
    "We anticipate recovery before noon.", "It is going to be up in an hour.",
    "We hope to have a fix at 3 pm UTC.", "It should take another 20 minutes.",
    "This will take about an hour.",
    "Full service by 15:00 UTC.", "We hope this is over by tomorrow.", "Back within the hour.",
    "Normal service in about 30 minutes.", "Repairs may last two more hours.", "Fix expected by 15:00 UTC.",
  ]
  static let others = [
    "ETA: not yet known", "ETA: unknown.", "ETA:", "ETA: {{eta}}", "Estimated impact: 7 %", "Beta: 15:00 UTC",
    "Next update: 15:00 UTC", "We will be back with an update by 15:00 UTC.",
    "Purchases work again since 15:00 UTC.",
    "Everything was restored at 15:00 UTC.", "We watch it until 15:00 UTC.",
    "It failed from 15:00 to 15:20 UTC.",
    "Signing in takes up to a minute.", "Orders may take 10 minutes longer.", "Full service since 15:00 UTC.",
    "Back at 15:00 UTC it was slow again.", "Exports will take an hour each.",
    "Normal service was back by 15:00 UTC.",
    "We hope for your patience until 15:00 UTC.",
    "We will say when it is fixed.", "It will be fixed.", "Your order will be sent on Monday.",
  ]

  @Test(arguments: promises) func isAPromise(_ text: String) {
    #expect(EstimateCheck.promise(in: CheckedText("Impact: x\n\(text)", .text)) != nil)
  }

  @Test(arguments: others) func isNone(_ text: String) {
    #expect(EstimateCheck.promise(in: CheckedText("Impact: x\n\(text)", .text)) == nil)
  }

  private func complaints(_ audience: String, _ stage: Stage, _ allows: Bool) throws -> [String] {
    DraftCheck(allowsEstimate: allows).findings(
      subject: "S", text: "Impact: x\nETA: 15:00 UTC\nNext update: 03:30 UTC", audience: audience,
      stage: stage,
      nextUpdate: try instant("03:30")
    ).filter { $0.topic == .estimate }.map { "\($0.place?.position.line ?? 0) \($0.sentence)" }
  }

  @Test func onlyItsTemplateAllowsIt() throws {
    let complaint =
      "2 The text promises when it will work, and its template does not allow that; say when the next update comes instead."
    #expect(try complaints("users", .identified, false) == [complaint])
    #expect(try complaints("users", .identified, true).isEmpty)
    #expect(try complaints("internal", .identified, false).isEmpty)
    #expect(try complaints("users", .maintenance, false).isEmpty)
    let head = "audience: users\nstage: Identified\nsubject: S\n"
    let with = "variables:\n  eta: {default: not yet known}\n"
    #expect(try template("---\n\(head)---\nx").allowsEstimate(for: .s1) == false)
    #expect(try template("---\n\(head)\(with)---\nx").allowsEstimate(for: .s3))
    #expect(try template("---\n\(head)severity: [S1]\n\(with)---\nx").allowsEstimate(for: .s1))
    #expect(try template("---\n\(head)severity: [S1]\n\(with)---\nx").allowsEstimate(for: .s3) == false)
  }
}

struct LossCheckTests {
  static let texts: [(String, LossStatement)] = [
    ("No data was lost.", .none), ("Nothing was lost.", .none), ("Lost or lingering: none", .none),
    ("Lost or lingering: nothing", .none), ("We lost no orders.", .none), ("Your data is safe.", .none),
    ("All orders are complete and intact.", .none), ("Orders weren't lost.", .none),
    ("Without loss of data.", .none),
    ("Orders from 03:05 to 03:20 UTC were lost.", .lost), ("Nothing was lost but two orders.", .lost),
    ("No data was lost.\nTwo orders are missing.", .lost), ("Sales entered after noon are gone.", .lost),
    ("Everything works again.", .unsaid), ("If an order is missing, please tell us.", .unsaid),
    ("The bakery is closed; closure, lossless.", .unsaid),
    ("", .unsaid),
  ]

  @Test(arguments: texts) func isRead(_ text: String, _ said: LossStatement) {
    #expect(LossStatement(in: text) == said)
  }

  @Test(arguments: [
    ("no", LossStatement.none), ("No.", .none), ("none", .none), ("nothing known", .none),
    ("two orders", .lost),
    ("no, but two orders twice", .lost), ("yes", .lost),
  ])
  func answers(_ answer: String, _ meant: LossStatement) {
    #expect(LossStatement(answer: answer) == meant)
    #expect(LossStatement(answer: " ") == nil && LossStatement(answer: nil) == nil)
  }

  private func complaints(_ text: String, _ lost: String?, audience: String = "users") -> [String] {
    var check = DraftCheck()
    check.dataLost = lost
    return check.findings(
      subject: "S", text: "Impact: x\n\(text)", audience: audience, stage: .resolved, nextUpdate: nil
    ).filter { $0.mark == .error }.map(\.sentence)
  }

  @Test func resolvedSaysIt() {
    #expect(
      complaints("All well.", nil) == [
        "Say whether data was lost, such as \"No data was lost.\", or what was."
      ])
    #expect(complaints("All well.", "two orders") == ["Say what was lost: the incident says \"two orders\"."])
    #expect(
      complaints("No data was lost.", "two orders") == [
        "The text says that nothing was lost, and the incident says \"two orders\"; correct one of them."
      ])
    #expect(
      complaints("Two orders were lost.", "no")
        == ["The text tells of a loss, and the incident says \"no\"; correct one of them."])
    #expect(complaints("Two orders were lost.", "two orders").isEmpty)
    #expect(complaints("No data was lost.", "no").isEmpty && complaints("No data was lost.", nil).isEmpty)
    #expect(complaints("All well.", "two orders", audience: "internal").isEmpty)
  }
}
