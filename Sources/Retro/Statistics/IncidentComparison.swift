import Incidents
import Playbooks
import Values

/// Two incidents beside each other: what each was, how long each part took, what was done.
package struct IncidentComparison: Equatable, Sendable {
  /// One thing, of each of the two.
  package struct Row: Equatable, Sendable {
    package let name: String
    package let left: String
    package let right: String
    /// The right one took so much longer; nil where the two cannot be told apart by a number.
    package let longer: Span?

    init(_ name: String, _ left: String, _ right: String, longer: Span? = nil) {
      self.name = name
      self.left = left
      self.right = right
      self.longer = longer
    }
  }

  package let left: String
  package let right: String
  package let rows: [Row]
  package let times: [Row]
  /// Rules that fired, and how often in each, of the alerts that belong to it.
  package let alerts: [Row]
  /// Steps that were worked on, and what became of them in each.
  package let steps: [Row]

  package init(_ a: IncidentReport, runs ofA: [Run], _ b: IncidentReport, runs ofB: [Run]) {
    left = a.incident.key
    right = b.incident.key
    rows = Self.facts(a, b)
    times = Self.times(a, b)
    alerts = Self.alerts(a, b)
    steps = Self.steps(ofA, ofB)
  }

  private static func facts(_ a: IncidentReport, _ b: IncidentReport) -> [Row] {
    func row(_ name: String, _ read: (IncidentReport) -> String?) -> Row {
      Row(name, read(a) ?? "–", read(b) ?? "–")
    }
    return [
      row("title") { $0.incident.title }, row("severity") { $0.incident.severity.rawValue },
      row("status") { $0.incident.status.rawValue },
      row("systems") { $0.incident.systems.joined(separator: ", ") },
      row("impact") { $0.incident.impact },
      row("started") { $0.incident.started?.dateClockUTC },
      row("updates sent") { "\($0.incident.updates.count)" },
      row("updates in time") { report in
        var cadence = CadenceKept()
        cadence.add(report)
        return cadence.promised == 0 ? nil : "\(cadence.kept) of \(cadence.promised)"
      },
      row("people") { report in
        let names = Set(report.events.filter { !$0.actor.isEngine }.map(\.actor.handle))
        return names.isEmpty ? nil : names.sorted().joined(separator: ", ")
      },
      row("entries") { "\($0.timeline.lines.count)" },
    ]
  }

  private static func times(_ a: IncidentReport, _ b: IncidentReport) -> [Row] {
    let (ofA, ofB) = (a.measuredTimes?.times ?? [:], b.measuredTimes?.times ?? [:])
    return Measure.allCases.compactMap { measure in
      let (left, right) = (ofA[measure], ofB[measure])
      guard left != nil || right != nil else { return nil }
      var longer: Span?
      if let left, let right { longer = right - left }
      return Row(measure.words, left?.short ?? "–", right?.short ?? "–", longer: longer)
    }
  }

  private static func alerts(_ a: IncidentReport, _ b: IncidentReport) -> [Row] {
    func fired(_ report: IncidentReport) -> [String: Int] {
      report.firings.reduce(into: [:]) { counts, one in
        counts["\(one.fact.rule) on \(one.fact.system)", default: 0] += 1
      }
    }
    let (ofA, ofB) = (fired(a), fired(b))
    return Set(ofA.keys).union(ofB.keys).sorted().map { name in
      Row(name, ofA[name].map { "\($0)×" } ?? "–", ofB[name].map { "\($0)×" } ?? "–")
    }
  }

  private static func steps(_ a: [Run], _ b: [Run]) -> [Row] {
    func states(_ runs: [Run]) -> (order: [String], states: [String: String]) {
      var (order, states): ([String], [String: String]) = ([], [:])
      for run in runs {
        for planned in run.steps {
          guard let mark = run.marks[planned.step], mark.state != .todo else { continue }
          let name = "\(run.started?.playbook ?? run.key): \(planned.title)"
          if states[name] == nil { order.append(name) }
          states[name] = mark.state.rawValue.replacing("_", with: " ")
        }
      }
      return (order, states)
    }
    let (ofA, ofB) = (states(a), states(b))
    let names = ofA.order + ofB.order.filter { ofA.states[$0] == nil }
    return names.map { Row($0, ofA.states[$0] ?? "–", ofB.states[$0] ?? "–") }
  }
}
