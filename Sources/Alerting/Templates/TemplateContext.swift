import Metrics

/// What a template can see.
package struct TemplateContext {
  package var labels: [String: String]
  package var value: Double
  package var externalLabels: [String: String]
  /// Where this installation can be reached; `pathPrefix` is its path.
  package var externalURL: String
  /// Milliseconds since 1970: the time of the evaluation.
  package var now: Int64
  /// Answers `query`: the vector that an expression has at ``now``, a scalar as one element without labels.
  package var query: (String) throws -> [Sample]

  package init(
    labels: [String: String], value: Double, now: Int64, externalLabels: [String: String] = [:],
    externalURL: String = "",
    query: @escaping (String) throws -> [Sample] = { _ in [] }
  ) {
    self.labels = labels
    self.value = value
    self.externalLabels = externalLabels
    self.externalURL = externalURL
    self.now = now
    self.query = query
  }
}
