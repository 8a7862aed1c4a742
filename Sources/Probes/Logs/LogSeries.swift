internal import JSON
internal import Metrics

/// One entry of `series:` of a log: what its lines add to a counter or a histogram.
package struct LogSeries: Hashable, Sendable {
  /// The metric's name; a histogram's without `_bucket`.
  package let name: String
  /// What a line adds, or what is observed; nil: the lines are counted.
  package var value: SeriesExpression?
  package var labels: [String: SeriesMapping.Source] = [:]
  /// Upper bounds of a histogram, rising; empty: a counter.
  package var buckets: [Double] = []

  package init(name: String) {
    self.name = name
  }

  /// Characters of a label's value; what is longer is cut.
  private static let labelLimit = 200

  /// What a line with these fields adds; nil when it has nothing for this series.
  func amount(of fields: JSONValue) -> Double? {
    guard let value else { return 1 }
    guard let number = try? value.number(in: fields), !number.isNaN else { return nil }
    // A counter never goes down.
    return buckets.isEmpty && number < 0 ? nil : number
  }

  /// The labels that a line with these fields has, without the name.
  func labels(of fields: JSONValue) -> Labels {
    Labels(
      unsorted: labels.map { name, source in
        switch source {
        case .constant(let text): Label(name, text)
        case .path(let path):
          Label(name, String((path.value(in: fields)?.labelText ?? "").prefix(Self.labelLimit)))
        }
      })
  }
}
