import Testing

@testable import Playbooks

struct AlertPlaybookTests {
  private static let documents = [
    read(
      "# High error rate\n## Immediate\n1. x\n## Error rate of one tenant\n1. y", file: "high-error-rate.md"),
    read(
      "---\nalerts: [QueueBacklog, EndpointDown, Odd]\n---\n# Runbook\n## 1. High Latency (p95 > 1500ms)\n1. x\n"
        + "## Queue backlog\n1. y\n## Größe & Zahl\n1. z", file: "runbook.md"),
    read("# Database\n## Connection pool\n1. x\n## Restore a backup\n1. y", file: "database.md"),
    read("# Storage\n## Restore a backup\n1. x\n## Cold starts\n1. z", file: "storage.md"),
  ].map(\.document)

  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    let references: [String?]
    /// `name#anchor way`; empty when there is none.
    let found: String

    init(_ rule: String, _ references: [String?], _ found: String) {
      self.rule = rule
      self.references = references
      self.found = found
    }

    var testDescription: String { "\(rule) \(references.compactMap { $0 })" }
  }

  static let cases = [
    // By name.
    Case("X", ["high-error-rate"], "high-error-rate name"),
    Case("X", ["high-error-rate#immediate"], "high-error-rate#immediate name"),
    Case("X", ["high-error-rate.md#immediate"], "high-error-rate#immediate name"),
    Case("X", [" high-error-rate "], "high-error-rate name"),
    Case("X", ["high-error-rate#nowhere"], "high-error-rate name"),
    Case("X", ["runbook#Größe & Zahl"], "runbook#größe--zahl name"),
    // By address; the name comes first, and one that leads nowhere does not stand in the way.
    Case(
      "X", [nil, "https://github.com/o/r/blob/main/runbooks/high-error-rate.md#immediate"],
      "high-error-rate#immediate address"),
    Case(
      "X", [nil, "https://wiki/Ops/High_Error_Rate.html?version=3#Immediate"],
      "high-error-rate#immediate address"),
    Case("X", [nil, "https://wiki/ops/high%2Derror%2Drate/"], "high-error-rate address"),
    Case("X", [nil, "playbooks/shop/runbook.md#gr%C3%B6%C3%9Fe--zahl"], "runbook#größe--zahl address"),
    Case("X", [nil, "runbook.md#user-content-queue-backlog"], "runbook#queue-backlog name"),
    Case("X", ["nothing", "https://wiki/runbook"], "runbook address"),
    Case("X", ["database", "https://wiki/runbook"], "database name"),
    Case("X", [nil, "https://wiki/elsewhere#immediate"], ""),
    Case("X", ["", "https://"], ""),
    // By front matter, and there at the section that says the rule's name.
    Case("QueueBacklog", [], "runbook#queue-backlog frontMatter"),
    Case("EndpointDown", [], "runbook frontMatter"),
    Case("Odd", ["gone"], "runbook frontMatter"),
    // A name that leads to a whole document leads to the section in it, too.
    Case("QueueBacklogWarn", ["runbook"], "runbook#queue-backlog name"),
    // By title or heading.
    Case("PackErrorRatePage", [], "high-error-rate title"),
    Case("pack_error_rate_warn", [], "high-error-rate title"),
    Case("TenantErrorRateOfOneTenant", [], "high-error-rate#error-rate-of-one-tenant title"),
    Case("HighLatency", [], "runbook#1-high-latency-p95--1500ms title"),
    Case("ColdStarts", [], "storage#cold-starts title"),
    Case("PackColdStart", [], "storage#cold-starts title"),
    Case("DBConnectionPoolFull", [], "database#connection-pool title"),
    // In two places, by half, the wrong way round, by one word alone: none.
    Case("RestoreABackup", [], ""),
    Case("ErrorBudget", [], ""),
    Case("RateError", [], ""),
    Case("PackStarts", [], ""),
    Case("StorageFull", [], ""),
    Case("Page", [], ""),
    Case("", [], ""),
  ]

  @Test(arguments: cases)
  func findsWhatIsMeant(_ one: Case) {
    let found = AlertPlaybook(of: one.rule, references: one.references, in: Self.documents)
    let told = found.map { place in
      "\(place.document.name)\(place.anchor.map { "#\($0)" } ?? "") \(place.way)"
    }
    #expect(told ?? "" == one.found)
  }
}
