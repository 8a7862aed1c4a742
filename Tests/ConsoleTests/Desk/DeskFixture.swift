import Desk
import Incidents
import Terminal
import Values

@testable import Console

/// A desk in the middle of the night: what breaches first, what waits, what is over.
enum DeskFixture {
  static let system = "ensei-packs"

  /// As Nova's document has them.
  static var plan: ClockPlan {
    var plan = ClockPlan()
    plan.targets = [
      .init(severity: .s1, respond: .minutes(15), mitigate: .minutes(15), resolve: .hours(2)),
      .init(severity: .s2, respond: .hours(1)), .init(severity: .s3, respond: .hours(4)),
      .init(severity: .s4),
    ]
    plan.pauses = ["pending_user", "third_party", "incident"]
    return plan
  }

  static let permissions = DeskPermissions([
    "public": ["support", "admin"], "internal": ["support", "admin"], "override": ["admin"],
  ])

  /// Seven tickets: one overdue, one about to be, one for which nobody has time.
  static func journal() throws -> TestJournal {
    var journal = try Fixture.journal()
    try open(
      &journal, "Charged twice for one pack", "I paid once but was charged two times.\nHere is the receipt.",
      from: "customer 8841", .s1, tenant: "acme", ago: .minutes(13))
    try open(
      &journal, "Bought a pack, cannot use it", "The pack does not open.", from: "customer 17", .s2,
      tenant: "globex", ago: .minutes(38))
    try open(
      &journal, "Invoice shows the wrong VAT", "7 % instead of 19 %.", from: "customer 99", .s3,
      tenant: "acme",
      ago: .hours(2))
    try open(
      &journal, "Cannot buy packs at all", "Error 500 on every try", from: "customer 5", .s1,
      tenant: "initech",
      ago: .minutes(21))
    try open(&journal, "How do I change my name?", "See subject", from: "customer 2", .s4, ago: .hours(30))
    try open(
      &journal, "Charged two times", "the same as before", from: "customer 8841", .s3, tenant: "acme",
      ago: .minutes(4))
    try open(&journal, "Thank you", "It works", from: "customer 31", .s4, ago: .hours(50))
    _ = try journal.perform(
      MoveTicket("T-7", to: .closed, hand: hand), by: "ops2", at: Fixture.ago(.hours(49)))
    var assign = ChangeTicket("T-1", hand: hand)
    assign.assignee = "ops1"
    _ = try journal.perform(assign, by: "ops1", at: Fixture.ago(.minutes(12)))
    var note = CommentTicket(
      "T-1", text: "same clientRequestId twice in the log:\n  3f9a 03:00:02 charge\n  3f9a 03:00:04 charge",
      isPublic: false, hand: hand)
    _ = try journal.perform(note, by: "ops1", at: Fixture.ago(.minutes(10)))
    note = CommentTicket(
      "T-3", text: "Which invoice number do you mean?", isPublic: true, hand: hand)
    _ = try journal.perform(note, by: "ops2", at: Fixture.ago(.minutes(50)))
    return journal
  }

  static let hand = DeskHand(roles: ["support"])

  static func open(
    _ journal: inout TestJournal, _ subject: String, _ text: String, from requester: String,
    _ severity: Severity, tenant: String? = nil, ago: Span
  ) throws {
    var act = OpenTicket(subject: subject, text: text, requester: requester, plan: plan, hand: hand)
    (act.system, act.severity, act.tenant) = (system, severity, tenant)
    _ = try journal.perform(act, by: "ops2", at: Fixture.ago(ago))
  }

  /// Screen 6 in front.
  static func player(
    _ size: Size = Size(width: 120, height: 40), roles: Set<String> = ["support"],
    journal: TestJournal? = nil,
    readOnly: Bool = false
  ) throws -> Player {
    var player = try Player(
      size: size, journal: journal ?? Self.journal(), readOnly: readOnly, options: { $0.roles = roles })
    player.console.world.deskGuides = [DeskGuide(system: system, plan: plan, permissions: permissions)]
    player.press("6")
    player.wait(.seconds(16))
    return player
  }
}
