import Alerting
import Incidents
import Metrics
import PromQL
import Retro
import Systems
import Values

/// Which series of one system are to be copied next into one incident: those behind the rules that fired, and those
/// of the endpoints that it touches.
package struct EvidencePlan: Sendable {
  /// From so long before its start.
  package static let before = Span.minutes(30)
  /// What rules look back at is copied, too, for so long at most.
  package static let deepest = Span.hours(1)
  /// An open incident's series are copied so often; what nobody copied yet is at once.
  package static let every = Span.minutes(5)
  /// Samples bear the time at which their poll began: those of polls under way are still to come.
  package static let slack = Span.seconds(20)

  /// A selector, and of which time its series are copied.
  package struct Part: Sendable {
    package let text: String
    package let matchers: [Matcher]
    /// Inclusive.
    package var from: Instant
    /// Exclusive.
    package let until: Instant
  }

  package let incident: String
  package let system: String
  package var parts: [Part]
  package let rules: [EvidenceSampled.Rule]
  package let endpoints: [EvidenceSampled.Target]
  /// What is known to be missing before anything is read, as whole sentences.
  package let missing: [String]
  /// What was copied before: what it covers is not copied again.
  private let covered: [(matchers: [Matcher], until: Instant)]
  /// What the incident has by now.
  package let copiedSamples: Int

  /// What fired in it and what it touches.
  package struct Occasion: Sendable {
    /// Rules and endpoints by their names, in the order in which they came.
    package var rules: [String] = []
    package var endpoints: [String] = []
    /// Alerts of objectives.
    package var burns: [Burn] = []

    /// An objective's alert, of which there is one for each pair of windows.
    package struct Burn: Hashable, Sendable {
      /// The objective's title.
      package let objective: String
      package let window: String

      package init(objective: String, window: String) {
        self.objective = objective
        self.window = window
      }

      fileprivate func isMeant(_ selector: Selector) -> Bool {
        func has(_ name: String, _ value: String) -> Bool {
          selector.matchers.contains { $0.name == name && $0.op == .equal && $0.value == value }
        }
        return has("slo", objective) && has("window", window)
      }
    }

    package init() {}

    /// - Parameters:
    ///   - events: transitions of its systems from half an hour before its start on.
    ///   - firing: what fires now, whenever it began.
    package init(of incident: Incident, system: String, events: [Event], firing: [Alert]) {
      for alert in firing { if let fact = alert.fired, fact.system == system { add(fact) } }
      for event in events {
        if let fact = event.fact(AlertFired.self), fact.system == system { add(fact) }
        if let fact = event.fact(EndpointChanged.self), fact.system == system,
          fact.to == "down" || fact.from == "down"
        {
          add(endpoint: fact.endpoint)
        }
      }
      for name in incident.affected where name.hasPrefix(system + "/") {
        add(endpoint: String(name.dropFirst(system.utf8.count + 1)))
      }
    }

    /// Whether the journal has series of all of it: of what it has none of, they are copied at once.
    package func isKnown(to evidence: SeriesEvidence?) -> Bool {
      let known = evidence?.rules ?? []
      let burnt = known.filter { $0.rule == ErrorBudget.name }.compactMap { try? PromQL.parse($0.expr) }
      return Set(known.map(\.rule)).isSuperset(of: rules)
        && Set((evidence?.endpoints ?? []).map(\.endpoint)).isSuperset(of: endpoints)
        && burns.allSatisfy { burn in
          burnt.contains { $0.selectors.first.map { burn.isMeant($0.selector) } ?? false }
        }
    }

    private mutating func add(_ fact: AlertFired) {
      if let endpoint = fact.labels["endpoint"], fact.rule == EndpointDown.name {
        return add(endpoint: endpoint)
      }
      if let objective = fact.labels["slo"], let window = fact.labels["window"],
        fact.rule == ErrorBudget.name
      {
        let burn = Burn(objective: objective, window: window)
        if !burns.contains(burn) { burns.append(burn) }
        return
      }
      if !rules.contains(fact.rule) { rules.append(fact.rule) }
    }

    private mutating func add(endpoint: String) {
      if !endpoints.contains(endpoint) { endpoints.append(endpoint) }
    }
  }

  /// Nil when nothing is to be copied now.
  ///
  /// - Parameters:
  ///   - evidence: what the journal has already.
  ///   - now: later than every poll that is over.
  package init?(
    for incident: Incident, folder: SystemFolder, occasion: Occasion, evidence: SeriesEvidence?,
    at now: Instant
  ) {
    guard let declared = incident.declaredAt, incident.systems.contains(folder.name) else { return nil }
    let until = min(now - Self.slack, incident.closed.map { $0 + .milliseconds(1) } ?? now)
    let start = (incident.started ?? declared) - Self.before
    guard start < until else { return nil }
    // An open incident's next piece waits until it is worth one.
    let isOver = incident.closed.map { $0 < until } ?? false
    var gathering = Gathering(folder: folder)
    for rule in occasion.rules { gathering.add(rule: rule) }
    for burn in occasion.burns { gathering.add(burn) }
    for endpoint in occasion.endpoints { gathering.add(endpoint: endpoint) }
    let oldest = gathering.wishes.compactMap { evidence?.until[$0.text] }.min()
    let isDue = isOver || oldest.map { $0 + Self.every <= until } ?? true
    var parts: [Part] = []
    for wish in gathering.wishes {
      let known = evidence?.until[wish.text]
      if known != nil, !isDue { continue }
      let from = known ?? start - min(wish.reach, Self.deepest)
      guard from < until else { continue }
      parts.append(Part(text: wish.text, matchers: wish.matchers, from: from, until: until))
    }
    guard !parts.isEmpty else { return nil }
    self.incident = incident.key
    system = folder.name
    self.parts = parts
    rules = gathering.rules
    endpoints = gathering.endpoints
    missing = gathering.missing
    copiedSamples = evidence?.samples ?? 0
    covered = (evidence?.until ?? [:]).compactMap { text, until in
      Self.matchers(of: text).map { ($0, until) }
    }
  }

  static func matchers(of text: String) -> [Matcher]? {
    guard case .selector(let selector)? = try? PromQL.parse(text) else { return nil }
    return selector.matchers
  }

  /// From when on a series is not in the journal yet, if it is wanted from `from` on.
  func start(of labels: Labels, from: Instant) -> Instant {
    covered.reduce(from) { start, piece in
      piece.matchers.allSatisfy { $0.matches(labels) } ? max(start, piece.until) : start
    }
  }
}

