import Comms
import Foundation
import Incidents
import Journal
import Testing
import Values

@testable import Host

struct DeliveryRunnerTests {
  @Test func goesAsItWasShownWithWhatIsReadOnlyNow() throws {
    let server = try Receiver { _, _ in .ok() }
    defer { server.stop() }
    let bench = try OutboxBench(
      "  hook: {webhook: \"http://127.0.0.1:\(server.port)/${TOKEN}/in\", json: {text: \"{{text}}\"}}\n",
      environment: ["TOKEN": "s3cret-token"], secrets: "secrets:\n  TOKEN:\n")
    let name = try bench.queue("Packs are down.", to: "hook", key: "k1")
    try bench.start()
    let sent = try bench.wait(for: name, .sent)
    #expect(sent.tries == 1 && sent.epoch == bench.epoch && sent.receipt?.hasPrefix("200") == true)
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("POST /s3cret-token/in HTTP/1.1\r\n") && request.contains("Packs are down."))
    #expect(server.requests.count == 1)
    let events = try bench.journal.events(after: 0)
    #expect(
      events.map(\.kind).filter { $0.hasPrefix("delivery.") }
        == ["delivery.queued", "delivery.claimed", "delivery.sent"])
    let written = events.compactMap(\.body).map { String(decoding: $0, as: UTF8.self) }.joined()
    #expect(!written.contains("s3cret"), "no secret is in the journal")
    let item = try bench.journal.outboxItem(destination: "shop/hook", key: "k1")
    #expect(
      item?.state == .sent
        && !String(decoding: item?.outgoing.payload ?? [], as: UTF8.self).contains("s3cret"))
  }

  @Test func whatIsQueuedLaterIsFound() throws {
    let server = try Receiver { _, _ in .ok() }
    defer { server.stop() }
    let bench = try OutboxBench("  hook: {webhook: \"http://127.0.0.1:\(server.port)/\"}\n")
    try bench.start()
    for number in 1...3 { _ = try bench.wait(for: try bench.queue("number \(number)", to: "hook"), .sent) }
    #expect(server.requests.count == 3)
  }

  @Test func nothingLeavesAFolderThatIsNotTrusted() throws {
    let server = try Receiver { _, _ in .ok() }
    defer { server.stop() }
    let bench = try OutboxBench(
      "  hook: {webhook: \"http://127.0.0.1:\(server.port)/\"}\n", isTrusted: false)
    let name = try bench.queue("x", to: "hook")
    try bench.start()
    let failed = try bench.wait(for: name, "a person's") { $0.waitsForPerson }
    #expect(failed.reason?.contains("is not trusted as it is now") == true && failed.claims == 0)
    #expect(server.requests.isEmpty)
    try bench.trust()
    try bench.perform(RetryDelivery(name))
    _ = try bench.wait(for: name, .sent)
  }

  @Test func aDestinationThatIsGoneIsAFailureThatSaysSo() throws {
    let bench = try OutboxBench("  team: {slack: \"http://127.0.0.1:1/x\"}\n  log: {file: log.txt}\n")
    let (gone, other) = (try bench.queue("x", to: "team"), try bench.queue("x", to: "log"))
    try bench.reload("title: Shop\ndeliveries:\n  log: {cstate: pages}\n")
    try bench.trust()
    try bench.start()
    let reason = try bench.wait(for: gone, "a person's") { $0.waitsForPerson }.reason
    #expect(reason == "shop has no delivery team any more; take it there by hand, or name it again.")
    let changed = try bench.wait(for: other, "a person's") { $0.waitsForPerson }.reason
    #expect(changed == "log is of the kind cstate now, and this was made for file; take it there by hand.")
  }

  @Test func whatWasErasedIsNotSent() throws {
    let bench = try OutboxBench("  log: {file: log.txt}\n")
    try bench.perform(
      SaveDraft(
        incident: nil, template: nil, audience: "users", stage: .announcement, subject: "Packs",
        text: "Packs."))
    let message = DeliveryMessage(
      key: "k1", occasion: .update, system: "shop", title: "Packs", stage: .announcement, subject: "Packs",
      text: "Packs.", at: Clock.now())
    let parcel = try bench.system.parcel(of: message, to: "log", draft: "D-1")
    let mark = MarkSent("D-1", revision: 1, destinations: [], nextUpdate: nil, head: "")
    let said = try #require(try bench.perform(SendUpdate(mark, parcels: [parcel])).first)
    #expect(said.kind == "update.sent")
    try bench.journal.erase(event: said.id, reason: "r", by: TestFolder.actor, at: Clock.now())
    try bench.start()
    let failed = try bench.wait(for: "shop/log/D-1", "a person's") { $0.waitsForPerson }
    #expect(failed.reason == "Its text was erased before it went out.")
    #expect(bench.folder.text(of: "shop/log.txt") == nil)
    #expect(try bench.journal.outboxItem(destination: "shop/log", key: "k1")?.state == .erased)
  }

  @Test func anAnswerDecidesWhetherItGoesAgain() throws {
    let server = try Receiver { number, _ in
      [
        .say("503 Busy", headers: "", body: ""), .drop,
        .say("429 Slow", headers: "Retry-After: 0\r\n", body: ""),
        .ok(),
      ][min(number, 3)]
    }
    defer { server.stop() }
    let bench = try OutboxBench("  hook: {webhook: \"http://127.0.0.1:\(server.port)/\"}\n")
    let name = try bench.queue("x", to: "hook", key: "k7")
    try bench.start()
    let sent = try bench.wait(for: name, .sent)
    #expect(sent.tries == 4)
    let keys = server.requests.compactMap {
      $0.firstMatch(of: /(?i)idempotency-key: (\S+)/).map { String($0.1) }
    }
    #expect(keys.count == 4 && Set(keys).count == 1, "each try has the same key: \(keys)")
    #expect(Set(server.requests.map { $0.components(separatedBy: "\r\n\r\n").last }).count == 1)
  }

  @Test func whatNobodyHeardIsAPersonsWithoutAKey() throws {
    let server = try Receiver { _, _ in .drop }
    defer { server.stop() }
    let bench = try OutboxBench("  team: {slack: \"http://127.0.0.1:\(server.port)/x\"}\n")
    let name = try bench.queue("x", to: "team")
    try bench.start()
    _ = try bench.wait(for: name, .unknown)
    #expect(server.requests.count == 1)
    try bench.perform(SettleDelivery(name, reason: "seen in the channel"))
    #expect(try bench.state(name).state == .copied)
    #expect(server.requests.count == 1, "it did not go again")
  }

  @Test func oneDestinationHoldsUpNoOther() throws {
    let hanging = try Receiver { _, _ in .hang }
    let bench = try OutboxBench(
      "  hook: {webhook: \"http://127.0.0.1:\(hanging.port)/\"}\n  log: {file: log.txt}\n")
    let held = try bench.queue("x", to: "hook")
    try bench.start()
    _ = try bench.wait(for: held, .claimed)
    for number in 1...3 { _ = try bench.wait(for: try bench.queue("n\(number)", to: "log"), .sent) }
    #expect(try bench.state(held).state == .claimed)
    let text = try #require(bench.folder.text(of: "shop/log.txt"))
    let order = ["n1", "n2", "n3"].compactMap { text.range(of: $0)?.lowerBound }
    #expect(order.count == 3 && order == order.sorted())
    // The engine ends: what was under way is told of, and goes again under its key.
    bench.stop()
    #expect(try bench.state(held).state == .failed)
    #expect(try bench.state(held).retryAt != nil)
    hanging.stop()
  }

  @Test func whatGoesToOneDestinationGoesInOrder() throws {
    let server = try Receiver { number, _ in number < 2 ? .say("503 Busy", headers: "", body: "") : .ok() }
    defer { server.stop() }
    let bench = try OutboxBench(
      "  hook: {webhook: \"http://127.0.0.1:\(server.port)/\", json: {text: \"{{text}}\"}}\n")
    let names = try (1...4).map { try bench.queue("number-\($0)", to: "hook") }
    try bench.start()
    for name in names { _ = try bench.wait(for: name, .sent) }
    let order = server.requests.compactMap { $0.firstMatch(of: /number-(\d)/).map { String($0.1) } }
    #expect(order == ["1", "1", "1", "2", "3", "4"])
  }

  @Test(arguments: [
    ("hook: {webhook: \"http://127.0.0.1:1/\"}", "hook", true),
    ("team: {slack: \"http://127.0.0.1:1/x\"}", "team", false),
  ])
  func aClaimOfAnEngineThatIsGoneIsUnknown(delivery: String, to: String, isKeyed: Bool) throws {
    let bench = try OutboxBench("  \(delivery)\n")
    let name = try bench.queue("x", to: to)
    let old = try bench.journal.takeEpoch(by: Identity.engine(), at: Clock.now(), pid: getpid())
    try bench.journal.perform(
      ClaimDelivery(name, epoch: old), by: Identity.engine(), at: Clock.now(), epoch: old)
    try bench.start(policy: RetryPolicy(tries: 1))
    // The one without a key is left alone; the other goes again, and meets a port where nobody listens.
    let found = try bench.wait(for: name, "judged") { $0.waitsForPerson }
    #expect(found.state == (isKeyed ? .failed : .unknown))
    #expect(found.claims == (isKeyed ? 2 : 1))
  }

  @Test func aProgramGetsTheTextToRead() throws {
    let bench = try OutboxBench("  say: {command: [./say.sh, word]}\n")
    try bench.folder.write(
      "#!/bin/sh\ncat > said\necho \"$MIDWATCH_KEY $1\" >> said\necho taken\n", to: "shop/say.sh", mode: 0o700
    )
    let name = try bench.queue("Packs are down; $(id).", to: "say", key: "k1")
    try bench.start()
    let sent = try bench.wait(for: name, .sent)
    #expect(sent.receipt == "taken")
    let said = try #require(bench.folder.text(of: "shop/said"))
    #expect(said.contains("Packs are down; $(id).") && said.hasSuffix("k1 word\n"))
  }
}
