import Documents
import Values

/// Reading a drill file.
extension Drill {
  /// Reads `drills/*.yaml`; everything wrong is added to `problems`, and then the result is nil.
  ///
  /// - Parameters:
  ///   - endpoints: the system's, so that a misspelt one is found; nil leaves the names unchecked.
  ///   - alerts: those of the system's rules, for `expect`; nil leaves them unchecked.
  package static func parse(
    _ text: String, file: String, endpoints: [String]? = nil, alerts: [String]? = nil,
    problems: inout [Problem]
  ) -> Drill? {
    var found: [Problem] = []
    let document = YAMLDocument(text, file: file, problems: &found)
    guard found.isEmpty else {
      problems += found
      return nil
    }
    var reader = DrillReader(document, endpoints: endpoints, alerts: alerts)
    let drill = reader.drill()
    let all = reader.finish()
    problems += all.sorted()
    return all.contains { $0.weight == .error } ? nil : drill
  }
}

/// The keys of a drill file, one method for each level.
private struct DrillReader {
  private var top: YAMLReader
  private let endpoints: [String]?
  private let alerts: [String]?

  init(_ document: YAMLDocument, endpoints: [String]?, alerts: [String]?) {
    top = YAMLReader(document.root, file: document.file, of: "a drill")
    self.endpoints = endpoints
    self.alerts = alerts
  }

  mutating func drill() -> Drill {
    let title = top.requiredString("title") ?? ""
    let about = top.string("about") ?? ""
    let every = top.positiveSpan("every")
    let ends = top.positiveSpan("ends")
    var start: [String: Change] = [:]
    if var inner = top.mapping("start", of: "the start") {
      start = changes(&inner, except: [])
      top.finish(inner)
    }
    return Drill(
      title: title, about: about, every: every, ends: ends, start: start, then: rows(),
      expect: expectations(), goals: goals())
  }

  mutating func finish() -> [Problem] { top.finish() }

  private mutating func rows() -> [Drill.Row] {
    var rows: [Drill.Row] = []
    for node in top.list("then") {
      var row = top.reader(node, of: "a row of `then`")
      let at = row.span("at")
      if at == nil, !row.has("at") {
        row.complain("this row has no time", remedy: "add `at: 30s`", at: node.position)
      }
      if let at, let before = rows.last?.at, at < before {
        row.complain(
          "this row comes at \(at.prometheus), before the one above it, \(before.prometheus)",
          remedy: "put the rows in the order of time", at: row.position(of: "at"))
      }
      let say = row.string("say")
      let changes = changes(&row, except: ["at", "say"])
      rows.append(Drill.Row(at: at ?? .zero, say: say, changes: changes))
      top.finish(row)
    }
    return rows
  }

  /// What is said about each endpoint; every key of `reader` but `except` is an endpoint's name.
  private func changes(_ reader: inout YAMLReader, except: Set<String>) -> [String: Change] {
    var changes: [String: Change] = [:]
    for name in reader.names where !except.contains(name) {
      if let endpoints, !endpoints.contains(name) {
        reader.complain(
          "the system has no endpoint \"\(Inert.terminal(name))\"",
          remedy: "known: \(endpoints.sorted().joined(separator: ", "))", at: reader.position(of: name))
      }
      guard let node = reader.node(name) else { continue }
      var inner = reader.reader(node, of: "the endpoint \(Inert.terminal(name))")
      changes[name] = change(&inner)
      reader.finish(inner)
    }
    return changes
  }

