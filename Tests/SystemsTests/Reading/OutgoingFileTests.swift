import Testing
import Values

@testable import Systems

/// What a delivery writes into its own folder is neither trusted nor in the way of trust.
@Suite struct OutgoingFileTests {
  private func load(_ delivery: String, _ more: [String: String] = [:]) -> (SystemFolder, [Problem]) {
    let files = ["system.yaml": "title: T\ndeliveries:\n  out: \(delivery)\n"]
    return SystemFolder.load(Folder(name: "t", files: files.merging(more) { $1 }), environment: [:])
  }

  @Test(arguments: [
    ("{file: ops/LOG.md}", "ops/LOG.md"), ("{file: ./ops//LOG.md}", "ops/LOG.md"),
    ("{file: ops/../ops/LOG.md}", "ops/LOG.md"), ("{cstate: issues}", "issues/2026-11-22-a.md"),
    ("{cstate: site/content/issues/}", "site/content/issues/b.md"),
  ])
  func whatItWritesLeavesTheDigestAsItIs(_ delivery: String, _ path: String) {
    let (before, problems) = load(delivery)
    #expect(problems.isEmpty)
    #expect(load(delivery, [path: "went out\n"]).0.digest == before.digest)
    #expect(load(delivery, [path: "went out\nagain\n"]).0.digest == before.digest)
    #expect(load(delivery, ["ops/other.yaml": "a: 1"]).0.digest != before.digest)
    #expect(load(delivery, ["steps.md": "# S"]).0.digest != before.digest)
  }

  @Test(arguments: [
    "{file: LOG.md}", "{file: rules_out.yaml}", "{file: comms/out.md}", "{file: ./system.yaml}",
    "{cstate: comms}", "{cstate: .}",
    "{file: drills/x.yaml}", "{file: ops/../LOG.md}",
  ])
  func whatTheFolderReadsIsRefusedAndCounts(_ delivery: String) {
    let (system, problems) = load(delivery)
    #expect(
      problems.contains { $0.what.contains("would be read as") && $0.position.line == 3 }, "\(problems)")
    #expect(load(delivery, ["LOG.md": "# S\n\n1. x\n"]).0.digest != system.digest)
  }

  @Test(arguments: [
    "{file: /var/log/updates.md}", "{file: ~/updates.md}", "{file: ../LOG.md}", "{cstate: ../issues}",
  ])
  func otherPlacesAreNoneOfTheFolder(_ delivery: String) {
    let (system, problems) = load(delivery)
    #expect(problems.isEmpty)
    #expect(
      system.digest
        == Folder(name: "t", files: ["system.yaml": "title: T\ndeliveries:\n  out: \(delivery)\n"]).digest)
  }
}
