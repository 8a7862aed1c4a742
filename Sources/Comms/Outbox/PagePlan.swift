import Incidents
import Values

/// What alerts are to be told by themselves, where a trusted folder says so: read from what the journal has of alerts
/// and of what was told before, so that neither a takeover nor a pause loses or doubles any.
package struct PagePlan: Sendable {
  /// A delivery with `on`.
  package struct Pager: Equatable, Sendable {
    package let to: String
    /// And louder.
    package let level: Level

    package init(to: String, level: Level) {
      self.to = to
      self.level = level
    }
  }

  /// A message, and the delivery that takes it.
  package struct Page: Equatable, Sendable {
    package let to: String
    package let message: DeliveryMessage
  }

  package let system: String
  package let pagers: [Pager]
  /// SHA-256 of bytes, as lower-case hex.
  private let digest: @Sendable ([UInt8]) -> String

  package init(system: String, pagers: [Pager], digest: @escaping @Sendable ([UInt8]) -> String) {
    self.system = system
    self.pagers = pagers
    self.digest = digest
  }

  /// In the order in which they are to go.
  ///
  /// - Parameters:
  ///   - alerts: those that fire, and those that somebody was told of; of other systems, too.
  ///   - told: what was told of them, by ``AlertIdentity/key``.
  ///   - isMuted: whether something keeps an alert from being heard now.
  package func pages(
    of alerts: [Alert], told: [String: Paging], isMuted: (Alert) -> Bool
  ) -> [Page] {
    alerts.filter { $0.fired?.system == system }
      .sorted { ($0.firedAt?.milliseconds ?? 0, $0.key) < ($1.firedAt?.milliseconds ?? 0, $1.key) }
      .flatMap { alert in
        pagers.flatMap { pages(of: alert, to: $0, last: told[alert.key]?.told[place($0)], isMuted: isMuted) }
      }
  }

  private func place(_ pager: Pager) -> String { Parcel.place(system: system, to: pager.to) }

  private func pages(
    of alert: Alert, to pager: Pager, last: Paging.Told?, isMuted: (Alert) -> Bool
  ) -> [Page] {
    guard let fired = alert.fired, let firedAt = alert.firedAt else { return [] }
    var pages: [Page] = []
    func add(_ occasion: DeliveryMessage.Occasion, at: Instant, _ words: String) {
      pages.append(page(occasion, of: fired, to: pager, at: at, words))
    }
    let isOfThis = last?.activeAt == fired.activeAt
    guard alert.isFiring else {
      // Only who was told that it fires is told that it ended.
      if isOfThis, last?.occasion != .resolved {
        add(.resolved, at: alert.resolvedAt ?? firedAt, Self.end(alert.how))
      }
      return pages
    }
    guard isOfThis, let last else {
      // Who has it in hand needs no page, and what is muted wakes nobody.
      guard fired.level >= pager.level, alert.acknowledgement == nil, !isMuted(alert) else { return [] }
      add(.fired, at: firedAt, Self.figures(fired))
      return pages
    }
    if last.occasion == .fired, let acknowledgement = alert.acknowledgement {
      let reason = acknowledgement.reason.map { ": \($0)" } ?? ""
      add(.acknowledged, at: acknowledgement.at, "acknowledged by \(acknowledgement.by)\(reason)")
    }
    return pages
  }

  private func page(
    _ occasion: DeliveryMessage.Occasion, of fired: AlertFired, to pager: Pager, at: Instant, _ words: String
  ) -> Page {
    let identity = fired.identity
    let instance = identity.instance.isEmpty ? "" : " \(identity.instance)"
    let title = "\(fired.system): \(fired.rule)\(instance)"
    var lines = ["\(title) \(words)"]
    if let summary = fired.summary, !summary.isEmpty { lines.append(summary) }
    lines.append("Since \(fired.activeAt.dateClockUTC)")
    if let playbook = fired.playbook { lines.append("Playbook: \(playbook)") }
    let parts = [identity.key, "\(fired.activeAt.milliseconds)", occasion.rawValue]
    let key = String(digest(Array(parts.joined(separator: "\n").utf8)).prefix(16))
    return Page(
      to: pager.to,
      message: DeliveryMessage(
        key: key, occasion: occasion, system: fired.system, title: title,
        severity: Self.severity(fired.level),
        subject: "\(title) \(words)", text: lines.joined(separator: "\n"), started: fired.activeAt, at: at,
        alert: identity))
  }

  private static func figures(_ fired: AlertFired) -> String {
    let unit = fired.unit ?? .none
    guard let value = fired.value else { return "fires" }
    guard let sign = fired.sign, let threshold = fired.threshold else {
      return "fires: \(Figure(value, unit: unit))"
    }
    return "fires: \(Figure(value, unit: unit)) \(sign) \(Figure(threshold, unit: unit))"
  }

  /// No data is not good news.
  private static func end(_ how: AlertResolved.How?) -> String {
    switch how {
    case .recovered, nil: "has recovered"
    case .noData: "ended without data; nobody knows whether it has recovered"
    case .ruleGone: "ended because its rule is gone"
    case .maintenance: "ended with a maintenance"
    }
  }

  private static func severity(_ level: Level) -> Severity {
    switch level {
    case .page: .s1
    case .warn: .s2
    case .info: .s3
    }
  }
}
