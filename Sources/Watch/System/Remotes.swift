import Alerting
import Incidents
import Metrics
import Systems
import Values

/// The servers beside one system: those that are asked, and those that are not, and why.
struct Remotes: Sendable {
  var prometheus: PrometheusLink?
  var alertmanagers: [AlertmanagerLink] = []
  /// Rows of those that are not asked.
  private(set) var held: [RemoteRow] = []
  private(set) var origin = ""
  /// Whether anything but a question may leave.
  private let mayAct: Bool
  private var links: UInt32 = 0

  init(origin: String = "", mayAct: Bool = false) {
    self.origin = origin
    self.mayAct = mayAct
  }

  var openCalls: Int { (prometheus?.openCalls ?? 0) + alertmanagers.reduce(0) { $0 + $1.openCalls } }

  var nextDeadline: Uptime? {
    ([prometheus?.nextDeadline] + alertmanagers.map(\.nextDeadline)).compactMap { $0 }.min()
  }

  /// Whether that call was for a list of alerts.
  func isForAlerts(_ call: UInt64) -> Bool {
    prometheus?.isForAlerts(call) ?? false || alertmanagers.contains { $0.isForAlerts(call) }
  }

  /// Whether it evaluates the rules of files.
  var evaluates: Bool { prometheus.map { !$0.takesAlerts } ?? false }

  /// Takes an edited folder; what is asked as before goes on. Returns the lists of alerts that nobody reads any
  /// more, with their source.
  mutating func configure(
    _ folder: SystemFolder, isTrusted: Bool, at now: Moment
  ) -> [(source: String, alerts: [ReportedAlert])] {
    let before =
      (prometheus.map { [($0.source, $0.reported)] } ?? []) + alertmanagers.map { ($0.source, $0.reported) }
    held = []
    let known = prometheus
    prometheus = nil
    if let wanted = folder.prometheus, let access = wanted.access {
      let takesAlerts = wanted.takes == .alerts
      if let reason = access.heldBack(isTrusted: isTrusted) {
        hold(.prometheus, access, takesAlerts ? ["alerts"] : ["rules"], reason)
      } else if let known, known.server == access.server, known.takesAlerts == takesAlerts,
        known.every == access.every
      {
        prometheus = known
      } else {
        prometheus = PrometheusLink(
          access.server, takesAlerts: takesAlerts, every: access.every, link: next(), at: now)
      }
    }
    let others = alertmanagers
    alertmanagers = []
    for wanted in folder.alertmanagers {
      guard let access = wanted.access else { continue }
      if let reason = access.heldBack(isTrusted: isTrusted) {
        hold(.alertmanager, access, uses(wanted.posts, wanted.sharesSilences), reason)
        continue
      }
      let posts = wanted.posts && isTrusted && mayAct
      let shares = wanted.sharesSilences && isTrusted && mayAct
      let same = others.first {
        $0.server == access.server && $0.posts == posts && $0.sharesSilences == shares
          && $0.every == access.every
      }
      alertmanagers.append(
        same
          ?? AlertmanagerLink(
            access.server, posts: posts, sharesSilences: shares, system: folder.name, origin: origin,
            every: access.every, link: next(), at: now))
    }
    let sources = Set([prometheus?.source].compactMap { $0 } + alertmanagers.map(\.source))
    return before.filter { !sources.contains($0.0) }.map { ($0.0, $0.1.firing) }
  }

  private mutating func next() -> UInt32 {
    links += 1
    return links
  }

  private mutating func hold(
    _ kind: RemoteRow.Kind, _ access: RemoteAccess, _ uses: [String], _ reason: String
  ) {
    var row = RemoteRow(kind: kind, address: access.server.address, uses: uses, state: .held)
    row.reason = "\(kind.rawValue) at \(access.server.address) is not asked: \(reason)."
    held.append(row)
  }

  private func uses(_ posts: Bool, _ shares: Bool) -> [String] {
    ["alerts"] + (posts ? ["posts"] : []) + (shares ? ["silences"] : [])
  }

  /// The alerts that each of them reports, and whether it is heard.
  var reports: [(reported: ReportedAlerts, isHeard: Bool)] {
    (prometheus.map { [($0.reported, $0.isHeard)] } ?? []) + alertmanagers.map { ($0.reported, $0.isHeard) }
  }

  // MARK: What is shown

  var rows: [RemoteRow] {
    let first = prometheus.map { link -> RemoteRow in
      var row = RemoteRow(
        kind: .prometheus, address: link.server.address, uses: [link.takesAlerts ? "alerts" : "rules"])
      row.take(link.health, name: link.name)
      row.windows = link.windows
      row.remarks = link.remarks
      return row
    }
    let others = alertmanagers.map { link -> RemoteRow in
      var row = RemoteRow(
        kind: .alertmanager, address: link.server.address, uses: uses(link.posts, link.sharesSilences))
      row.take(link.health, name: link.name)
      row.reason = row.reason ?? link.refusal
      row.told = link.relay.firingCount
      row.silences = link.shared.foreign
      return row
    }
    return (first.map { [$0] } ?? []) + others + held
  }

  /// Rows of our own alerts, with what the remotes know of them.
  ///
  /// - Parameter isRemote: whether a remote engine evaluates the rule that stands there.
  func marked(_ rows: [AlertRow], isRemote: (AlertRow) -> Bool) -> [AlertRow] {
    guard prometheus != nil || !alertmanagers.isEmpty else { return rows }
    return rows.map { row in
      var row = row
      // What nobody answers for neither holds nor recovered.
      if let prometheus, !prometheus.isHeard, isRemote(row) { row.hasNoData = true }
      let labels = Labels(row.identity.labels)
      for link in alertmanagers {
        guard let said = link.ours[labels] else { continue }
        let more = said.mutings(link.shared.name(ofID:))
        row.mutings += more.filter { new in !row.mutings.contains { $0.name == new.name } }
      }
      return row
    }
  }
}

extension RemoteRow {
  fileprivate mutating func take(_ health: RemoteHealth, name: String) {
    state = State(rawValue: health.state.rawValue) ?? .unknown
    since = health.since
    lastSuccess = health.lastSuccess
    reason = health.failure?.sentence(of: name)
  }
}
