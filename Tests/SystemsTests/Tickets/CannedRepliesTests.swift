import Comms
import Desk
import Incidents
import TestSupport
import Testing
import Values

@testable import Systems

/// Replies that are written before anybody asks.
@Suite struct CannedRepliesTests {
  private func ticket() throws -> Ticket {
    let record = MemoryRecord()
    var open = OpenTicket(
      subject: "Charged twice", text: "See above.", requester: "Ada", plan: ClockPlan(), hand: DeskHand())
    open.tenant = "sakura"
    try record.perform(open)
    return try #require(try record.entity(Ticket.self, "T-1"))
  }

  private func incident(resolved: Bool = false) throws -> Incident {
    let record = MemoryRecord()
    var declare = DeclareIncident(systems: ["shop"], severity: .s1, title: "Payments fail", plans: [:])
    declare.impact = "Packs cannot be bought."
    try record.perform(declare)
    if resolved {
      try record.perform(ChangeStatus(incident: "INC-1", to: .resolved, dataLost: "no"), at: "04:00")
    }
    return try #require(try record.entity(Incident.self, "INC-1"))
  }

  private let now = Instant(rfc3339: "2026-11-21T05:00:00Z") ?? Instant(milliseconds: 0)

  @Test func builtInOnesCanBeRead() throws {
    for (name, source) in CannedReplies.sources {
      var problems: [Problem] = []
      let template = try #require(Template(source, file: name, problems: &problems), "\(name): \(problems)")
      #expect(problems.isEmpty, "\(problems)")
      #expect(template.stages == [.reply] && template.isOutward)
    }
    #expect(CannedReplies(nil).templates.count == CannedReplies.sources.count)
  }

  @Test func theyAreFilledFromTicketAndIncident() throws {
    let replies = CannedReplies(nil)
    let known = try #require(replies.proposal(for: try incident()))
    #expect(CannedReplies.shortName(of: known) == "known")
    let filled = replies.filled(known, for: try ticket(), incident: try incident(), at: now)
    #expect(filled.subject == "Re: Charged twice" && filled.unfilled.isEmpty)
    #expect(filled.text.contains("a problem on our side: Packs cannot be bought."))
    #expect(filled.text.contains("We know of it and are working on it.") && !filled.text.contains("INC-1"))
    let over = try incident(resolved: true)
    let solved = try #require(replies.proposal(for: over))
    let text = replies.filled(solved, for: try ticket(), incident: over, at: now)
    #expect(text.text.contains("is solved since 04:00 UTC. Lost or lingering: no"), "\(text.text)")
    #expect(replies.proposal(for: nil) == nil)
  }

  @Test func whatIsMissingIsNamed() throws {
    let replies = CannedReplies(nil)
    let ask = try #require(replies.named("ask"))
    let bare = replies.filled(ask, for: try ticket(), at: now)
    #expect(bare.unfilled == ["question"] && bare.text.contains("{{question}}"))
    #expect(replies.questions(ask, unfilled: bare.unfilled).map(\.prompt) == ["What do you have to know?"])
    let filled = replies.filled(ask, for: try ticket(), answers: ["question": "Which card?"], at: now)
    #expect(filled.unfilled.isEmpty && filled.text.contains("we have to know: Which card?"))
  }

  @Test func theFoldersOwnComeFirst() throws {
    let files = [
      "system.yaml": "title: Shop\nlinks: {status_page: https://status.example.com}\n",
      "comms/looking.md":
        "---\naudience: users\nstage: reply\nsubject: x\n---\nHello {{requester}} of {{tenant}}, {{ticket}}: "
        + "{{links.status_page}}",
      "comms/inside.md": "---\naudience: internal\nstage: reply\nsubject: x\n---\nfor us",
      "comms/users.md": "---\naudience: users\nstage: Resolved\nsubject: x\n---\nover",
    ]
    let (folder, problems) = SystemFolder.load(
      Folder(name: "shop", files: files), environment: [:])
    #expect(problems.filter { $0.weight == .error }.isEmpty, "\(problems)")
    let replies = CannedReplies(folder)
    #expect(
      replies.templates.map { CannedReplies.shortName(of: $0) } == [
        "looking", "known", "solved", "ask", "done",
      ])
    let looking = try #require(replies.named("looking"))
    #expect(
      replies.filled(looking, for: try ticket(), at: now).text
        == "Hello Ada of sakura, T-1: https://status.example.com")
  }
}