  private func change(_ reader: inout YAMLReader) -> Change {
    var change = Change()
    change.status = reader.integer("status", in: 100...599)
    change.body = reader.string("body")
    change.latency = reader.latency("latency")
    for header in reader.stringMap("headers") {
      if header.name.utf8.contains(where: { $0 <= 32 || $0 == 58 || $0 >= 127 })
        || header.value.utf8.contains(where: { $0 < 32 || $0 == 127 })
      {
        reader.complain(
          "\"\(Inert.terminal(header.name))\" is no header line", remedy: "write a name and one line of text",
          at: reader.position(of: "headers"))
      }
      change.headers[header.name] = header.value
    }
    if let text = reader.string("fail") {
      change.fault = Fault(rawValue: text)
      if change.fault == nil {
        reader.complain(
          "\"\(Inert.terminal(text))\" is no way to fail",
          remedy: "one of: \(Fault.allCases.map(\.rawValue).joined(separator: ", "))",
          at: reader.node("fail")?.position ?? reader.position)
      }
    }
    change.counters = series("counters", &reader) { inner, key in inner.rate(key) }
    change.gauges = series("gauges", &reader) { inner, key in inner.number(key) }
    change.histograms = series("histograms", &reader) { inner, key in
      guard var histogram = inner.mapping(key, of: "a histogram") else { return nil }
      let rate = histogram.rate("rate")
      let values = histogram.strings("values")
      let numbers = values.compactMap(Double.init).filter(\.isFinite)
      if values.isEmpty || numbers.count != values.count {
        histogram.complain(
          "a histogram observes at least one value, each a number", remedy: "write `values: [0.1, 0.3]`",
          at: histogram.position(of: "values"))
      }
      if rate == nil, !histogram.has("rate") {
        histogram.complain(
          "a histogram has no rate", remedy: "add `rate: 10`, observations a second", at: histogram.position)
      }
      inner.finish(histogram)
      return rate.map { Observations(rate: $0, values: numbers.isEmpty ? [0] : numbers) }
    }
    return change
  }

  /// The mapping under `key`, from series to whatever `read` makes of each.
  private func series<Value>(
    _ key: String, _ reader: inout YAMLReader, read: (inout YAMLReader, String) -> Value?
  ) -> [SeriesName: Value] {
    guard var inner = reader.mapping(key, of: key) else { return [:] }
    var all: [SeriesName: Value] = [:]
    for text in inner.names {
      let value = read(&inner, text)
      guard let name = SeriesName(text) else {
        inner.complain(
          "\"\(Inert.terminal(text))\" is no series", remedy: "write a name, and labels as {code=\"200\"}",
          at: inner.position(of: text))
        continue
      }
      if let value { all[name] = value }
    }
    reader.finish(inner)
    return all
  }

  private mutating func expectations() -> [Drill.Expectation] {
    var all: [Drill.Expectation] = []
    for node in top.list("expect") {
      var reader = top.reader(node, of: "an expectation")
      let alert = reader.requiredString("alert")
      let within = reader.positiveSpan("within")
      if within == nil, !reader.has("within") {
        reader.complain("this expectation has no time", remedy: "add `within: 60s`", at: node.position)
      }
      if let alert, let alerts, !alerts.contains(alert) {
        reader.complain(
          "the rules have no alert \"\(Inert.terminal(alert))\"",
          remedy: "known: \(alerts.sorted().joined(separator: ", "))", at: reader.position(of: "alert"))
      }
      if let alert, let within { all.append(Drill.Expectation(alert: alert, within: within)) }
      top.finish(reader)
    }
    return all
  }

  private mutating func goals() -> Drill.Goals {
    var goals = Drill.Goals()
    guard var reader = top.mapping("goals", of: "the goals") else { return goals }
    goals.acknowledge = reader.positiveSpan("acknowledge")
    goals.declare = reader.positiveSpan("declare")
    goals.update = reader.positiveSpan("update")
    goals.resolve = reader.positiveSpan("resolve")
    goals.steps = reader.integer("steps", in: 1...10_000)
    top.finish(reader)
    return goals
  }
}

extension YAMLReader {
  /// A Prometheus duration, or seconds with a fraction: `1.4s`.
  fileprivate mutating func latency(_ name: String) -> Span? {
    guard let text = string(name) else { return nil }
    if let span = Span(prometheus: text) { return span }
    guard text.hasSuffix("s"), let seconds = Double(text.dropLast()), (0...86_400).contains(seconds) else {
      complain(
        "\(name) is a duration, and here is \"\(Inert.terminal(text))\"",
        remedy: "write one such as 90ms, 1.4s or 1m", at: position(of: name))
      return nil
    }
    return .milliseconds(Int64((seconds * 1000).rounded()))
  }

  /// A duration that must be longer than nothing.
  fileprivate mutating func positiveSpan(_ name: String) -> Span? {
    guard let span = span(name) else { return nil }
    if span <= .zero {
      complain("\(name) must be longer than 0s", remedy: "write one such as 1s", at: position(of: name))
    }
    return span
  }

  /// So many a second: finite and not negative.
  fileprivate mutating func rate(_ name: String) -> Double? {
    guard let rate = number(name) else { return nil }
    guard rate.isFinite, rate >= 0 else {
      complain(
        "\(Inert.terminal(name)) increases by so much a second, which cannot be negative",
        remedy: "write 0 or more", at: position(of: name))
      return nil
    }
    return rate
  }
}
