import Testing

@testable import Playbooks

/// Playbooks by the service that they are for.
@Suite struct ServiceSearchTests {
  private static let documents = [
    read(
      "---\nservices: [orders]\nalerts: [HighLatency]\n---\n# Orders are slow\n## Cold starts\n1. x",
      file: "a.md"),
    read(
      "---\nservices: [api, Web]\nalerts: [HighLatency]\n---\n# API is slow\n## Restarts\n1. x", file: "b.md"),
    read("---\nservices: [web]\n---\n# Web\n## Cold starts\n1. x", file: "c.md"),
    read("# Plain\n## Queue backlog\n1. api", file: "d.md"),
  ].map(\.document)

  @Test(arguments: [
    // The front matter of two lists it: the one for that service, else the first.
    ("HighLatency", ["service": "api"], "b"), ("HighLatency", ["job": "api"], "b"),
    ("HighLatency", ["service": "WEB"], "b"), ("HighLatency", ["service": "orders"], "a"),
    ("HighLatency", ["service": "elsewhere"], "a"), ("HighLatency", ["service": ""], "a"),
    ("HighLatency", ["team": "api"], "a"), ("HighLatency", [:], "a"),
    // A heading that stands in two playbooks leads nowhere, unless one of them is for that service.
    ("ColdStarts", [:], ""), ("ColdStarts", ["service": "web"], "c#cold-starts"),
    ("ColdStarts", ["job": "orders", "service": "gone"], "a#cold-starts"),
    ("ColdStarts", ["job": "orders", "service": "web"], ""),
    // What is found beyond doubt stays found, and a service alone finds nothing.
    ("QueueBacklog", ["service": "api"], "d#queue-backlog"), ("Unheard", ["service": "api"], ""),
  ])
  func ofSeveralTheOneForTheServiceIsMeant(_ rule: String, _ labels: [String: String], _ expected: String) {
    let found = AlertPlaybook(
      of: rule, references: [], services: AlertPlaybook.services(in: labels), in: Self.documents)
    #expect(found.map { $0.document.name + ($0.anchor.map { "#\($0)" } ?? "") } ?? "" == expected)
  }

  @Test func aNameInTheAlertComesBeforeItsService() {
    let found = AlertPlaybook(of: "HighLatency", references: ["a"], services: ["api"], in: Self.documents)
    #expect(found?.document.name == "a" && found?.way == .name)
  }

  @Test func aServiceIsFoundAndShown() {
    let search = PlaybookSearch(Self.documents)
    let hits = search.find("web")
    // By title and heading first; then by what it is for.
    #expect(hits.map { "\($0.playbook) \($0.line)" } == ["c Web", "c Web", "b service Web"])
    #expect(search.find("web slow").map(\.line) == ["service Web"])
  }
}
