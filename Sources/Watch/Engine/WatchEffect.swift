import Incidents
import Metrics
import Playbooks
import Probes
import PromQL
import Values
import Wire

/// What the engine wants done.
package enum WatchEffect: Sendable {
  /// Perform its plan; judge what comes back with its endpoint where it arrives.
  case poll(Poll)
  /// Probe it with everything written down, for whoever asked; it counts for nothing else.
  case trace(id: Int, system: String, Endpoint)
  /// It cannot be probed; a whole sentence.
  case refuseTrace(id: Int, String)
  /// Send the request to a remote engine; read what comes back where it arrives.
  case call(system: String, RemoteCall)
  /// Somebody ended a silence of ours in Alertmanager.
  case endSilence(String)
  /// What a remote engine answered to a question for a graph.
  case answer(id: Int, Chart)
  case record(RecordTransitions)
  case recordMaintenance(RecordMaintenance)
  /// What a step waited for holds.
  case tick(TickStep)
  case publish(SystemSnapshot)
  /// A group was evaluated, and nothing else was done: how long it took is for the host to say.
  case evaluated(system: String, group: Int)
  /// Something that whoever has the watch should know; a whole sentence.
  case notice(String)
  /// Ask `query` over `store`, a sealed copy, on a thread of its own.
  case ask(id: Int, AdHocQuery)
  /// The question cannot even be asked; a whole sentence.
  case refuse(id: Int, String)
}

/// A range query over one system's series as they were when it was asked.
package struct AdHocQuery: Sendable {
  package let query: Query
  package let expression: String
  package let start: Instant
  package let end: Instant
  package let step: Span
  package let store: Store

  /// The most points a line may have.
  package static let maximumSteps = 11_000

  /// Runs it, until `deadline` at the latest; expensive, so never on the engine's thread.
  package func run(until deadline: Instant, now: @escaping @Sendable () -> Instant) -> Result<Chart, Refusal>
  {
    var query = query
    query.isCancelled = { now() > deadline }
    do throws(EvaluationError) {
      let value = try query.range(
        from: start.milliseconds, to: end.milliseconds, step: step.milliseconds, in: store)
      return .success(Chart(value, expression: expression, start: start, end: end, step: step))
    } catch {
      return .failure(Refusal("\(error.message)."))
    }
  }
}

extension Chart {
  init(_ value: Value, expression: String, start: Instant, end: Instant, step: Span) {
    let count = Int((end - start).milliseconds / max(1, step.milliseconds)) + 1
    func slots(_ points: [Point]) -> [Double?] {
      var values = [Double?](repeating: nil, count: count)
      for point in points {
        let index = Int((point.t - start.milliseconds) / max(1, step.milliseconds))
        if values.indices.contains(index), point.v.isFinite { values[index] = point.v }
      }
      return values
    }
    var lines: [Line] = []
    switch value {
    case .matrix(let series):
      lines = series.map { Line(name: $0.labels.description, values: slots($0.points)) }
    case .vector(let elements):
      lines = elements.map {
        Line(name: $0.labels.description, values: [$0.value].map { $0.isFinite ? $0 : nil })
      }
    case .scalar(let scalar): lines = [Line(name: "scalar", values: [scalar])]
    case .string: lines = []
    }
    self.init(expression: expression, start: start, step: step, lines: lines)
  }
}
