import Foundation
import Systems
import Testing
import Values

@testable import Playbooks

/// The checklists of the five documents, item by item: each is one of the steps of its section, in order.
@Suite(.enabled(if: SharedSeeds.isPresent, SharedSeeds.absence))
struct ChecklistCoverageTests {
  struct Checklist: Sendable, CustomTestStringConvertible {
    let system: String
    /// The heading in the document.
    let heading: String
    /// Where the items are parts of one sentence: how that begins.
    var sentence: String?
    /// A playbook and an anchor in it.
    let place: String
    /// For each item, words of the step that it became.
    let marks: [String]

    var testDescription: String { "\(system): \(sentence ?? heading)" }
  }

  static let checklists = [
    Checklist(
      system: "crystal-grimoire", heading: "5. Pre-Release Checklist Additions",
      place: "pre-release#before-a-release",
      marks: ["the dashboards show traffic", "produces artefacts", "onboarding documents"]),
    Checklist(
      system: "ensei-packs", heading: "Level 1 (0-15 minutes)", place: "escalation#level-1",
      marks: ["dashboards", "flags", "logs of Firebase", "basics"]),
    Checklist(
      system: "ensei-packs", heading: "Level 2 (15-30 minutes)", place: "escalation#level-2",
      marks: ["pattern of the errors", "Firestore performs", "transactions", "Firebase support"]),
    Checklist(
      system: "ensei-packs", heading: "Level 3 (30+ minutes)", place: "escalation#level-3",
      marks: ["management", "full system rollback", "what users are told", "timeline"]),
    Checklist(
      system: "ensei-packs", heading: "Immediate (Within 1 hour)", place: "post-incident#within-an-hour",
      marks: ["timeline", "root cause", "hotfix", "thresholds"]),
    Checklist(
      system: "ensei-packs", heading: "Follow-up (Within 24 hours)", place: "post-incident#within-a-day",
      marks: ["incident report", "runbooks", "monitoring", "retrospective"]),
    Checklist(
      system: "ensei-packs", heading: "Long-term (Within 1 week)", place: "post-incident#within-a-week",
      marks: ["prevent", "alerting rules", "errors are handled", "tests"]),
    Checklist(
      system: "ensei-packs", heading: "Post-Incident Testing", place: "post-incident-testing#test",
      marks: ["health endpoint", "Buy a pack", "entitlement", "errors", "latency"]),
    Checklist(
      system: "jamble-inventory", heading: "Pre-Production Deployment",
      place: "checklists#before-production",
      marks: [
        "tests pass", "Docker image", "orders_listener.zip", "plan", "environment variables", "backed up",
        "load test",
      ]),
    Checklist(
      system: "jamble-inventory", heading: "Post-Deployment Validation",
      place: "checklists#after-deployment",
      marks: ["/health", "register", "order", "e-mail", "logs", "Alerting"]),
    Checklist(
      system: "jamble-inventory", heading: "Incident Response", place: "checklists#incident-response",
      marks: ["symptom", "logs", "Isolate", "roll back", "recovery", "Document", "post-mortem"]),
    Checklist(
      system: "nova-rms", heading: "Onboarding Checklist for New Env",
      place: "onboarding#onboarding-checklist-for-a-new-environment",
      marks: ["Postgres", "baseline tenant", "menu", "integration tests", "dashboards", "Playwright"]),
    Checklist(
      system: "nova-rms", heading: "Key Routines", sentence: "Daily", place: "routines#daily",
      marks: ["failed jobs", "anomalies", "backups"]),
    Checklist(
      system: "nova-rms", heading: "Key Routines", sentence: "Weekly", place: "routines#weekly",
      marks: ["dependencies", "feature flags", "API keys"]),
    Checklist(
      system: "nova-rms", heading: "Key Routines", sentence: "Monthly", place: "routines#monthly",
      marks: ["restore drill", "cost", "superadmin"]),
    Checklist(
      system: "nova-rms", heading: "Key Routines", sentence: "Semiannual", place: "routines#semiannual",
      marks: ["JWT and crypto keys"]),
  ]

  /// How many items the document has, so that no mark is left out here.
  private static func items(of checklist: Checklist) throws -> Int {
    var problems: [Problem] = []
    let document = PlaybookDocument(
      try SharedSeeds.text(of: checklist.system), file: "seed.md", problems: &problems)
    let section = try #require(document.sections.first { $0.title == checklist.heading })
    guard let sentence = checklist.sentence else { return section.steps.count }
    let step = try #require(section.steps.first { $0.text.plain.hasPrefix(sentence + ":") })
    return step.text.plain.split(separator: ", ").count
  }

  @Test(arguments: checklists)
  func everyItemIsAStep(_ checklist: Checklist) throws {
    #expect(try Self.items(of: checklist) == checklist.marks.count)
    let system = SystemFolder.load(try BundledFolder.folder(checklist.system), environment: [:]).folder
    let (name, anchor) = PlaybookDocument.reference(checklist.place)
    let section = try #require(system.playbook(name)?.section(anchor: anchor ?? ""))
    var steps = section.steps.map(\.text.plain)[...]
    for mark in checklist.marks {
      guard let index = steps.firstIndex(where: { $0.localizedCaseInsensitiveContains(mark) }) else {
        Issue.record("no step of \(checklist.place) says \(mark), after those before it")
        continue
      }
      steps = steps[(index + 1)...]
    }
  }

  @Test func thereAreSixteenOfSixtyEightItems() throws {
    #expect(Self.checklists.count == 16)
    #expect(Self.checklists.map(\.marks.count).reduce(0, +) == 68)
  }
}
