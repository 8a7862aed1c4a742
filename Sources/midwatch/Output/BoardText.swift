import Incidents
import Terminal
import Values
import Watch

/// A board as lines: firing alerts, then endpoints, faults first, objectives and routines that are due, then rule
/// groups that are late and remote engines.
enum BoardText {
  static func text(_ snapshots: [SystemSnapshot]) -> String {
    var rows: [[String]] = []
    for snapshot in snapshots {
      guard let suspension = snapshot.suspension else { continue }
      rows.append(["UNKNOWN", snapshot.system, "", "", suspension.words])
    }
    for snapshot in snapshots {
      for alert in snapshot.alerts.sorted(by: isWorse) {
        rows.append([
          alert.state == .firing ? alert.level.rawValue.uppercased() : "pending", snapshot.system,
          alert.identity.rule, measure(alert), alert.mutings.map(\.told).joined(separator: ", "),
          alert.summary,
        ])
      }
    }
    for snapshot in snapshots {
      for endpoint in snapshot.endpoints.sorted(by: {
        ($0.isFault ? 0 : 1, $0.name) < ($1.isFault ? 0 : 1, $1.name)
      }) {
        let code = endpoint.code.map { String($0) } ?? ""
        let took = endpoint.took?.latency ?? ""
        let what = [
          endpoint.blockedBy.map { "blocked by \($0)" }, endpoint.flapping?.words,
          endpoint.reason ?? endpoint.samples.map { "\($0) series" },
        ].compactMap { $0 }.joined(separator: ": ")
        let aside = [endpoint.isUnverified == true ? "unverified" : nil, endpoint.delay?.words]
        let detail = ([what] + aside).compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
        rows.append([
          endpoint.state.rawValue, snapshot.system, endpoint.name,
          [code, took].filter { !$0.isEmpty }.joined(separator: " "), detail,
        ])
      }
    }
    for snapshot in snapshots {
      for row in snapshot.objectives { rows.append(DutyRows.line(row, of: snapshot.system)) }
      for row in snapshot.routines where row.isShown(at: snapshot.at) {
        rows.append(DutyRows.line(row, of: snapshot.system, at: snapshot.at))
      }
    }
    for snapshot in snapshots {
      for group in snapshot.groups where group.missed > 0 {
        rows.append([
          "late", snapshot.system, "group \(group.name)", "\(group.missed) missed",
          "of \(Int64(group.evaluations).addingSaturating(Int64(group.missed))) evaluations since its rules were loaded",
        ])
      }
      for remote in snapshot.remotes {
        rows.append([
          remote.state.rawValue, snapshot.system, remote.kind.rawValue, remote.windows?.words ?? "",
          remote.warning ?? remote.address,
        ])
      }
    }
    return Columns.text(rows)
  }

  /// `7.1% >= 5%`.
  static func measure(_ alert: AlertRow) -> String {
    [alert.value?.description, alert.sign, alert.threshold?.description].compactMap { $0 }.joined(
      separator: " ")
  }

  private static func isWorse(_ a: AlertRow, _ b: AlertRow) -> Bool {
    let first = (a.state == .firing ? 1 : 0, a.level.rank)
    let second = (b.state == .firing ? 1 : 0, b.level.rank)
    return first == second ? a.identity.rule < b.identity.rule : first > second
  }
}
