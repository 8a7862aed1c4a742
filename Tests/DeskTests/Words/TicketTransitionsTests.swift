import Incidents
import TestSupport
import Testing

@testable import Desk

/// Every cell of the table, and that acts keep to it.
@Suite struct TicketTransitionsTests {
  typealias Answer = TicketTransitions.Answer

  /// One line a state: public reply, customer's reply, internal note, then each state set by hand.
  static let table: [(TicketState, [String])] = [
    (
      .open,
      [
        "pending_user", "pending_support", "=", "already", "pending_support", "!pending_user", "resolved",
        "closed",
      ]
    ),
    (.pendingSupport, ["pending_user", "=", "=", "!open", "already", "!pending_user", "resolved", "closed"]),
    (
      .pendingUser,
      ["=", "pending_support", "=", "!open", "!pending_support", "already", "resolved", "closed"]
    ),
    (
      .resolved,
      ["=", "pending_support", "=", "!open", "+pending_support", "!pending_user", "already", "closed"]
    ),
    (
      .closed,
      ["no", "pending_support", "=", "!open", "+pending_support", "!pending_user", "!resolved", "already"]
    ),
  ]

  static func text(_ answer: Answer) -> String {
    switch answer {
    case .moves(let to): to.rawValue
    case .stays: "="
    case .reopens(let to): "+" + to.rawValue
    case .overrides(let to): "!" + to.rawValue
    case .already: "already"
    case .closed: "no"
    }
  }

  @Test func eachCell() {
    #expect(Self.table.map(\.0) == TicketState.allCases)
    for (state, row) in Self.table {
      #expect(TicketTurn.allCases.map { Self.text(TicketTransitions.answer($0, in: state)) } == row)
    }
  }

  /// A ticket that stands in `state`, in a journal of its own.
  private func record(in state: TicketState) throws -> MemoryRecord {
    let record = MemoryRecord()
    var open = DeskBench.open()
    open.state = state
    try record.perform(open)
    return record
  }

  @Test(arguments: TicketState.allCases) func commentsKeepToIt(from state: TicketState) throws {
    for turn in [TicketTurn.supportReplies, .customerReplies, .supportNotes] {
      let record = try record(in: state)
      var act = CommentTicket("T-1", text: "seen", isPublic: turn == .supportReplies, hand: DeskHand())
      if turn == .customerReplies { act.writer = .customer("") }
      let answer = TicketTransitions.answer(turn, in: state)
      if answer == .closed {
        #expect(throws: Refusal.self) { try record.perform(act) }
        continue
      }
      try record.perform(act)
      let ticket = try #require(try record.entity(Ticket.self, "T-1"))
      if case .moves(let to) = answer { #expect(ticket.state == to) } else { #expect(ticket.state == state) }
      #expect(ticket.comments == 2 && ticket.lastComment?.isCustomer == (turn == .customerReplies))
    }
  }

  @Test(arguments: TicketState.allCases) func handsKeepToIt(from state: TicketState) throws {
    for to in TicketState.allCases {
      let answer = TicketTransitions.answer(TicketTurn(to: to), in: state)
      let plain = MoveTicket("T-1", to: to, hand: DeskHand())
      let reasoned = MoveTicket("T-1", to: to, reason: "told by telephone", hand: DeskHand())
      let override = MoveTicket(
        "T-1", to: to, reason: "told by telephone", isOverride: true, hand: DeskHand())
      let bare = MoveTicket("T-1", to: to, isOverride: true, hand: DeskHand())
      func works(_ act: MoveTicket) throws -> Bool {
        let record = try record(in: state)
        do { try record.perform(act) } catch is Refusal { return false }
        return try record.entity(Ticket.self, "T-1")?.state == to
      }
      let expected: [Bool] =
        switch answer {
        case .moves: [true, true, true, true]
        case .reopens: [false, true, true, false]
        case .overrides: [false, false, true, false]
        default: [false, false, false, false]
        }
      #expect(try [plain, reasoned, override, bare].map(works) == expected, "\(state) to \(to)")
    }
  }
}
