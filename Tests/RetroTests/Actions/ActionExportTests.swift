import Foundation
import Incidents
import Retro
import TestSupport
import Testing
import Values

@Suite struct ActionExportTests {
  private static let hostile = "=cmd|' /C calc'!A0 <script>x</script> [a](javascript:x) \u{1B}[31m\u{202E}"

  /// An overdue one, one that is done, and one with everything hostile in it.
  private func export() throws -> ActionExport {
    let record = MemoryRecord()
    let now = try #require(Instant(rfc3339: "2026-11-21T03:00:00Z"))
    try record.perform(AddAction("Alarm on the pool", owner: "ops2", due: now + .hours(1)), at: now)
    try record.perform(AddAction(Self.hostile), at: now)
    try record.perform(AddAction("Read the runbook"), at: now)
    try record.perform(
      ChangeAction("ACT-3", owner: .to("ops1"), state: .done, reason: Self.hostile), at: now + .hours(2))
    let items = try (1...3).compactMap { try record.entity(ActionItem.self, "ACT-\($0)") }
    return ActionExport(items.reversed(), at: now + .hours(3))
  }

  @Test func issuesInMarkdown() throws {
    let text = try export().markdown
    #expect(
      text.hasPrefix(
        """
        # Alarm on the pool

        - Action item: ACT-1
        - State: open, overdue
        - Owner: ops2
        - Due: 2026-11-21 04:00:00Z
        - Added: 2026-11-21 03:00:00Z by ops1

        """), "\(text)")
    #expect(text.contains("History:\n\n- 2026-11-21 05:00:00Z ops1: done, owner ops1: "))
    // What a backslash stands before is text.
    let active = text.replacing(/\\./, with: "")
    for part in ["<script", "](javascript", "\u{1B}", "\u{202E}"] {
      #expect(!active.contains(part), "\(part)")
    }
  }

  @Test func tableReadByPython() throws {
    let csv = try export().csv
    #expect(csv.hasPrefix("action,title,state,overdue,owner,due,") && csv.hasSuffix("\r\n"))
    let program = """
      import csv, sys, json
      rows = list(csv.DictReader(sys.stdin))
      print(json.dumps([[r["action"], r["state"], r["overdue"], r["title"][:1]] for r in rows]))
      """
    let file = FileManager.default.temporaryDirectory.path + "/actions-\(UUID().uuidString).csv"
    try csv.write(toFile: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: file) }
    let read = try Child.run("/bin/sh", ["-c", "python3 -c '\(program)' < '\(file)'"], environment: [:])
    try #require(read.status == 0, "\(read.err)")
    #expect(
      read.out
        == #"[["ACT-1", "open", "yes", "A"], ["ACT-2", "open", "no", "'"], ["ACT-3", "done", "no", "R"]]"#
        + "\n")
  }

  @Test func document() throws {
    let any = try JSONSerialization.jsonObject(with: Data(try export().json()))
    let document = try #require(any as? [String: Any])
    #expect(document["schema"] as? String == "midwatch.actions/1")
    let rows = try #require(document["actions"] as? [[String: Any]])
    #expect(rows.map { $0["action"] as? String } == ["ACT-1", "ACT-2", "ACT-3"])
    #expect(rows.map { $0["overdue"] as? Bool } == [true, false, false])
    #expect((rows.last?["changes"] as? [Any])?.count == 2)
  }

  /// What it was before stands nowhere else.
  @Test func whatAChangeChanged() throws {
    let record = MemoryRecord()
    let now = try #require(Instant(rfc3339: "2026-11-21T03:00:00Z"))
    try record.perform(AddAction("Alarm", due: now + .hours(9)), at: now)
    try record.perform(ChangeAction("ACT-1", title: "Alarm at 80", due: .to(nil)), at: now + .hours(1))
    try record.perform(
      ChangeAction("ACT-1", owner: .to("ops2"), due: .to(now + .hours(5))), at: now + .hours(2))
    try record.perform(ChangeAction("ACT-1", owner: .to(nil), state: .doing), at: now + .hours(3))
    let item = try #require(try record.entity(ActionItem.self, "ACT-1"))
    #expect(
      ActionExport([item], at: now).markdown.hasSuffix(
        """
        History:

        - 2026-11-21 04:00:00Z ops1: no longer due, its title was “Alarm”
        - 2026-11-21 05:00:00Z ops1: owner ops2, due 2026-11-21 08:00:00Z
        - 2026-11-21 06:00:00Z ops1: doing, no owner

        """))
  }

  @Test func nothingIsAnEmptyTable() throws {
    let none = ActionExport([], at: Instant(milliseconds: 0))
    #expect(none.markdown.isEmpty && none.csv.split(separator: "\r\n").count == 1)
  }
}
