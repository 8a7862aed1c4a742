import Comms
import Desk
import Documents
import Foundation
import Testing
import Values

@testable import Systems

struct TicketSourceTests {
  private func load(_ source: String) -> (folder: SystemFolder, problems: [String]) {
    let text = "title: Shop\nsecrets: {TOKEN: }\ntickets:\n  source:\n" + source
    let (folder, problems) = SystemFolder.load(
      Folder(name: "shop", files: ["system.yaml": text]), environment: ["TOKEN": "0123456789abcdef"])
    return (folder, problems.map(\.description))
  }

  @Test func readsThreeKinds() throws {
    let (command, none) = load("    {command: [cli, list], every: 30s, close: [cli, close, \"{id}\"]}\n")
    #expect(none == [])
    let first = try #require(command.tickets?.source)
    #expect(first.kind == "command" && first.every == .seconds(30) && first.name == "shop")
    #expect(first.calls.keys.map(\.rawValue) == ["close"])
    #expect(
      command.needsTrust == [
        "source of tickets starts cli list", "source of tickets starts cli close {id}",
      ])
    let (callable, problems) = load(
      "    callable: https://x.example/fn\n    bearer: ${TOKEN}\n    status: setStatus\n    create: make\n")
    #expect(problems == [])
    let second = try #require(callable.tickets?.source)
    #expect(second.calls[.status]?.path == "setStatus" && second.calls[.create]?.path == "make")
    #expect(second.calls[.comment]?.path == "addSupportTicketComment" && second.calls[.note] == nil)
    #expect(
      callable.needsTrust == [
        "source of tickets uses TOKEN",
        "source of tickets sends replies and changes of tickets to https://x.example/fn",
      ])
    #expect(callable.outlet(TicketSource.outlet)?.kind == "tickets by callable")
    #expect(callable.outlet("other") == nil)
  }

  @Test(arguments: [
    ("    {}\n", "exactly one kind"),
    ("    {command: []}\n", "has no command"),
    ("    {comand: [x]}\n", "did you mean \"command\"?"),
    ("    {http: ftp://x}\n", "no address of HTTP"),
    ("    {http: http://x, comment: {post: tickets}}\n", "a path that begins with a slash"),
    ("    {http: http://x, comment: {post: \"/a/{idd}\"}}\n", "there is no {idd} here"),
    ("    {callable: http://x, status: \"a b\"}\n", "no name of a function"),
    ("    {callable: http://x, lst: y}\n", "no key \"lst\""),
    ("    {command: [x], close: [x, \"${TOKEN}\"]}\n", "the secret TOKEN cannot stand here"),
    ("    {command: [x], map: {fields: {state: {from: s, values: {a: b}}}}}\n", "is no state of ours"),
  ]) func saysWhatIsWrong(_ source: String, _ says: String) {
    let problems = load(source).problems
    #expect(problems.contains { $0.contains(says) && $0.hasPrefix("system.yaml:5:") }, "\(problems)")
  }

  /// The examples of the document mean what it says.
  @Test func theDocumentIsRight() throws {
    var url = URL(fileURLWithPath: #filePath)
    url.resolveSymlinksInPath()
    for _ in 0..<4 { url.deleteLastPathComponent() }
    let text = try String(contentsOf: url.appendingPathComponent("docs/tickets-exchange.md"), encoding: .utf8)
    let fences = text.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    #expect(fences.count == 4)
    for fence in fences {
      if fence.hasPrefix("tickets:") {
        let system = "title: Shop\nsecrets: {DESK_TOKEN: }\n" + fence
        let (folder, problems) = SystemFolder.load(
          Folder(name: "shop", files: ["system.yaml": system]),
          environment: ["DESK_TOKEN": "0123456789abcdef"])
        #expect(problems == [] && folder.tickets?.source != nil, "\(problems)")
      } else {
        var problems: [Problem] = []
        let mapping = ExchangeMapping(fence, file: "zendesk.yaml", problems: &problems)
        #expect(problems == [] && mapping.source == "zendesk", "\(problems)")
      }
    }
    for name in TicketErrand.names { #expect(text.contains(name)) }
    for name in ExchangeMapping.ticketFields + ExchangeMapping.commentFields { #expect(text.contains(name)) }
  }
}
