import Comms
import Desk
import Foundation
import Incidents
import Playbooks
import Testing
import Values

@testable import Retro

@Suite struct OutwardTests {
  /// Everything that an export of it says, in every format.
  private static func everything(_ report: IncidentReport) throws -> String {
    let markdown = BuiltInRetroTemplates.names.compactMap { BuiltInRetroTemplates.template($0) }
      .map { report.document().markdown($0) }
    return
      (markdown + [
        String(decoding: try report.json(), as: UTF8.self),
        String(decoding: IncidentReport.csv([report]), as: UTF8.self), "\(report.document())",
      ]).joined(separator: "\n")
  }

  @Test func theRichNightForReadersOutside() throws {
    let report = Story.richReport().outward()
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    try expectGolden(report.document().markdown(template), "rich-external.md")
    let all = try Self.everything(report)
    for inner in [
      "ops1", "ops2", "ops3", "jump2", "Ann", "Acme", "T-12", "INC-7", "R-3", "ACT-1", "ensei-packs",
      "psp-gw-3",
      "worker", "flagctl", "QueueBacklog", "PackErrorRatePage", "status page", "Deploy 4.2.1",
      "Limit retries",
      "Write the retro", "\"e1\"", "payments on call", "Switch purchases off", "sky",
    ] { #expect(!all.contains(inner), "\(inner) goes out") }
    for outer in [
      "Pack purchases fail at checkout", "We know that purchases fail. Nobody is charged twice.",
      "their release of 03:02".capitalizedFirst, "none; 3 orders were entered again by hand",
    ] { #expect(all.contains(outer), "\(outer) does not go out") }
    #expect(report.keyTimes == Story.richReport().keyTimes)
  }

  @Test func whatWasLeftOutIsCounted() {
    let removed = Dictionary(
      (Story.richReport().outward().removed ?? []).map { ($0.what, $0.count) }, uniquingKeysWith: +)
    #expect(removed["notes"] == 5)
    #expect(removed["updates to other audiences"] == 1)
    #expect(removed["public comments of tickets"] == 4 && removed["internal comments of tickets"] == 1)
    #expect(removed["charts"] == 1 && removed["tickets"] == 2 && removed["action items"] == 3)
    #expect(removed["entries of the kind weather.changed"] == 1)
    #expect(removed["sections of the retro that are for the house"] == 2)
    #expect(Story.richReport().removed == nil)
  }

  @Test func anAudienceCanBeLetIn() {
    #expect(Story.richReport().outward().updates.map(\.audience) == ["users", "users", "users"])
    #expect(Story.richReport().outward(audiences: ["Internal"]).updates.count == 4)
  }

  /// Kinds whose events may go out, and the fields of theirs that do.
  private static let allowed: [String: Set<String>] = [
    IncidentDeclared.kind: [
      "number", "systems", "severity", "title", "impact", "started", "clocks", "escalation", "cadence",
    ],
    IncidentDescribed.kind: ["title", "impact", "started"],
    IncidentStatusChanged.kind: ["to", "from", "data_lost"], IncidentSeverityChanged.kind: ["to", "clocks"],
    UpdateSent.kind: [
      "draft", "audience", "stage", "subject", "text", "destinations", "next_update", "head", "how",
    ],
    RetroWritten.kind: ["section", "text"],
  ]

  /// Every kind that a source file of ours names.
  private static func kinds() throws -> Set<String> {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var kinds: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(separator: "\n") where line.contains("static let kind = \"") {
        let parts = line.split(separator: "\"")
        if parts.count > 1 { kinds.insert(String(parts[1])) }
      }
    }
    return kinds
  }

  @Test func onlyTheKindsOnTheListGoOut() throws {
    let kinds = try Self.kinds()
    #expect(kinds.count > 70 && kinds.isSuperset(of: Self.allowed.keys))
    // Told with every field that any kind has, so that each kind that can be read is read.
    let rich = Story.richReport()
    var outward = OutwardEvents(audiences: ["users"], redaction: Redaction())
    var seen: Set<String> = []
    for event in rich.events {
      let kept = outward.event(event, as: "incident-1", number: 1)
      seen.insert(event.kind)
      guard let kept else { continue }
      let fields = try #require(Self.allowed[event.kind], "\(event.kind) goes out")
      let body = try JSONSerialization.jsonObject(with: Data(kept.body ?? [])) as? [String: Any] ?? [:]
      #expect(Set(body.keys).isSubset(of: fields), "\(event.kind) says \(body.keys.sorted())")
    }
    #expect(seen.isSuperset(of: Self.allowed.keys))
    var strange = Story()
    strange.isDeclared("Night", at: 0)
    let bodies = ["{}", #"{"text":"LEAK","title":"LEAK","reason":"LEAK"}"#]
    for kind in kinds.subtracting(Self.allowed.keys).sorted() + ["tomorrow.invented"] {
      for body in bodies { strange.tell(kind, body, at: 5) }
    }
    let told = try #require(strange.report().outward().removed)
    #expect(strange.report().outward().events.map(\.kind) == [IncidentDeclared.kind])
    #expect(told.map(\.count).reduce(0, +) == strange.events.count - 1)
    #expect(try !Self.everything(strange.report().outward()).contains("LEAK"))
  }

  @Test func textsThatGoOutLoseWhatIsInside() throws {
    var story = Story()
    story.isDeclared("ops1 saw db-1.internal fail, see INC-7 and T-3", at: 0)
    story.tell(
      IncidentDescribed.kind, #"{"impact":"10.0.3.7 is down, says jump2","affected":["a/b"]}"#, at: 5)
    story.tell(RetroWritten.kind, #"{"section":"root_cause","text":"ops1 typed `rm` on jump2"}"#, at: 9)
    let report = story.report().outward(hosts: ["packs.example"])
    #expect(report.incident.title == "[name] saw [host] fail, see [id] and [id]")
    #expect(report.incident.impact == "[address] is down, says [host]" && report.incident.affected.isEmpty)
    #expect(report.retro.sections["root_cause"]?.text == "[name] typed `rm` on [host]")
  }
}
