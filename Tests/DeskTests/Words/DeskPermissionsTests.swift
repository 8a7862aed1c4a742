import Incidents
import TestSupport
import Testing

@testable import Desk

@Suite struct DeskPermissionsTests {
  /// As Crystal Grimoire's document has it.
  static let may = DeskPermissions([
    "public": ["submitter", "support", "admin"], "internal": ["support", "admin"],
    "assign": ["support", "admin"], "override": ["admin"],
  ])

  /// An action a line; then whether nobody in particular, a submitter, support, an admin, and an outsider may.
  static let table: [(DeskPermissions.Action, [Bool])] = [
    (.public, [false, true, true, true, false]),
    (.internal, [false, false, true, true, false]),
    (.assign, [false, false, true, true, false]),
    (.severity, [true, true, true, true, true]),
    (.link, [true, true, true, true, true]),
    (.merge, [true, true, true, true, true]),
    (.close, [true, true, true, true, true]),
    (.override, [false, false, false, true, false]),
  ]
  static let roles: [Set<String>] = [[], ["submitter"], ["support"], ["admin"], ["finance"]]

  @Test func eachCell() {
    #expect(Self.table.map(\.0) == DeskPermissions.Action.allCases)
    for (action, row) in Self.table {
      #expect(Self.roles.map { Self.may.objection(to: action, by: $0) == nil } == row, "\(action)")
    }
  }

  /// Outside one's roles: refused, then done and recorded by who is sure of it.
  @Test(arguments: [Set<String>](Self.roles)) func actsAskOnce(as own: Set<String>) throws {
    func acts(_ isSure: Bool) -> [(DeskPermissions.Action, any Act)] {
      let hand = DeskHand(permissions: Self.may, roles: own, isSure: isSure)
      var assign = ChangeTicket("T-1", hand: hand)
      assign.assignee = "ops2"
      return [
        (.public, CommentTicket("T-1", text: "We look.", isPublic: true, hand: hand)),
        (.internal, CommentTicket("T-1", text: "Same id twice.", isPublic: false, hand: hand)),
        (.assign, assign),
        (
          .override,
          MoveTicket("T-1", to: .pendingUser, reason: "asked by telephone", isOverride: true, hand: hand)
        ),
      ]
    }
    for (index, (action, act)) in acts(false).enumerated() {
      let record = MemoryRecord()
      try record.perform(DeskBench.open())
      let mayIt = Self.may.objection(to: action, by: own) == nil
      if mayIt {
        try record.perform(act)
      } else {
        #expect(throws: Refusal.self, "\(action)") { try record.perform(act) }
        try record.perform(acts(true)[index].1)
      }
      let marked = record.events.contains {
        $0.fact(TicketCommented.self)?.outsideRoles == true
          || $0.fact(TicketChanged.self)?.outsideRoles == true
      }
      #expect(marked == !mayIt, "\(action) leaves a mark only outside one's roles")
    }
  }
}
