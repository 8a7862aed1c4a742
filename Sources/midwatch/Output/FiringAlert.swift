import Host
import Incidents
import Journal
import Values

/// Alerts that fire, by the names that people write.
enum FiringAlert {
  /// By its rule, by `SYSTEM/RULE`, or by its whole key; throws a sentence where that is not one.
  static func named(_ name: String, in journal: Journal) throws -> Alert {
    let meant = try journal.entities(Alert.self, open: true).filter { alert in
      guard let identity = alert.identity else { return false }
      return identity.rule == name || "\(identity.system)/\(identity.rule)" == name || identity.key == name
    }
    guard let only = meant.first else {
      throw Refusal("No firing alert is called \(Inert.terminal(name)); `midwatch alerts` lists them.")
    }
    guard meant.count == 1 else {
      throw Refusal(
        "\(meant.count) alerts match: \(meant.map(\.key).joined(separator: ", ")); name one whole.")
    }
    return only
  }
}

extension Alert {
  /// What an incident is called that is declared from it.
  var proposedTitle: String? {
    if let summary = fired?.summary, !summary.isEmpty { return summary }
    return identity.map { "\($0.rule) on \($0.system)" }
  }
}
