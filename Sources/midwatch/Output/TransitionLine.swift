import Alerting
import Desk
import Incidents
import Journal
import Retro
import Values

/// A transition of the journal as one line; other events have none.
enum TransitionLine {
  /// `03:08:33Z PAGE firing PackErrorRatePage ensei-packs 5.6% >= 5%`; `… firing EndpointDown shop api`.
  static func text(_ event: Event) -> String? {
    let at = event.occurred.clockUTC
    if let fact = event.fact(AlertFired.self) {
      let unit = fact.unit ?? .none
      let measure = [
        fact.value.map { Figure($0, unit: unit).description }, fact.sign,
        fact.threshold.map { Figure($0, unit: unit).description },
      ].compactMap { $0 }.joined(separator: " ")
      return Inert.terminal(
        "\(at) \(fact.level.rawValue.uppercased()) firing \(name(fact.system, fact.rule, fact.labels)) \(measure)"
      )
    }
    if let fact = event.fact(AlertResolved.self) {
      return Inert.terminal(
        "\(at) resolved \(name(fact.system, fact.rule, fact.labels)) \(fact.how.rawValue)")
    }
    if let fact = event.fact(EndpointChanged.self) {
      let reason = fact.reason.map { " \($0)" } ?? ""
      let by = fact.blockedBy.map { " by \($0):" } ?? ""
      return Inert.terminal("\(at) endpoint \(fact.to) \(fact.system) \(fact.endpoint)\(by)\(reason)")
    }
    if let fact = event.fact(TicketReminded.self), fact.counted != true {
      return Inert.terminal("\(at) ticket \(event.ticket ?? "") \(fact.severity.rawValue) \(fact.words)")
    }
    return nil
  }

  /// The rule, its system, and which of its instances it is.
  private static func name(_ system: String, _ rule: String, _ labels: [String: String]) -> String {
    let instance = AlertIdentity(system: system, rule: rule, labels: labels).instance
    return instance.isEmpty ? "\(rule) \(system)" : "\(rule) \(system) \(instance)"
  }

  /// The same as a value for JSON.
  struct Document: Encodable {
    var schema = "midwatch.transition/1"
    let at: Instant
    /// `firing`, `resolved`, `endpoint` or `ticket`.
    let kind: String
    /// Nil of a ticket: its own events have it.
    let system: String?
    var environment: String?
    var rule: String?
    var labels: [String: String]?
    var level: Level?
    var value: Double?
    var sign: String?
    var threshold: Double?
    var summary: String?
    var how: String?
    var endpoint: String?
    var from: String?
    var to: String?
    var reason: String?
    var blockedBy: String?
    var ticket: String?
    var severity: Severity?
    var clock: String?
    var due: Instant?
    /// `warning` or `due`.
    var occasion: String?

    /// Nil for an event that is no transition.
    init?(_ event: Event) {
      at = event.occurred
      if let fact = event.fact(AlertFired.self) {
        kind = "firing"
        system = fact.system
        (rule, labels, level) = (fact.rule, fact.labels, fact.level)
        (value, sign, threshold, summary) = (fact.value, fact.sign, fact.threshold, fact.summary)
      } else if let fact = event.fact(AlertResolved.self) {
        kind = "resolved"
        system = fact.system
        (rule, labels, value, how) = (fact.rule, fact.labels, fact.value, fact.how.rawValue)
      } else if let fact = event.fact(EndpointChanged.self) {
        kind = "endpoint"
        system = fact.system
        (environment, endpoint, from, to, reason) = (
          fact.environment, fact.endpoint, fact.from, fact.to, fact.reason
        )
        blockedBy = fact.blockedBy
      } else if let fact = event.fact(TicketReminded.self) {
        kind = "ticket"
        system = nil
        (ticket, severity, clock, due) = (event.ticket, fact.severity, fact.clock, fact.due)
        occasion = fact.occasion.rawValue
      } else {
        return nil
      }
    }
  }
}