/// What is wanted of a system, from its rules and endpoints.
private struct Gathering {
  struct Wish {
    let text: String
    let matchers: [Matcher]
    var reach: Span
  }

  let folder: SystemFolder
  private(set) var wishes: [Wish] = []
  private(set) var rules: [EvidenceSampled.Rule] = []
  private(set) var endpoints: [EvidenceSampled.Target] = []
  private(set) var missing: [String] = []
  private var recorded: Set<String> = []

  init(folder: SystemFolder) {
    self.folder = folder
  }

  mutating func add(rule name: String) {
    let found = folder.ruleGroups.flatMap(\.rules).filter {
      $0.isAlerting && !$0.isBuiltIn && $0.name == name
    }
    if found.isEmpty {
      missing.append("\(name) is not among the rules of \(folder.name): what it looks at is not copied.")
    }
    for rule in found {
      rules.append(.init(rule: name, expr: rule.source))
      let reach = rule.expr.reach
      if reach > EvidencePlan.deepest.milliseconds {
        missing.append(
          "\(name) looks back \(Span.milliseconds(reach).prometheus); "
            + "\(EvidencePlan.deepest.prometheus) of it before the first half hour is copied.")
      }
      add(rule.expr)
    }
  }

  /// How fast the budget burns, as it is recorded: what that is computed from reaches back over the whole window.
  mutating func add(_ burn: EvidencePlan.Occasion.Burn) {
    let rule = folder.ruleGroups.flatMap(\.rules).first { rule in
      func has(_ name: String, _ value: String) -> Bool {
        rule.labels.contains { $0.name == name && $0.text == value }
      }
      return rule.isAlerting && rule.isBuiltIn && rule.name == ErrorBudget.name
        && has("slo", burn.objective) && has("window", burn.window)
    }
    guard let rule else {
      missing.append(
        "\(burn.objective) is not among the objectives of \(folder.name) any more, or not over "
          + "\(burn.window): what its alert looks at is not copied.")
      return
    }
    rules.append(.init(rule: rule.name, expr: rule.source))
    for use in rule.expr.selectors {
      add(
        Wish(
          text: use.selector.bareText, matchers: use.selector.matchers,
          reach: .milliseconds(use.reach ?? 0)))
    }
  }

  /// With what recorded series are computed from: a changed rule may record them anew.
  private mutating func add(_ expr: Expr) {
    for use in expr.selectors {
      let wish = Wish(
        text: use.selector.bareText, matchers: use.selector.matchers, reach: .milliseconds(use.reach ?? 0))
      add(wish)
      guard
        let name = use.selector.matchers.first(where: { $0.name == .metricName && $0.op == .equal })?.value,
        recorded.insert(name).inserted
      else { continue }
      for rule in folder.ruleGroups.flatMap(\.rules) where !rule.isAlerting && rule.name == name {
        add(rule.expr)
      }
    }
  }

  mutating func add(endpoint name: String) {
    guard let endpoint = folder.polled.first(where: { $0.endpoint.name == name })?.endpoint else {
      missing.append("\(name) is not among the endpoints of \(folder.name) any more.")
      return
    }
    let labels = endpoint.targetLabels.pairs.map { "\(Labels.written($0.name))=\($0.value.quotedAsInGo)" }
    let metrics = "__name__=~\"up|probe_.+|scrape_.+\""
    let text = "{" + ([metrics] + labels).joined(separator: ",") + "}"
    guard case .selector(let selector)? = try? PromQL.parse(text) else { return }
    endpoints.append(.init(endpoint: name, selector: selector.bareText))
    add(Wish(text: selector.bareText, matchers: selector.matchers, reach: .zero))
  }

  private mutating func add(_ wish: Wish) {
    if let place = wishes.firstIndex(where: { $0.text == wish.text }) {
      wishes[place].reach = max(wishes[place].reach, wish.reach)
    } else {
      wishes.append(wish)
    }
  }
}
