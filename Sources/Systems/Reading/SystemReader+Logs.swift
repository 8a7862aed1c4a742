import Documents
import JSON
import Metrics
import Probes
import Values

/// Endpoints that are logs: where their lines come from, how one is taken apart, and what is counted.
extension SystemReader {
  /// A file or pattern, `{command: […]}`, or `{loki: URL, query: …}`; as text, nil when it is wrong.
  mutating func log(
    _ reader: inout YAMLReader, base: String?, _ detail: inout EndpointDetail
  ) -> String? {
    detail.format = reader.node("format").flatMap { node in
      series(node, &reader) { text throws(Mistake) in try LogFormat(text) }
    }
    if let limit = reader.integer("series_limit", in: 1...100_000) { detail.seriesLimit = limit }
    guard let node = reader.node("log"), node.entries != nil else {
      let files = reader.requiredString("log")
      detail.log = files.map { .files($0) }
      return files
    }
    var inner = reader.reader(node, of: "a source of log lines")
    defer { reader.finish(inner) }
    let command = inner.strings("command")
    let loki = inner.string("loki")
    let query = inner.string("query")
    if !command.isEmpty, loki == nil, query == nil {
      detail.log = .command(command)
      detail.command = command
      return command.joined(separator: " ")
    }
    guard let loki, let query, command.isEmpty else {
      inner.complain(
        "a source of log lines is a file, a command, or loki with a query", remedy: "write one of them",
        at: inner.position)
      return nil
    }
    let url = Endpoint.absolute(loki, base: base)
    guard HTTPAddress.isOne(url) else {
      inner.complain(
        "\"\(Inert.terminal(url))\" is no URL", remedy: "write one that begins with http:// or https://",
        at: inner.node("loki")?.position ?? inner.position)
      return nil
    }
    detail.log = .loki(url: url, query: query)
    return url
  }

  /// `name:` with nothing, or `{value, labels, buckets}`.
  mutating func logSeries(
    _ name: String, _ node: YAMLNode, _ reader: inout YAMLReader, _ format: LogFormat?
  ) -> LogSeries {
    var series = LogSeries(name: name)
    var inner = reader.reader(node, of: "the series \(Inert.terminal(name))")
    defer { reader.finish(inner) }
    if let node = inner.node("value") {
      series.value = self.series(node, &inner) { text throws(Mistake) in
        let value = try SeriesExpression(text)
        if let trouble = Self.trouble(value, format) { throw trouble }
        return value
      }
    }
    if var pairs = inner.mapping("labels", of: "labels") {
      for label in pairs.names {
        guard let node = pairs.node(label) else { continue }
        if label.isEmpty || label == .metricName || label == "le" && inner.has("buckets") {
          pairs.complain(
            "\"\(Inert.terminal(label))\" cannot be the name of a label here", remedy: "write another name",
            at: pairs.position(of: label))
        }
        series.labels[label] = self.series(node, &pairs) { text throws(Mistake) in
          let source = try SeriesMapping.Source(text)
          if case .path(let path) = source, let fields = format.map(\.allFields) ?? .some(.object([])),
            path.value(in: fields) == nil
          {
            throw Self.missing(path.text, format)
          }
          return source
        }
      }
      inner.finish(pairs)
    }
    readBuckets(&inner, into: &series)
    return series
  }

  private func readBuckets(_ reader: inout YAMLReader, into series: inout LogSeries) {
    let nodes = reader.list("buckets")
    for node in nodes {
      guard let text = reader.string(node, name: "buckets") else { continue }
      guard let bound = Double(text), bound.isFinite else {
        reader.complain(
          "a bucket is a number, and here is \"\(Inert.terminal(text))\"", remedy: "write a number",
          at: node.position)
        continue
      }
      if let last = series.buckets.last, last >= bound {
        reader.complain(
          "the bucket \(text) does not exceed the one before", remedy: "write them in rising order",
          at: node.position)
        continue
      }
      series.buckets.append(bound)
    }
    guard !nodes.isEmpty, !reader.has("value") else { return }
    reader.complain(
      "buckets are of values, and there is no value", remedy: "add `value: $.field`",
      at: reader.position(of: "buckets"))
  }

  /// Whether an expression names a field that no line can have: known of expressions and of lines without fields.
  private static func trouble(_ value: SeriesExpression, _ format: LogFormat?) -> Mistake? {
    let all = format.map(\.allFields) ?? .some(.object([]))
    guard let fields = all else { return nil }
    do throws(SeriesExpression.Unreadable) {
      _ = try value.number(in: fields)
      return nil
    } catch {
      return missing(error.reason.hasSuffix(" is missing") ? String(error.reason.dropLast(11)) : "it", format)
    }
  }

  private static func missing(_ field: String, _ format: LogFormat?) -> Mistake {
    guard case .pattern(let pattern) = format else {
      return Mistake(
        column: 1, "\(field) is no field, for the lines have no format",
        remedy: "add `format: json`, or a regular expression with named groups")
    }
    let groups = pattern.groups.map { "$.\($0)" }
    return Mistake(
      column: 1, "\(field) is no field: no group of the format has that name",
      remedy: groups.isEmpty
        ? "name a group, as in (?P<level>ERROR|WARN)" : "write one of \(groups.joined(separator: ", "))")
  }
}
