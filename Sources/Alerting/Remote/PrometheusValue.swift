import JSON
import Metrics
import PromQL
import Values

/// The answer to a query: its value, with what the server remarks about it.
package struct PrometheusValue: Hashable, Sendable {
  package let value: Value
  /// `warnings` and `infos` of the API, as they came.
  package let remarks: [String]

  package init(_ value: Value, remarks: [String] = []) {
    self.value = value
    self.remarks = remarks
  }

  /// Of an instant query, as a rule takes it: a scalar is one element without labels. Nil for what is no vector.
  package var elements: [Element]? {
    switch value {
    case .vector(let elements): elements
    case .scalar(let scalar): [Element(.empty, scalar)]
    case .string, .matrix: nil
    }
  }

  /// Reads the whole answer; `{"status":"error"}` is a refusal of the question.
  init(_ document: JSONValue) throws(RemoteFailure) {
    let data = try Self.data(document)
    remarks = ["warnings", "infos"].flatMap { document[$0]?.elements?.compactMap(\.string) ?? [] }
    guard let type = data["resultType"]?.string, let result = data["result"] else {
      throw .shape("has no resultType and result: is this the address of its API?")
    }
    switch type {
    case "scalar": value = .scalar(try Self.point(result).v)
    case "string":
      guard let text = result.elements?.last?.string else { throw .shape("has a string without text") }
      value = .string(text)
    case "vector":
      guard let list = result.elements else { throw .shape("has a vector that is no list") }
      var elements: [Element] = []
      elements.reserveCapacity(list.count)
      for entry in list {
        let labels = try Self.labels(entry)
        guard let sample = entry["value"] else { throw Self.notFloat(entry) }
        elements.append(Element(labels, try Self.point(sample).v))
      }
      value = .vector(elements)
    case "matrix":
      guard let list = result.elements else { throw .shape("has a matrix that is no list") }
      var series: [SeriesPoints] = []
      for entry in list {
        let labels = try Self.labels(entry)
        guard let samples = entry["values"]?.elements else { throw Self.notFloat(entry) }
        var points: [Point] = []
        points.reserveCapacity(samples.count)
        for sample in samples { points.append(try Self.point(sample)) }
        series.append(SeriesPoints(labels, points))
      }
      value = .matrix(series.sorted { $0.labels < $1.labels })
    default: throw .shape("has the resultType \"\(RemoteQuestion.quoted(type))\"")
    }
  }

  /// The `data` of a success.
  static func data(_ document: JSONValue) throws(RemoteFailure) -> JSONValue {
    switch document["status"]?.string {
    case "success":
      guard let data = document["data"] else { throw .shape("has no data") }
      return data
    case "error":
      throw RemoteFailure(.rejected, "refuses: \(RemoteQuestion.quoted(document["error"]?.string ?? ""))")
    default: throw .shape("has no status: is this the address of its API?")
    }
  }

  private static func labels(_ entry: JSONValue) throws(RemoteFailure) -> Labels {
    guard let texts = entry["metric"]?.texts else { throw .shape("has a series without labels") }
    return Labels(texts)
  }

  private static func notFloat(_ entry: JSONValue) -> RemoteFailure {
    entry["histogram"] != nil || entry["histograms"] != nil
      ? RemoteFailure(.rejected, "answers native histograms, which are not supported")
      : .shape("has a series without a value")
  }

  /// `[1435781430.781, "1"]`: seconds with at most milliseconds, and the value as Go prints it.
  private static func point(_ pair: JSONValue) throws(RemoteFailure) -> Point {
    guard let parts = pair.elements, parts.count == 2, let seconds = parts[0].number,
      let time = Int64(exactly: (seconds * 1000).rounded()), let text = parts[1].string
    else { throw .shape("has a sample that is no pair of a time and a value") }
    guard let value = Metrics.GoFloat.parse(text) else {
      throw .shape("has the value \"\(RemoteQuestion.quoted(text))\", which is no number")
    }
    return Point(t: time, v: value)
  }
}
