import Desk
import Incidents
import Values

/// Says what of a house's tickets could not be taken in or told: as one fact, when it is another than the record has.
struct TellTicketTrouble: Act {
  private let fact: RemoteChanged

  /// Beside `tickets`, which is whether that house can be read at all.
  static let remote = "tickets in and out"
  /// More are counted.
  private static let most = 8
  private static let longest = 240

  init(_ problems: [String], of system: String, from server: String) {
    var seen: Set<String> = []
    let each = problems.filter { seen.insert($0).inserted }.map {
      Inert.terminal(String($0.prefix(Self.longest)))
    }
    let rest = each.count > Self.most ? " And \(each.count - Self.most) more." : ""
    let reason =
      each.prefix(Self.most).map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ") + rest
    fact = RemoteChanged(
      system: system, remote: Self.remote, server: server,
      state: each.isEmpty ? RemoteChanged.reachable : RemoteChanged.failing,
      reason: each.isEmpty ? nil : reason)
  }

  func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
    let last = try record.entity(RemoteRecord.self, fact.key)?.last
    // Nothing was ever wrong.
    if last == nil, fact.state == RemoteChanged.reachable { return Decision() }
    guard last?.state != fact.state || last?.reason != fact.reason else { return Decision() }
    return Decision(append: [Entry(fact, at: now)])
  }
}
