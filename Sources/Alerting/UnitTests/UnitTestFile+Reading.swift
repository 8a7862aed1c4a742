import Documents
import Metrics
import PromQL
import Values

extension UnitTestFile {
  /// Reads promtool's format strictly. Nil when there is no mapping to read.
  package static func parse(_ text: String, file: String) -> (file: UnitTestFile?, problems: [Problem]) {
    var problems: [Problem] = []
    guard let root = YAMLDocument(text, file: file, problems: &problems).root else { return (nil, problems) }
    var reader = YAMLReader(root, file: file, of: "a file of unit tests")
    let ruleFiles = reader.strings("rule_files")
    let interval = reader.span("evaluation_interval") ?? .minutes(1)
    if interval <= .zero {
      reader.complain(
        "evaluation_interval is zero", remedy: "write one such as 1m",
        at: reader.position(of: "evaluation_interval"))
    }
    let order = reader.strings("group_eval_order")
    if let repeated = order.indices.first(where: { order[..<$0].contains(order[$0]) }) {
      reader.complain(
        "the group \"\(Inert.terminal(order[repeated]))\" stands twice in group_eval_order",
        remedy: "remove one", at: reader.position(of: "group_eval_order"))
    }
    let isFuzzy = reader.bool("fuzzy_compare") ?? false
    let tests = reader.list("tests").map { node in
      var inner = reader.reader(node, of: "a test")
      defer { reader.finish(inner) }
      return UnitTest(&inner, defaultInterval: interval)
    }
    problems += reader.finish()
    let read = UnitTestFile(
      file: file, ruleFiles: ruleFiles, interval: max(interval, .milliseconds(1)), groupOrder: order,
      isFuzzy: isFuzzy, tests: tests)
    return (read, problems.sorted())
  }
}

extension UnitTest {
  fileprivate init(_ reader: inout YAMLReader, defaultInterval: Span) {
    name = reader.string("name")
    position = reader.position
    interval = reader.span("interval") ?? defaultInterval
    externalURL = reader.string("external_url") ?? ""
    externalLabels = Self.pairs("external_labels", &reader)
    start = Self.start(&reader)
    series = reader.list("input_series").compactMap { Self.series($0, &reader) }
    alerts = reader.list("alert_rule_test").map { Self.alertExpectation($0, &reader) }
    queries = reader.list("promql_expr_test").map { Self.queryExpectation($0, &reader) }
  }

  /// RFC 3339, or seconds since 1970; default 1970 itself.
  private static func start(_ reader: inout YAMLReader) -> Instant {
    guard let text = reader.string("start_timestamp") else { return Instant(milliseconds: 0) }
    if let instant = Instant(rfc3339: text) { return instant }
    if let seconds = Double(text), seconds.isFinite { return Instant(seconds: seconds) }
    reader.complain(
      "start_timestamp is no time", remedy: "write one such as 2026-01-01T00:00:00Z",
      at: reader.position(of: "start_timestamp"))
    return Instant(milliseconds: 0)
  }

  private static func pairs(_ name: String, _ reader: inout YAMLReader) -> [String: String] {
    Dictionary(reader.stringMap(name).map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }

  private static func series(_ node: YAMLNode, _ outer: inout YAMLReader) -> SeriesNotation? {
    var reader = outer.reader(node, of: "an input series")
    defer { outer.finish(reader) }
    guard let series = reader.requiredString("series") else { return nil }
    let values = reader.string("values") ?? ""
    do throws(ParseError) {
      let notation = try SeriesNotation(series: series, values: values)
      if notation.hasHistograms {
        reader.complain(
          "native histograms are not supported, so this series has no values", remedy: "use classic ones",
          at: reader.position(of: "values"), weight: .warning)
      }
      return notation
    } catch {
      reader.complain(
        "the series is wrong: \(error.message)", remedy: "correct it", at: reader.position(of: "series"))
      return nil
    }
  }

  private static func alertExpectation(_ node: YAMLNode, _ outer: inout YAMLReader) -> AlertExpectation {
    var reader = outer.reader(node, of: "a test of an alert")
    defer { outer.finish(reader) }
    let alerts = reader.list("exp_alerts").map { node in
      var inner = reader.reader(node, of: "an expected alert")
      defer { reader.finish(inner) }
      return (labels: pairs("exp_labels", &inner), annotations: pairs("exp_annotations", &inner))
    }
    return AlertExpectation(
      at: reader.span("eval_time") ?? .zero, name: reader.requiredString("alertname") ?? "", alerts: alerts,
      position: reader.position)
  }

  private static func queryExpectation(_ node: YAMLNode, _ outer: inout YAMLReader) -> QueryExpectation {
    var reader = outer.reader(node, of: "a test of an expression")
    defer { outer.finish(reader) }
    let samples = reader.list("exp_samples").map { node in
      var inner = reader.reader(node, of: "an expected sample")
      defer { reader.finish(inner) }
      return sample(&inner)
    }
    return QueryExpectation(
      at: reader.span("eval_time") ?? .zero, expr: reader.requiredString("expr") ?? "", samples: samples,
      position: reader.position)
  }

  private static func sample(_ reader: inout YAMLReader) -> Element {
    if reader.string("histogram") != nil {
      reader.complain(
        "native histograms are not supported, so this sample cannot be compared", remedy: "use classic ones",
        at: reader.position(of: "histogram"), weight: .warning)
    }
    var value = 0.0
    if let text = reader.string("value") {
      if let number = GoNumber.float(text) {
        value = number
      } else {
        reader.complain(
          "value is a number, and here is \"\(Inert.terminal(text))\"", remedy: "write a number",
          at: reader.position(of: "value"))
      }
    }
    guard let text = reader.string("labels"), !text.isEmpty else { return Element(.empty, value) }
    do throws(ParseError) {
      return Element(try SeriesNotation.labels(text), value)
    } catch {
      reader.complain(
        "the labels are wrong: \(error.message)", remedy: "correct them", at: reader.position(of: "labels"))
      return Element(.empty, value)
    }
  }
}
