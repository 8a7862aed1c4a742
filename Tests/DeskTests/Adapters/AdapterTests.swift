import Incidents
import JSON
import Testing
import Values

@testable import Desk

struct AdapterTests {
  private func errand(_ operation: TicketOperation, _ values: [String: String]) -> TicketErrand {
    TicketErrand(operation, values: values)
  }

  /// Values are never read again, are no shell's, and begin no option.
  @Test func fillsWordsWithWhatIsMeant() throws {
    let call = TicketCall(words: ["cli", "assign", "{id}", "--who={assignee}", "{unfinished", "{}"])
    let values = ["id": "a{assignee} $(x)", "assignee": "-rf; `y`"]
    #expect(
      try CommandTickets.request(errand(.assign, values), by: call)
        == .run(
          words: ["cli", "assign", "a{assignee} $(x)", "--who=-rf; `y`", "{unfinished", "{}"], input: ""))
    #expect(throws: Refusal.self) {
      try CommandTickets.request(errand(.assign, ["id": "--all"]), by: TicketCall(words: ["cli", "{id}"]))
    }
    #expect(throws: Refusal.self) {
      try CommandTickets.request(errand(.assign, ["id": "a\0b"]), by: TicketCall(words: ["cli", "{id}"]))
    }
    #expect(
      TicketCall(path: "/{id}/{nothing}", data: [.init("a", "{text}{what}")]).unknownNames == [
        "nothing", "what",
      ])
  }

  @Test func putsValuesIntoPathsAndJSON() throws {
    let call = TicketCall(
      method: "POST", path: "/tickets/{id}/comments",
      data: [.init("body", "{text}"), .init("public", "{public}"), .init("by", "desk of {by}")])
    let values = ["id": "a/../b?c", "text": "\"}\n{id}", "public": "true", "by": "ops1", "key": "k"]
    #expect(
      try HTTPTickets.request(errand(.comment, values), by: call)
        == .http(
          method: "POST", path: "/tickets/a%2F..%2Fb%3Fc/comments", key: "k",
          body: #"{"body":"\"}\n{id}","public":true,"by":"desk of ops1"}"#))
  }

  @Test func speaksTheCallableProtocol() throws {
    let call = try #require(CallableTickets.usual(.comment))
    let values = ["id": "a1", "text": "Hello", "internal": "false", "key": "k"]
    #expect(
      try CallableTickets.request(errand(.comment, values), by: call)
        == .http(
          method: "POST", path: "/addSupportTicketComment", key: "k",
          body: #"{"data":{"ticketId":"a1","message":"Hello","internal":false,"idempotencyKey":"k"}}"#))
    #expect(CallableTickets.list(nil, cursor: nil) == nil)
    #expect(
      CallableTickets.list("all", cursor: "c")
        == .http(method: "POST", path: "/all", key: nil, body: #"{"data":{"cursor":"c"}}"#))
  }

  private typealias Answer = (
    status: Int, type: String, body: String, result: String?, kind: TicketFailure.Kind?
  )
  private static let answers: [Answer] = [
    (200, "application/json", #"{"result": {"id": "c1"}}"#, "{\"id\":\"c1\"}", nil),
    (200, "application/json; charset=utf-8", #"{"result": null}"#, "null", nil),
    (200, "application/json", #"{}"#, nil, TicketFailure.Kind.unknown),
    (200, "text/html", "<html>Sign in</html>", nil, .unknown),
    (404, "application/json", #"{"error":{"status":"NOT_FOUND","message":"No."}}"#, nil, .lasting),
    (401, "application/json", #"{"error":{"status":"UNAUTHENTICATED","message":"No."}}"#, nil, .lasting),
    (503, "application/json", #"{"error":{"status":"UNAVAILABLE","message":"No."}}"#, nil, .passing),
    (429, "application/json", #"{"error":{"status":"RESOURCE_EXHAUSTED"}}"#, nil, .passing),
    (504, "application/json", #"{"error":{"status":"DEADLINE_EXCEEDED"}}"#, nil, .unknown),
    (500, "application/json", #"{"error":{"status":"INTERNAL"}}"#, nil, .unknown),
    (500, "application/json", #"{"result": 1}"#, nil, .passing),
    (502, "text/html", "Bad gateway", nil, .unknown),
    (403, "text/html", "Forbidden", nil, .lasting),
  ]

  @Test(arguments: AdapterTests.answers.indices) func isASuccessOnlyWithAResult(_ index: Int) {
    let (status, type, body, result, kind) = Self.answers[index]
    switch CallableTickets.document(.http(status: status, type: type, body: Array(body.utf8))) {
    case .success(let document): #expect(document.text == result)
    case .failure(let failure): #expect(failure.kind == kind && result == nil, "\(failure)")
    }
  }

  @Test func findsTicketsInADocument() throws {
    let text = """
      {"ok": true, "result": {"rows": [{"id": 1, "subject": "A", "requester": "eve"},
      {"id": 2, "requester": "eve"}, "x"]}, "next": "/tickets?page=2"}
      """
    let document = try JSONValue.read(Array(text.utf8)).get()
    var mapping = ExchangeMapping.ours
    let now = Instant(milliseconds: 1_795_230_000_000)
    #expect(
      TicketPage(document, by: mapping, next: nil, at: now).mistakes == [
        "there is no list of tickets in what it says"
      ])
    mapping.items = ["result", "rows"]
    let page = TicketPage(document, by: mapping, next: "next", at: now)
    #expect(page.tickets.map(\.id) == ["1"] && page.cursor == "/tickets?page=2")
    #expect(
      page.mistakes == [
        "ticket 2, subject: a ticket needs a subject",
        "ticket 3, id: a ticket is an object, and here is something else",
      ])
  }

  /// What begins with a dash is no option behind `--`.
  @Test func dashesBehindDashesAreWords() throws {
    let errand = TicketErrand(.comment, values: ["id": "-7", "text": "- see below"])
    let bare = TicketCall(words: ["say.sh", "{id}", "{text}"])
    #expect(throws: Refusal.self) { try CommandTickets.request(errand, by: bare) }
    let kept = TicketCall(words: ["say.sh", "--", "{id}", "{text}"])
    #expect(
      try CommandTickets.request(errand, by: kept)
        == .run(words: ["say.sh", "--", "-7", "- see below"], input: "- see below"))
  }
}
