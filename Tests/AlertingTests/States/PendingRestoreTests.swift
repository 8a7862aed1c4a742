import Alerting
import Testing
import Values

struct PendingRestoreTests {
  /// Prometheus' formula, from `shared/conformance/rules/for_restore.jsonl`.
  @Test(.enabled(if: SharedData.isPresent, "shared/conformance is not beside the checkout"))
  func restoresAsPrometheus() throws {
    let rows = try SharedData.rows("rules/for_restore.jsonl")
    try #require(rows.count > 200)
    var failures: [String] = []
    for row in rows {
      func seconds(_ key: String) -> Int64 { Int64(row[key] as? Int ?? -1) }
      func instant(_ key: String) -> Instant { Instant(milliseconds: seconds(key) * 1000) }
      let formula = PendingRestore(
        grace: .seconds(seconds("grace")), tolerance: .seconds(seconds("tolerance")))
      let found = formula.activeAt(
        stored: instant("stored_active_at"), down: instant("down_at"), now: instant("now"),
        hold: .seconds(seconds("hold")), fresh: instant("fresh_active_at"))
      if found != instant("restored_active_at") { failures.append("\(row): \(found.seconds)") }
    }
    SharedData.report("rules for_restore", of: rows.count, failed: failures.count)
    #expect(failures.isEmpty, "\(failures.prefix(5).joined(separator: "\n"))")
  }
}
