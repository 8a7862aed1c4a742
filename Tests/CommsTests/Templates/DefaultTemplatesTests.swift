import Foundation
import Incidents
import Testing
import Values

@testable import Comms

/// The built-in templates and those of the bundled systems, filled as they would be at night.
struct DefaultTemplatesTests {
  /// Files of the bundled systems, by path.
  static let bundled: [String: String] = {
    var root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while root.path != "/", !FileManager.default.fileExists(atPath: root.path + "/playbooks/nova-rms") {
      root.deleteLastPathComponent()
    }
    var files: [String: String] = [:]
    let systems = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/playbooks")) ?? []
    for system in systems {
      let folder = "\(root.path)/playbooks/\(system)/comms"
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        files["\(system)/comms/\(name)"] = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      }
    }
    return files
  }()

  private func all() throws -> [Template] {
    try Self.bundled.sorted { $0.key < $1.key }.map { try template($0.value, file: $0.key) }
      + BuiltInTemplates.all()
  }

  private let answers = [
    "data_lost": "no", "next_steps": "roll back", "follow_ups": "a review", "needs": "nothing from you",
    "headline": "New opening hours of our support",
    "news": "Our support answers from 08:00 to 20:00 CET from now on.",
    "from": "2026-11-28 22:00 UTC", "until": "2026-11-28 23:30 UTC",
    "answer": "Your pack is in your account again.",
    "done": "Storage was enlarged.", "reason": "to make room",
  ]

  @Test func builtInOnesAreRightAndComplete() throws {
    for (name, source) in BuiltInTemplates.sources { _ = try template(source, file: name) }
    let all = BuiltInTemplates.all()
    #expect(all.count == BuiltInTemplates.sources.count)
    #expect(Set(all.map(\.name)).count == all.count)
    for stage in [Stage.investigating, .identified, .monitoring, .resolved] {
      for audience in ["users", "internal", "executives", "support", "status"] {
        for severity in Severity.allCases {
          #expect(
            all.choose(audience: audience, stage: stage, severity: severity) != nil, "\(audience) \(stage)")
        }
      }
    }
    for stage in [Stage.announcement, .maintenance, .reply] {
      #expect(all.choose(audience: "users", stage: stage, severity: nil) != nil, "\(stage)")
    }
    #expect(
      all.choose(audience: "users", stage: .identified, severity: .s3)?.name.hasSuffix("users-minor") == true)
  }

  @Test func theBundledOnesAreHere() {
    let wanted = [
      "ensei-packs/comms/internal.md", "ensei-packs/comms/users-high-impact.md",
      "nova-rms/comms/announcement.md",
      "nova-rms/comms/maintenance.md", "nova-rms/comms/maintenance-over.md",
    ]
    #expect(wanted.allSatisfy { Self.bundled[$0] != nil })
  }

  @Test(arguments: [true, false])
  func filledTextsPassTheCheck(hasAll: Bool) throws {
    var fields = UpdateFields()
    fields.incident = "INC-1"
    fields.number = 1
    fields.title = "Purchases fail"
    fields.severity = .s1
    fields.impact = "Packs cannot be bought."
    fields.started = try instant("03:05")
    fields.systems = ["Ensei Packs"]
    fields.links = ["status_page": "http://127.0.0.1:18081/status"]
    fields.answers = answers
    if hasAll {
      fields.commander = "ops1"
      fields.affected = ["purchases"]
      fields.actions = ["Turned purchases off", "Rolled back"]
      fields.answers["cause"] = "a faulty release"
      fields.answers["workaround"] = "use the packs that you have."
      fields.answers["recipient"] = "North Diner"
      fields.answers["works"] = "Everything else works."
      fields.answers["orders"] = "Orders that were placed are kept."
    }
    let now = try instant("23:50")
    for template in try all() {
      for stage in template.stages {
        fields.status = Status(rawValue: stage.rawValue)
        fields.resolved = stage == .resolved ? try instant("23:40") : nil
        fields.dataLost = stage == .resolved ? "no" : nil
        fields.nextUpdate = stage.asksForNext ? try instant("00:05", day: "2026-11-22") : nil
        let filled = template.filled(fields.fields(at: now))
        #expect(filled.unfilled.isEmpty, "\(template.file): \(filled.unfilled)")
        #expect(
          !filled.text.contains("\n\n\n") && !filled.text.hasPrefix("\n"), "\(template.file):\n\(filled.text)"
        )
        var check = DraftCheck(
          severity: .s1, links: Array(fields.links.values), hosts: ["127.0.0.1"],
          allowsEstimate: template.allowsEstimate(for: .s1))
        check.now = now
        check.dataLost = fields.dataLost
        let findings = check.findings(
          subject: filled.subject, text: filled.text, audience: template.audience, stage: stage,
          nextUpdate: fields.nextUpdate)
        #expect(
          findings.allSatisfy { $0.mark == .good },
          "\(template.file) \(stage): \(findings.map(\.sentence))\n\(filled.text)")
        #expect(check.promise(in: filled.text, at: now) == fields.nextUpdate, "\(template.file)")
      }
    }
  }

  @Test func enseisKeepTheirWords() throws {
    let users = try template(try #require(Self.bundled["ensei-packs/comms/users-high-impact.md"]))
    #expect(users.subject == "Temporary Service Disruption - Pack System" && users.severities == [.s1, .s2])
    #expect(users.variables.first { $0.name == "eta" }?.defaultValue == "not yet known")
    for line in ["Impact: ", "ETA: ", "Status: ", "Next update: "] {
      #expect(users.text.split(separator: "\n").contains { $0.hasPrefix(line) }, "\(line)")
    }
    let inside = try template(try #require(Self.bundled["ensei-packs/comms/internal.md"]))
    #expect(inside.subject.hasPrefix("INCIDENT: Pack System {{severity}} - "))
    for line in [
      "Status: ", "Impact: ", "ETA: ", "Owner: ", "Next Update: ", "Actions Taken:", "Next Steps:",
    ] {
      #expect(inside.text.split(separator: "\n").contains { $0.hasPrefix(line) }, "\(line)")
    }
  }

  @Test func builtInOnesFillTheGaps() throws {
    func names(_ templates: [Template]) -> Set<String> { Set(templates.withBuiltIns.map(\.name)) }
    #expect(names([]).count == BuiltInTemplates.sources.count)
    let head = "audience: users\nsubject: S\n"
    let wide = try template("---\n\(head)stage: [Investigating, Identified, Monitoring]\n---\nx")
    #expect(
      !names([wide]).contains("built-in:users-minor") && !names([wide]).contains("built-in:users-identified"))
    #expect(names([wide]).contains("built-in:users-resolved") && names([wide]).contains("built-in:internal"))
    let bad = try template("---\n\(head)stage: Identified\nseverity: [S1, S2]\n---\nx")
    #expect(names([bad]).contains("built-in:users-minor"))
    #expect(
      [bad].withBuiltIns.choose(audience: "users", stage: .identified, severity: .s3)?.name
        == "built-in:users-minor")
    #expect([bad].withBuiltIns.choose(audience: "users", stage: .identified, severity: .s1)?.name == "users")
  }

  @Test func whatAnIncidentGivesIsKnown() throws {
    var fields = UpdateFields()
    (fields.incident, fields.number, fields.title, fields.severity) = ("INC-1", 1, "T", .s1)
    (fields.status, fields.impact, fields.affected, fields.systems) = (.resolved, "x", ["a"], ["S"])
    (fields.started, fields.resolved, fields.commander) = (try instant("03:05"), try instant("03:30"), "ops1")
    (fields.dataLost, fields.earlierUpdates, fields.nextUpdate) = ("no", 2, try instant("04:00"))
    (fields.actions, fields.links) = (["a"], ["NAME": "x"])
    let given = Set(fields.fields(at: try instant("03:40")).keys)
    #expect(given == Set(UpdateFields.known.map(\.name)).subtracting(["recipient"]))
    #expect(fields.fields(at: try instant("03:40"))["update.number"] == "3")
  }
}
