import Foundation
import Values
import Watch

/// What goes over `engine.sock`, either way; acts never do.
///
/// Each message is a 4-byte big-endian length and one JSON document (DESIGN section 11).
package enum EngineMessage: Equatable, Sendable {
  package static let protocolVersion = 3

  /// The engine's first word.
  case hello(Hello)
  /// A viewer wants snapshots from now on.
  case subscribe
  /// Whole; only the newest of a system for a slow reader.
  case snapshot(SystemSnapshot)
  case query(Query)
  case answer(Answer)
  case probe(system: String, endpoint: String)
  /// Somebody wants to see all of a probe.
  case trace(id: Int, system: String, endpoint: String)
  case traced(TraceAnswer)
  case reload
  /// Something for an endpoint that is pushed to; it is answered without a chart.
  case push(Push)
  /// A question without `figures`, an answer with them.
  case figures(EngineFigures?)

  package struct Hello: Codable, Equatable, Sendable {
    package var `protocol`: Int
    package var version: String
    package var origin: String
    package var epoch: Int64
    package var pid: Int32

    package init(`protocol`: Int, version: String, origin: String, epoch: Int64, pid: Int32) {
      self.protocol = `protocol`
      self.version = version
      self.origin = origin
      self.epoch = epoch
      self.pid = pid
    }
  }

  /// A range query over one system's series; an instant one has `start == end`.
  package struct Query: Codable, Equatable, Sendable {
    package var id: Int
    package var system: String
    package var expression: String
    package var start: Instant
    package var end: Instant
    package var step: Span

    package init(id: Int, system: String, expression: String, start: Instant, end: Instant, step: Span) {
      self.id = id
      self.system = system
      self.expression = expression
      self.start = start
      self.end = end
      self.step = step
    }
  }

  /// A heartbeat, or a page of metrics.
  package struct Push: Codable, Equatable, Sendable {
    package var id: Int
    package var system: String
    package var endpoint: String
    /// As `Content-Type`; nil is the text format.
    package var type: String?
    package var body: Data

    package init(id: Int, system: String, endpoint: String, type: String? = nil, body: [UInt8]) {
      self.id = id
      self.system = system
      self.endpoint = endpoint
      self.type = type
      self.body = Data(body)
    }
  }

  package struct Answer: Codable, Equatable, Sendable {
    package var id: Int
    package var chart: Chart?
    /// A whole sentence when there is no chart.
    package var refused: String?

    package init(id: Int, chart: Chart?, refused: String?) {
      self.id = id
      self.chart = chart
      self.refused = refused
    }
  }
}

extension EngineMessage: Codable {
  private struct Endpoint: Codable {
    var id: Int?
    var system: String
    var endpoint: String
  }

  private enum CodingKeys: String, CodingKey {
    case type, hello, snapshot, query, answer, probe, trace, traced, push, figures
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(String.self, forKey: .type) {
    case "hello": self = .hello(try container.decode(Hello.self, forKey: .hello))
    case "subscribe": self = .subscribe
    case "snapshot": self = .snapshot(try container.decode(SystemSnapshot.self, forKey: .snapshot))
    case "query": self = .query(try container.decode(Query.self, forKey: .query))
    case "answer": self = .answer(try container.decode(Answer.self, forKey: .answer))
    case "probe":
      let target = try container.decode(Endpoint.self, forKey: .probe)
      self = .probe(system: target.system, endpoint: target.endpoint)
    case "trace":
      let target = try container.decode(Endpoint.self, forKey: .trace)
      self = .trace(id: target.id ?? 0, system: target.system, endpoint: target.endpoint)
    case "traced": self = .traced(try container.decode(TraceAnswer.self, forKey: .traced))
    case "reload": self = .reload
    case "push": self = .push(try container.decode(Push.self, forKey: .push))
    case "figures": self = .figures(try container.decodeIfPresent(EngineFigures.self, forKey: .figures))
    case let other:
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: container, debugDescription: "no message is called \(other)")
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .hello(let hello):
      try container.encode("hello", forKey: .type)
      try container.encode(hello, forKey: .hello)
    case .subscribe: try container.encode("subscribe", forKey: .type)
    case .snapshot(let snapshot):
      try container.encode("snapshot", forKey: .type)
      try container.encode(snapshot, forKey: .snapshot)
    case .query(let query):
      try container.encode("query", forKey: .type)
      try container.encode(query, forKey: .query)
    case .answer(let answer):
      try container.encode("answer", forKey: .type)
      try container.encode(answer, forKey: .answer)
    case .probe(let system, let endpoint):
      try container.encode("probe", forKey: .type)
      try container.encode(Endpoint(system: system, endpoint: endpoint), forKey: .probe)
    case .trace(let id, let system, let endpoint):
      try container.encode("trace", forKey: .type)
      try container.encode(Endpoint(id: id, system: system, endpoint: endpoint), forKey: .trace)
    case .traced(let answer):
      try container.encode("traced", forKey: .type)
      try container.encode(answer, forKey: .traced)
    case .reload: try container.encode("reload", forKey: .type)
    case .push(let push):
      try container.encode("push", forKey: .type)
      try container.encode(push, forKey: .push)
    case .figures(let figures):
      try container.encode("figures", forKey: .type)
      try container.encodeIfPresent(figures, forKey: .figures)
    }
  }
}
