import Foundation
import TestSupport
import Testing

/// An incident's updates from the command line: written, checked, approved, sent.
@Suite struct UpdateVerbTests {
  private let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write(
      """
      title: Shop
      endpoints:
        api: {http: "http://shop-db.example.test:8080/health"}
      links:
        status_page: https://status.example.com/shop
      cadence:
        - {every: 15m}
      deliveries:
        team: {file: out/team.md}
        page: {file: out/page.md, approval: commander}
        off: {slack: "${SHOP_SLACK:-}"}
      """, to: "playbooks/shop/system.yaml")
    try sandbox.write(
      """
      ---
      audience: users
      stage: [Investigating, Identified, Monitoring]
      channel: [team]
      subject: The shop is disturbed
      variables:
        reason: {ask: Why?}
      ---
      Impact: {{impact}}
      Reason: {{reason}}
      Status: {{links.status_page}}
      Next update: {{next_update}}
      """, to: "playbooks/shop/comms/users.md")
    let outcome = try sandbox.midwatch(
      "incident", "declare", "--system", "shop", "--severity", "S1", "Orders", "fail")
    try #require(outcome.status == 0, "\(outcome)")
    #expect(try sandbox.midwatch("incident", "describe", "--impact", "Nobody can order.").status == 0)
  }

  private func json(_ arguments: String...) throws -> [String: Any] {
    let outcome = try Binary.run(
      ["update"] + arguments + ["--format", "json"], environment: sandbox.environment, in: sandbox.path)
    try #require(outcome.status == 0, "\(arguments): \(outcome)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any])
  }

  /// What a refusal says; it must be one.
  private func refusal(_ arguments: String..., as handle: String = "ops1") throws -> String {
    let outcome = try Binary.run(
      ["update"] + arguments + ["--as", handle], environment: sandbox.environment, in: sandbox.path)
    #expect(outcome.status == 1, "\(arguments): \(outcome)")
    return outcome.err
  }

  @Test func anUpdateIsWrittenCheckedAndSent() throws {
    let drafted = try json("draft", "--next", "15m")
    #expect(drafted["schema"] as? String == "midwatch.update_draft/1" && drafted["draft"] as? String == "D-1")
    #expect(drafted["template"] as? String == "users" && drafted["stage"] as? String == "Investigating")
    let holes = try #require(drafted["unfilled"] as? [[String: Any]])
    #expect(holes.map { $0["name"] as? String } == ["reason"] && holes.first?["ask"] as? String == "Why?")
    #expect(
      try refusal("send", "D-1", "--by-hand", "chat", "--yes").contains("D-1 still has {{reason}} unfilled."))
    let lint = try sandbox.midwatch("update", "lint", "D-1")
    #expect(lint.status == 1 && lint.out.contains("D-1:2:9: error: {{reason}} is unfilled."), "\(lint)")

    let second = try json("draft", "--next", "15m", "--field", "reason=see shop-db.example.test")
    #expect((second["text"] as? String)?.contains("Impact: Nobody can order.\nReason: see shop-db") == true)
    #expect(
      try refusal("send", "D-2", "--by-hand", "chat", "--yes").contains(
        "shop-db.example.test is a host of ours"))

    let third = try json("draft", "--next", "15m", "--field", "reason=a full disk")
    #expect(third["next_update"] is String)
    #expect(try sandbox.midwatch("update", "lint", "3").status == 0)
    #expect(try refusal("send", "D-3", "--by-hand", "chat").contains("--yes says that it is meant."))
    #expect(try refusal("send", "D-3", "--to", "off", "--yes").contains("off is off"))
    #expect(
      try refusal("send", "D-3", "--to", "none", "--yes").contains(
        "has no delivery none; it has team, page, off."))
    let sent = try json("send", "D-3", "--by-hand", "chat, phone", "--yes")
    #expect(sent["destinations"] as? [String] == ["chat", "phone"] && sent["how"] as? String == "hand")
    #expect(sent["next_update"] as? String == third["next_update"] as? String)
    #expect(try refusal("send", "D-3", "--by-hand", "chat", "--yes").contains("D-3 was sent by ops1"))

    // The next begins with what went out, and the answer is remembered.
    let next = try json("draft", "--next", "30m")
    let since = try #require(next["since"] as? [[String: Any]])
    #expect(since.filter { $0["change"] as? String != "same" }.count == 2)
    #expect((next["text"] as? String)?.contains("Reason: a full disk") == true)
    #expect(
      (try json("draft", "--fresh", "--print")["text"] as? String)?.contains("Reason: a full disk") == true)
    let incident = try sandbox.midwatch("incident", "show", "INC-1")
    #expect(incident.out.contains("The shop is disturbed"), "\(incident)")
  }

  @Test func whatGoesOutIsShownApprovedAndQueued() throws {
    _ = try json("draft", "--next", "15m", "--field", "reason=a full disk", "--as", "ops2")
    let preview = try json("preview", "D-1", "--to", "team,page")
    let parcels = try #require(preview["parcels"] as? [[String: Any]])
    #expect(parcels.map { $0["to"] as? String } == ["team", "page"])
    #expect(parcels.allSatisfy { ($0["body"] as? String)?.contains("Nobody can order.") == true })
    #expect(
      try refusal("send", "D-1", "--to", "team,page", "--yes").contains(
        "D-1 waits for the approval of its text by the commander"))
    #expect(
      try refusal("approve", "D-1", "--role", "commander", "--yes", as: "ops2")
        .contains("D-1 needs the approval of the commander of INC-1, who is ops1."))
    let approved = try json("approve", "D-1", "--role", "commander", "--yes")
    #expect(
      approved["roles"] as? [String] == ["commander"] && (approved["text_sha256"] as? String)?.count == 64)
    let sent = try json("send", "D-1", "--to", "team,page", "--yes")
    #expect(sent["deliveries"] as? [String] == ["shop/team/D-1", "shop/page/D-1"])
    let waiting = try #require(try json("deliveries")["deliveries"] as? [[String: Any]])
    #expect(waiting.map { $0["state"] as? String } == ["queued", "queued"])
    _ = try json("deliveries", "--close", "shop/team/D-1", "--reason", "pasted")
    let all = try #require(try json("deliveries", "--all")["deliveries"] as? [[String: Any]])
    #expect(Set(all.map { $0["state"] as? String }) == ["queued", "copied"])
    let list = try #require(try json("list")["updates"] as? [[String: Any]])
    #expect(
      list.map { $0["state"] as? String } == ["sent"] && list.first?["approved_by"] as? [String] == ["ops1"])
  }

  @Test func oneAnnouncementGoesToSeveralTenants() throws {
    try sandbox.write("name,module\nNorth Diner,Stock\n\"South, Ltd\",Sales\n", to: "tenants.csv")
    try sandbox.write(
      "---\naudience: users\nstage: announcement\nchannel: [team]\nsubject: News for {{recipient}}\n---\nDear {{recipient}}, {{module}} is new.\n",
      to: "playbooks/shop/comms/news.md")
    let drafted = try json(
      "draft", "--stage", "announcement", "--system", "shop", "--recipients", "tenants.csv")
    let copies = try #require(drafted["copies"] as? [[String: Any]])
    #expect(
      copies.map { $0["text"] as? String } == [
        "Dear North Diner, Stock is new.", "Dear South, Ltd, Sales is new.",
      ])
    #expect((drafted["unfilled"] as? [Any])?.isEmpty == true)
    let sent = try json("send", "D-1", "--yes")
    #expect(sent["deliveries"] as? [String] == ["shop/team/D-1/North Diner", "shop/team/D-1/South, Ltd"])
  }

  @Test func aDraftIsChangedWithoutLosingWhatWasWritten() throws {
    _ = try json("draft", "--next", "15m")
    try sandbox.write(
      "Subject: The shop is slow\n\nImpact: Nobody can order.\nWe know: {{reason}}\nNext update: {{next_update}}\n",
      to: "own.txt")
    let replaced = try json("draft", "D-1", "--text", "own.txt")
    #expect(replaced["draft"] as? String == "D-1" && replaced["subject"] as? String == "The shop is slow")
    let holes = try #require(replaced["unfilled"] as? [[String: Any]])
    #expect(holes.map { $0["name"] as? String } == ["reason", "next_update"])
    #expect(holes.first?["ask"] as? String == "Why?", "asked as its template does")
    let filled = try json("draft", "1", "--field", "reason=a full disk", "--next", "30m")
    let text = try #require(filled["text"] as? String)
    #expect(text.hasPrefix("Impact: Nobody can order.\nWe know: a full disk\nNext update: "))
    #expect((filled["unfilled"] as? [Any])?.isEmpty == true && text.hasSuffix(" UTC"))
    let later = try json("draft", "D-1", "--next", "45m", "--subject", "Slow")
    #expect(later["subject"] as? String == "Slow" && later["text"] as? String != text)
    #expect(later["next_update"] as? String != filled["next_update"] as? String)
    #expect(
      try refusal("draft", "D-1", "--field", "reason=else").contains("no {{reason}} left to fill in it"))
    let fresh = try json("draft", "D-1", "--fresh")
    #expect((fresh["text"] as? String)?.contains("Reason: a full disk\nStatus: https://") == true)
    for words in [["draft", "D-1"], ["draft", "D-1", "--stage", "Resolved", "--fresh"]] {
      let outcome = try Binary.run(
        ["update"] + words, environment: sandbox.environment, in: sandbox.path)
      #expect(outcome.status == 64, "\(outcome)")
    }
    let list = try #require(try json("list")["updates"] as? [[String: Any]])
    #expect(list.count == 1, "it is one draft still")
    _ = try json("send", "D-1", "--by-hand", "chat", "--yes")
    #expect(try refusal("draft", "D-1", "--subject", "x").contains("D-1 was sent by ops1"))
  }

  @Test func oneAnnouncementGoesToSeveralSystems() throws {
    try sandbox.write(
      """
      title: Post Office
      links:
        status_page: https://status.example.com/mail
      deliveries:
        team: {file: out/post.md}
      """, to: "playbooks/mail/system.yaml")
    try sandbox.write(
      "---\naudience: users\nstage: announcement\nchannel: [team]\nsubject: News of {{system}}\n---\nDear {{recipient}}, see {{links.status_page}}.\n",
      to: "playbooks/shop/comms/news.md")
    let drafted = try json("draft", "--stage", "announcement", "--system", "shop", "--system", "mail")
    let copies = try #require(drafted["copies"] as? [[String: Any]])
    #expect(copies.map { $0["subject"] as? String } == ["News of Shop", "News of Post Office"])
    #expect(
      copies.map { $0["text"] as? String } == [
        "Dear Shop, see https://status.example.com/shop.",
        "Dear Post Office, see https://status.example.com/mail.",
      ])
    #expect((drafted["findings"] as? [[String: Any]])?.contains { $0["mark"] as? String == "error" } == false)
    let sent = try json("send", "D-1", "--yes")
    #expect(sent["deliveries"] as? [String] == ["shop/team/D-1/Shop", "mail/team/D-1/Post Office"])
    // A tenant of a system goes by its folder; a word that names none is a field like any other.
    let tenants = try json(
      "draft", "--stage", "announcement", "--system", "shop", "--recipient", "North,system=mail",
      "--recipient", "South,system=the till")
    #expect(
      (tenants["copies"] as? [[String: Any]])?.map { $0["subject"] as? String } == [
        "News of Post Office", "News of the till",
      ])
    #expect(
      try refusal("draft", "--stage", "announcement", "--system", "shop", "--system", "nope")
        .contains("There is no folder of a system nope here."))
    // One that the other system does not have leads nowhere, and is said before anything goes.
    try sandbox.write("title: Post Office\n", to: "playbooks/mail/system.yaml")
    _ = try json("draft", "--stage", "announcement", "--system", "shop", "--system", "mail", "--field", "x=1")
    #expect(try refusal("send", "D-3", "--yes").contains("D-3 has no destination for mail;"))
  }

  @Test func whatHoldsItUpIsSaidBeforeItGoes() throws {
    _ = try json("draft", "--next", "15m", "--field", "reason=a full disk")
    let sent = try sandbox.midwatch("update", "send", "D-1", "--to", "team", "--yes")
    #expect(sent.status == 0 && sent.err.contains("shop is not trusted as it is now, and nothing goes out"))
    #expect(try sandbox.midwatch("trust", sandbox.path + "/playbooks/shop", "--yes").status == 0)
    _ = try json("draft", "--next", "15m", "--fresh")
    let second = try json("send", "D-2", "--to", "team", "--yes")
    #expect((second["obstacles"] as? [Any])?.isEmpty == true)
  }

  /// A secret from a file is known to the check once the folder is trusted, and not looked at before.
  @Test func secretsOfATrustedFolderAreFound() throws {
    let path = sandbox.path + "/playbooks/shop/system.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try sandbox.write(text + "\nsecrets:\n  TOKEN: {file: token}\n", to: "playbooks/shop/system.yaml")
    try sandbox.write("correct-horse-battery\n", to: "playbooks/shop/token")
    _ = try json("draft", "--next", "15m", "--field", "reason=see correct-horse-battery")
    #expect(try sandbox.midwatch("update", "lint", "D-1").status == 0, "nobody trusts it yet")
    #expect(try sandbox.midwatch("trust", sandbox.path + "/playbooks/shop", "--yes").status == 0)
    let lint = try sandbox.midwatch("update", "lint", "D-1")
    #expect(lint.status == 1 && lint.out.contains("secret") && !lint.out.contains("battery"), "\(lint)")
    #expect(try refusal("send", "D-1", "--by-hand", "chat", "--yes").contains("secret"))
  }

  @Test func aFileIsReadAsAStrangerWould() throws {
    try sandbox.write(
      "Subject: db-1 fails\n\nImpact: x\nBack soon at 10.0.3.7.\nNext update: 03:30\n", to: "bad.txt")
    let bad = try sandbox.midwatch("update", "lint", "bad.txt")
    #expect(bad.status == 1)
    for line in [
      "bad.txt:1:10: error: db-1 looks like a host name; leave it out.",
      "bad.txt:4:14: error: 10.0.3.7 is a network address; leave it out.",
      "bad.txt:5:14: error: The next update has no zone in the text",
      "bad.txt:4:6: error: \"soon\" promises nothing; name a time.", "4 errors, 0 warnings",
    ] {
      #expect(bad.out.contains(line), "\(line)\n\(bad.out)")
    }
    try sandbox.write("Impact: x\nNext update: tomorrow 03:30 Europe/Berlin\n", to: "good.txt")
    let good = try sandbox.midwatch("update", "lint", "good.txt", "--format", "json")
    #expect(good.status == 0 && good.out.contains("midwatch.update_lint/1"))
    let none = try sandbox.midwatch("update", "lint", "good.txt", "--next", "none")
    #expect(
      none.status == 1
        && none.out.contains(
          "The text says tomorrow 03:30 Europe/Berlin for the next update, and none is promised; take it out."
        ),
      "\(none.out)")
    #expect(try sandbox.midwatch("update", "lint", "none.txt").status == 1)
    #expect(try sandbox.midwatch("update", "lint", "good.txt", "--stage", "never").status == 64)
  }

  @Test func aDraftIsGivenUp() throws {
    _ = try json("draft", "--field", "reason=x", "--next", "15m")
    _ = try json("discard", "D-1", "--reason", "twice")
    #expect((try json("list")["updates"] as? [Any])?.isEmpty == true)
    #expect((try json("list", "--all")["updates"] as? [Any])?.count == 1)
    #expect(try refusal("discard", "D-1").contains("D-1 was discarded by ops1"))
    #expect(
      try refusal("approve", "D-7", "--yes").contains(
        "There is no draft D-7; `midwatch update list` shows them."))
  }
}
