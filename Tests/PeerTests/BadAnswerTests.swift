import Host
import Incidents
import Testing
import Values
import Watch

/// What a server says that is there and not well.
@Suite(.serialized) struct BadAnswerTests {
  static let cases: [(Page.Content, says: String)] = [
    (Page.Content(status: "503 Service Unavailable", body: "{}"), "answers 503 Service Unavailable."),
    (
      Page.Content(status: "503 Service Unavailable", headers: "Retry-After: 1\r\n"),
      "answers 503 Service Unavailable, and asks for 1s of patience."
    ),
    (Page.Content(status: "401 Unauthorized", body: "{}"), "refuses us with 401: look at its bearer"),
    (Page.Content(type: "text/html", body: "<html>"), "answers text/html instead of application/json"),
    (Page.Content(body: "{\"status\":\"succ"), "answers what cannot be read: not JSON"),
    (Page.Content(body: "{\"hello\":1}"), "is this the address of its API?"),
    (Page.Content(isMute: true), "does not answer"),
  ]

  private static let well = Page.Content(
    body: "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
      + "{\"metric\":{},\"value\":[1795262400,\"1\"]}]}}")

  @Test(arguments: cases.indices) func prometheusIsLostWithASentenceAndFoundAgain(_ index: Int) throws {
    let page = try Page(Self.well)
    defer { page.stop() }
    let watcher = try Watcher("prometheus: {url: \"http://127.0.0.1:\(page.port)\", timeout: 1s}\n")
    try watcher.row("the alert", "QueueBacklog") { $0.state == .firing }
    page.show(Self.cases[index].0)
    let lost = try watcher.remote("it to be lost") { $0.state == .failing }
    #expect(lost.reason?.contains(Self.cases[index].says) == true, "\(lost.reason ?? "")")
    try watcher.row("doubt", "QueueBacklog") { $0.hasNoData && $0.state == .firing }
    page.show(Self.well)
    _ = try watcher.remote("it to be found") { $0.state == .reachable }
    try watcher.row("certainty", "QueueBacklog") { !$0.hasNoData }
    #expect(try watcher.events(AlertResolved.kind).isEmpty)
  }
}
