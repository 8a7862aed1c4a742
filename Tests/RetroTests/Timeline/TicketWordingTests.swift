import Desk
import Foundation
import Incidents
import Retro
import Testing
import Values

/// What screen 7 says of tickets, the queue and erasures: sentences, never bodies.
@Suite struct TicketWordingTests {
  private func said(_ kind: String, _ body: String, ticket: String? = nil) -> String? {
    var story = Story()
    story.tell(kind, body, at: 0, ticket: ticket)
    return Timeline(story.events).lines.first.map { "\($0.sign) \($0.word) \($0.text)" }
  }

  @Test(arguments: [
    (
      "ticket.opened",
      #"""
      {"number":5,"subject":"Cannot pay","requester":"Mia Sakura","tenant":"sakura","priority":"high",
       "severity":"S2","state":"open","tags":[],"text":"It says no.","plan":PLAN,
       "external":{"source":"z","id":"Z777"},"clocks":[]}
      """#, "+ ticket T-5 S2 Cannot pay, sakura, Z777 of z"
    ),
    ("ticket.changed", #"{"reason":"as z has it","state":"closed"}"#, "✓ ticket T-5 closed: as z has it"),
    (
      "ticket.changed", #"{"severity":"S1","assignee":"ops2","tags":["pay"]}"#,
      "· ticket T-5 S1, assigned to ops2, tags pay"
    ),
    (
      "ticket.synced", #"{"source":"z","external":"Z777","remote_digest":""}"#,
      "· ticket T-5 agrees with Z777 of z"
    ),
    (
      "ticket.synced",
      #"{"source":"z","external":"Z777","remote_digest":"","conflicts":{"state":"closed","priority":"low"}}"#,
      "▲ ticket T-5 z says otherwise of priority, state"
    ),
    (
      "ticket.synced", #"{"source":"z","external":"Z777","remote_digest":"","decided":{"state":"theirs"}}"#,
      "· ticket T-5 decided, state is theirs, against Z777 of z"
    ),
    (
      "ticket.commented", #"{"text":"It says no.","public":true,"customer":"Mia Sakura"}"#,
      "· ticket T-5 the customer wrote: It says no."
    ),
    ("ticket.commented", #"{"text":"Try again.","public":true}"#, "· ticket T-5 answered: Try again."),
    ("ticket.commented", #"{"text":"odd","public":false}"#, "· ticket T-5 internal comment: odd"),
    (
      "ticket.paused", #"{"why":"third_party","reason":"the bank"}"#,
      "· ticket T-5 clocks stand still for third_party: the bank"
    ),
    (
      "ticket.reminded",
      #"{"clock":"respond","due":"2026-11-21T03:15:00Z","kind":"warning","severity":"S2"}"#,
      "▲ ticket T-5 S2 respond is due at 2026-11-21 03:15:00Z"
    ),
    (
      "ticket.reminded",
      #"{"clock":"resolve","due":"2026-11-21T03:15:00Z","kind":"due","severity":"S1","to":["pager","mail"]}"#,
      "✖ ticket T-5 S1 resolve is overdue since 2026-11-21 03:15:00Z; told pager, mail"
    ),
    ("ticket.clock_met", #"{"clock":"respond"}"#, "✓ ticket T-5 respond met"),
    (
      "ticket.merged", #"{"to":"T-6","incoming":true,"subject":"Cannot pay either"}"#,
      "· ticket T-5 T-6 was merged into this"
    ),
    ("ticket.split", #"{"to":"T-9","subject":"The invoice"}"#, "· ticket T-5 T-9 was split off: The invoice"),
    (
      "filter.saved", #"{"name":"mine","filter":"assignee:me"}"#,
      "· filter the queue's filter mine is assignee:me"
    ),
    ("filter.saved", #"{"name":"mine","filter":""}"#, "· filter the queue's filter mine was taken away"),
    (
      "event.erased", #"{"parts":["body"],"reason":"personal data","target":"01a2"}"#,
      "· erased an entry was erased: personal data"
    ),
    (
      "journal.merged", #"{"origin":"jump2","count":812,"head":"9f3a61c2d4e5f6a7"}"#,
      "· journal 812 events of the journal jump2 taken in, up to 9f3a61c2"
    ),
  ])
  func events(_ kind: String, _ body: String, _ expected: String) throws {
    let plan = try #require(String(bytes: FactCoding.encode(ClockPlan()), encoding: .utf8))
    let ticket = kind.hasPrefix("ticket.") ? "T-5" : nil
    #expect(said(kind, body.replacing("PLAN", with: plan), ticket: ticket) == expected)
  }

  /// Only a kind that this version does not know is shown as it was written.
  @Test func noKindOfOursIsShownAsItsBody() {
    let known: [(String, String)] = [
      (TicketResumed.kind, #"{"why":"INC-3"}"#),
      (TicketUnmerged.kind, #"{"to":"T-6","reason":"not the same"}"#),
      (TicketUnlinked.kind, #"{"to":"INC-3"}"#),
    ]
    for (kind, body) in known {
      let text = said(kind, body, ticket: "T-5")
      #expect(text?.contains("{") == false && text?.contains(kind) == false)
    }
    #expect(said("ticket.dreamt", #"{"of":"sheep"}"#, ticket: "T-5") == #"· ticket.dreamt {"of":"sheep"}"#)
  }
}
