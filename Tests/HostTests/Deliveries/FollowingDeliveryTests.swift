import Comms
import Incidents
import Journal
import Testing
import Values

@testable import Host

/// Several updates of one incident that lie in the outbox together.
struct FollowingDeliveryTests {
  private static func page(_ port: UInt16) -> String {
    "  page: {statuspage: pg1, token: \"${TOKEN}\", url: \"http://127.0.0.1:\(port)\"}\n"
  }

  private func bench(_ port: UInt16) throws -> OutboxBench {
    try OutboxBench(
      Self.page(port), environment: ["TOKEN": "s3cret-token"], secrets: "secrets:\n  TOKEN:\n")
  }

  private static func line(_ request: String) -> String {
    String(request.prefix { !$0.isNewline })
  }

  @Test func theSecondWaitsForTheFirstOnesName() throws {
    let server = try Receiver { number, _ in
      number == 0
        ? .say("503 Busy", headers: "", body: "")
        : .say("201 Created", headers: "", body: #"{"id":"p31zjtct2jer"}"#)
    }
    defer { server.stop() }
    let bench = try bench(server.port)
    let names = try ["We look.", "We know.", "It works."].map { try bench.queue($0, to: "page") }
    try bench.start()
    for name in names { _ = try bench.wait(for: name, .sent) }
    #expect(
      server.requests.map(Self.line) == [
        "POST /v1/pages/pg1/incidents HTTP/1.1", "POST /v1/pages/pg1/incidents HTTP/1.1",
        "PATCH /v1/pages/pg1/incidents/p31zjtct2jer HTTP/1.1",
        "PATCH /v1/pages/pg1/incidents/p31zjtct2jer HTTP/1.1",
      ])
    #expect(server.requests.last?.contains("It works.") == true)
  }

  @Test func whereNobodyKnowsWhetherThereIsOneAPersonSaysWhatItIsCalled() throws {
    let server = try Receiver { number, _ in
      number == 0 ? .drop : .say("200 OK", headers: "", body: #"{"id":"p31"}"#)
    }
    defer { server.stop() }
    let bench = try bench(server.port)
    let (first, second) = (try bench.queue("We look.", to: "page"), try bench.queue("We know.", to: "page"))
    try bench.start()
    _ = try bench.wait(for: first, .unknown)
    // What was queued later and elsewhere has gone by then: the second had its turn, and did not take it.
    let other = try bench.queue("other", to: "page", incident: "INC-2")
    _ = try bench.wait(for: other, .sent)
    #expect(try bench.state(second).state == .queued && bench.state(second).claims == 0)
    try bench.perform(SettleDelivery(first, reason: "it is there", remoteID: "q77"))
    _ = try bench.wait(for: second, .sent)
    #expect(
      server.requests.map(Self.line).last == "PATCH /v1/pages/pg1/incidents/q77 HTTP/1.1")
    #expect(server.requests.count == 3)
  }

  @Test func aNameThatCannotStandInAnAddressGoesNowhere() throws {
    let server = try Receiver { _, _ in .drop }
    defer { server.stop() }
    let bench = try bench(server.port)
    let (first, second) = (try bench.queue("We look.", to: "page"), try bench.queue("We know.", to: "page"))
    try bench.start()
    _ = try bench.wait(for: first, .unknown)
    try bench.perform(SettleDelivery(first, remoteID: "../../users"))
    let failed = try bench.wait(for: second, "a person's") { $0.waitsForPerson }
    #expect(failed.reason == "\"../../users\" cannot be what page calls it; tell it there by hand.")
    #expect(server.requests.count == 1)
  }

  @Test func whatIsOlderDoesNotReplaceWhatIsNewer() throws {
    let bench = try OutboxBench("  site: {cstate: pages}\n")
    let first = try bench.queue("We look.", to: "site")
    try bench.start()
    // There is no such folder yet, and the first is given up.
    _ = try bench.wait(for: first, "a person's") { $0.waitsForPerson }
    try bench.folder.write("", to: "shop/pages/.keep")
    let second = try bench.queue("We know.", to: "site")
    _ = try bench.wait(for: second, .sent)
    let file = try #require(try bench.state(second).remoteID)
    let page = try #require(bench.folder.text(of: "shop/pages/\(file)"))
    try bench.perform(RetryDelivery(first))
    let failed = try bench.wait(for: first, "a person's") { $0.waitsForPerson && $0.tries > 0 }
    #expect(failed.reason?.contains("went there since, and this would put it back") == true)
    #expect(bench.folder.text(of: "shop/pages/\(file)") == page)
  }
}
