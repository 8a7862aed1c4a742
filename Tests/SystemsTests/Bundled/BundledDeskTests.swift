import Desk
import Incidents
import TestSupport
import Testing
import Values

@testable import Systems

/// What the two documents that speak of support promise of tickets, as tickets have it.
@Suite struct BundledDeskTests {
  private func folder(_ name: String) throws -> SystemFolder {
    let (folder, problems) = SystemFolder.load(try BundledFolder.folder(name), environment: [:])
    #expect(problems.filter { $0.weight == .error }.isEmpty, "\(problems)")
    return folder
  }

  /// Opened at 03:06, at any hour of any day: its folder names no calendar, and no pause.
  @Test(arguments: [
    (Severity.s1, ["mitigate 03:21:00Z", "resolve 05:06:00Z"]), (.s2, ["respond 04:06:00Z"]),
    (.s3, ["respond 07:06:00Z"]), (.s4, []),
  ]) func novaClocksEachSeverity(_ severity: Severity, clocks: [String]) throws {
    let nova = try folder("nova-rms")
    let record = MemoryRecord()
    let hand = DeskHand(permissions: nova.deskPermissions)
    var open = OpenTicket(
      subject: "Menu is empty", text: "", requester: "Ada", plan: nova.ticketPlan, hand: hand)
    open.severity = severity
    try record.perform(open)
    try record.perform(CommentTicket("T-1", text: "Which shop?", isPublic: false, hand: hand))
    let ticket = try #require(try record.entity(Ticket.self, "T-1"))
    #expect(ticket.clocks.map { "\($0.clock) \($0.due?.clockUTC ?? "–")" } == clocks)
  }

  @Test func crystalWaitsForItsUsersAndKnowsItsRoles() throws {
    let crystal = try folder("crystal-grimoire")
    #expect(crystal.ticketPlan.pauses == ["pending_user"])
    let may = crystal.deskPermissions
    let table: [(DeskPermissions.Action, Set<String>, Bool)] = [
      (.public, ["submitter"], true), (.public, ["support"], true), (.public, [], false),
      (.internal, ["submitter"], false), (.internal, ["support"], true), (.assign, ["admin"], true),
      (.assign, ["submitter"], false), (.override, ["support"], false), (.override, ["admin"], true),
      (.close, [], true),
    ]
    for (action, roles, isAllowed) in table {
      #expect((may.objection(to: action, by: roles) == nil) == isAllowed, "\(action) as \(roles)")
    }
  }
}
