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

  /// Ours shifts by the time we were away, however short `for` is; Prometheus' begins anew, or grants its grace.
  @Test(arguments: [(6, 9_700, 10_000), (12, 9_700, 9_880), (15, 9_700, 9_700)])
  func bothFormulasCanBeChosen(minutes: Int64, ours: Int64, prometheus: Int64) {
    func activeAt(_ formula: PendingRestore) -> Instant {
      formula.activeAt(
        stored: Instant(milliseconds: 9_400_000), down: Instant(milliseconds: 9_700_000),
        now: Instant(milliseconds: 10_000_000), hold: .minutes(minutes),
        fresh: Instant(milliseconds: 10_000_000))
    }
    #expect(activeAt(PendingRestore()) == Instant(milliseconds: ours * 1000))
    #expect(activeAt(.prometheus) == Instant(milliseconds: prometheus * 1000))
  }
}
