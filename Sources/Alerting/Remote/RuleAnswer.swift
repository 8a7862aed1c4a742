import Metrics
import PromQL
import Values

/// What a remote engine answered for one rule, in place of an evaluation here.
package struct RuleAnswer: Sendable {
  /// The value, or why there is none as a whole sentence: then the rule's alerts stay as they are.
  package let elements: Result<[Element], RemoteRefusal>
  /// Warnings and infos of the server.
  package let remarks: [String]
  /// The label sets of the series that each selector of the rule finds there, by its text; what is not in it was
  /// not asked. Tells an alert that recovered from one whose series are gone.
  package let evidence: [String: [Labels]]

  package init(
    _ elements: Result<[Element], RemoteRefusal>, remarks: [String] = [], evidence: [String: [Labels]] = [:]
  ) {
    self.elements = elements
    self.remarks = remarks
    self.evidence = evidence
  }
}

extension RuleAnswer {
  func vector() throws(RuleFailure) -> Vector {
    switch elements {
    case .success(let elements): return Vector(elements)
    case .failure(let refusal): throw RuleFailure(refusal.sentence)
    }
  }

  /// The selectors of an expression that find nothing there at all.
  package func missing(of expr: Expr) -> [String] { expr.missingSelectors(for: .empty, evidence: evidence) }

  /// The selectors that have nothing there for this alert; the rule's own labels are no series' labels.
  func missing(_ alert: ActiveAlert, of rule: Rule) -> [String] {
    let labels = alert.labels.removing(rule.labels.map(\.name) + ["alertname"])
    return rule.expr.missingSelectors(for: labels, evidence: evidence)
  }
}

/// Why a rule has no value there: a whole sentence.
package struct RemoteRefusal: Error, Hashable, Sendable {
  package let sentence: String

  package init(_ sentence: String) {
    self.sentence = sentence
  }
}

extension RuleGroup {
  /// As ``evaluate(at:in:)``, with the values that a remote engine gave: one for each rule, in order.
  package mutating func evaluate(
    at: Int64, given answers: [RuleAnswer], in store: inout Store
  ) -> GroupResult {
    for (index, answer) in zip(states.indices, answers) { states[index].given = answer }
    defer { for index in states.indices { states[index].given = nil } }
    return evaluate(at: at, in: &store)
  }

  /// What to ask of a remote engine for each rule: its expression, and, for the alerts that fire, which series
  /// its selectors find there, by the selector's text.
  package var questions: [(expression: String, evidence: [(selector: String, query: String)])] {
    states.map { state in (state.rule.source, evidence(for: state)) }
  }

  private func evidence(for state: RuleState) -> [(selector: String, query: String)] {
    let firing = state.active.values.filter { $0.state == .firing }
    guard !firing.isEmpty else { return [] }
    let own = Set(state.rule.labels.map(\.name) + ["alertname"])
    let names = Set(firing.flatMap { $0.labels.pairs.map(\.name) }).subtracting(own).sorted()
    let kept = names.map { Labels.written($0) }.joined(separator: ", ")
    return state.rule.expr.presence(keeping: kept)
  }
}
