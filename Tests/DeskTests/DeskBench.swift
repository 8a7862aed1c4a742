import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

/// What tests of the desk begin with.
enum DeskBench {
  /// S1 is mitigated in 15 minutes and solved in two hours, at any time.
  static let plan: ClockPlan = {
    var plan = ClockPlan()
    plan.targets = [
      .init(severity: .s1, mitigate: .minutes(15), resolve: .hours(2)),
      .init(severity: .s2, respond: .hours(1)),
      .init(severity: .s3, respond: .hours(4)),
    ]
    plan.pauses = ["pending_user", "third_party", "incident"]
    return plan
  }()

  static func open(_ subject: String = "Charged twice for one pack") -> OpenTicket {
    OpenTicket(
      subject: subject, text: "I paid once but was charged two times.", requester: "customer 8841",
      plan: plan,
      hand: DeskHand())
  }

  /// A journal with one ticket, opened at 03:06 with that severity.
  static func record(_ severity: Severity = .s3) throws -> MemoryRecord {
    let record = MemoryRecord()
    var open = open()
    open.severity = severity
    try record.perform(open)
    return record
  }

  static func declare(_ title: String = "Payments fail") -> DeclareIncident {
    DeclareIncident(systems: ["shop"], severity: .s1, title: title, plans: [:])
  }

  static func comment(_ text: String, isPublic: Bool = true, by customer: String? = nil) -> CommentTicket {
    var act = CommentTicket("T-1", text: text, isPublic: isPublic, hand: DeskHand())
    if let customer { act.writer = .customer(customer) }
    return act
  }
}

extension MemoryRecord {
  func ticket(_ key: String = "T-1") throws -> Ticket { try #require(try entity(Ticket.self, key)) }

  /// Where its clocks are: `respond 07:06`, and `respond -3h54m` where so much is left of one that stands still.
  func clocks(_ key: String = "T-1") throws -> [String] {
    try ticket(key).clocks.map { due in
      let at = due.due.map { String($0.clockUTC.prefix(5)) } ?? due.left.map { "-\($0.inHours)" } ?? "?"
      return "\(due.clock) \(at)"
    }
  }
}
