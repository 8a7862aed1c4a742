import Incidents
import TestSupport
import Testing
import Values

@testable import Desk

/// What tests of the desk begin with.
enum DeskBench {
  /// S1 is answered in 15 minutes and solved in two hours, at any time.
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
}
