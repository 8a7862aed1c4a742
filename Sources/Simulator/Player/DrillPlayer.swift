import Values

/// What an estate answers: a function of its drill and of the time since the start, and of nothing else,
/// so that a simulator that is started again goes on where it was.
package struct DrillPlayer: Sendable {
  package let estate: Estate
  private let courses: [String: Course]

  package init(_ estate: Estate) {
    self.estate = estate
    var courses: [String: Course] = [:]
    if let drill = estate.drill {
      for endpoint in estate.endpoints {
        courses[endpoint.name] = Course(of: endpoint.name, in: drill)
      }
    }
    self.courses = courses
  }

  /// The endpoint that a request for `target` (path and query) means: the same target, else the same path.
  package func endpoint(for target: String) -> Estate.Endpoint? {
    func path(_ target: String) -> Substring { target.prefix { $0 != "?" } }
    return estate.endpoints.first { $0.path == target }
      ?? estate.endpoints.first { path($0.path) == path(target) }
  }

  /// What the endpoint behind `target` answers so long after the start; 404 when there is none.
  package func answer(to target: String, at elapsed: Span) -> SimulatedAnswer {
    guard let endpoint = endpoint(for: target) else { return .notFound }
    guard let course = courses[endpoint.name] else { return endpoint.healthy }
    let change = course.change(at: elapsed)
    var answer = endpoint.healthy
    if let exposition = course.exposition(at: elapsed) {
      answer.body = Array(exposition.utf8)
      answer.headers["content-type"] = "text/plain; version=0.0.4; charset=utf-8"
    }
    answer.status = change.status ?? answer.status
    if let body = change.body { answer.body = Array(body.utf8) }
    for (name, value) in change.headers {
      answer.headers = answer.headers.filter { $0.key.lowercased() != name.lowercased() }
      answer.headers[name] = value
    }
    answer.latency = change.latency ?? answer.latency
    answer.fault = change.fault
    return answer
  }

  /// Whether the system's port is closed at that time: while any of its endpoints refuses.
  package func refuses(at elapsed: Span) -> Bool {
    courses.values.contains { $0.change(at: elapsed).fault == .refuse }
  }

  /// When the drill next changes anything after `elapsed`; nil after its last row.
  package func nextChange(after elapsed: Span) -> Span? {
    estate.drill?.then.first { $0.at > elapsed }?.at
  }

  /// The rows whose time lies after `from` and not after `to`: what there is to tell by then.
  package func rows(after from: Span, through to: Span) -> [Drill.Row] {
    estate.drill?.then.filter { $0.at > from && $0.at <= to } ?? []
  }
}
