import Alerting
import Documents
import Metrics
import PromQL
import Testing
import Values

/// The alert state machine step by step, as Prometheus goes: `shared/conformance/rules/traces`.
@Suite(.enabled(if: SharedData.isPresent, "shared/conformance is not beside the checkout"))
struct TraceConformanceTests {
  @Test func everyTraceIsFollowed() throws {
    let names = try SharedData.files(in: "rules/traces").filter { $0.hasSuffix(".trace.jsonl") }
      .map { String($0.dropLast(".trace.jsonl".count)) }
    try #require(names.count > 20)
    var failures: [String] = []
    for name in names {
      let differences = try Self.differences(name)
      if !differences.isEmpty {
        failures.append(
          "\(name): \(differences.count) differences, first:\n\(differences.prefix(3).joined(separator: "\n"))"
        )
      }
    }
    SharedData.report("rules traces", of: names.count, failed: failures.count)
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }

  private static func differences(_ name: String) throws -> [String] {
    let scenario = try Scenario(name)
    var differences: [String] = []
    var store = scenario.emptyStore
    var groups = scenario.groups
    for row in try SharedData.rows("rules/traces/\(name).trace.jsonl") {
      let time = (Span(prometheus: row["t"] as? String ?? "") ?? .zero).milliseconds
      scenario.load(into: &store, through: time)
      var errors: Set<String> = []
      var alerts: [AlertInstance] = []
      for index in groups.indices {
        let result = groups[index].evaluate(at: time, in: &store)
        errors.formUnion(
          result.outcomes.filter { $0.error != nil }.map { "\(groups[index].name)/\($0.rule)" })
        alerts += groups[index].instances + groups[index].resolved
      }
      func compare(_ what: String, _ found: [String], _ expected: [String]) {
        if found.sorted() != expected.sorted() {
          differences.append("\(row["t"] ?? "") \(what): \(found.sorted()), not \(expected.sorted())")
        }
      }
      compare("errors", errors.sorted(), (row["errors"] as? [String: String] ?? [:]).keys.sorted())
      compare("alerts", alerts.map(line), (row["alerts"] as? [[String: Any]] ?? []).map(line))
      for (key, value) in row where key.hasPrefix("query ") {
        var query = Query(try PromQL.parse(String(key.dropFirst(6))))
        guard case .vector(let elements) = try query.instant(at: time, in: store) else { continue }
        compare(key, elements.map(line), (value as? [String] ?? []).map(line))
      }
    }
    return differences
  }

  // MARK: Lines to compare

  private static func line(_ alert: AlertInstance) -> String {
    let labels = alert.labels.pairs.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
    let annotations = alert.annotations.filter { $0.key != addressAnnotation }.sorted { $0.key < $1.key }.map
    { "\($0.key)=\(shortened($0.value))" }
    return [
      alert.group, alert.rule, alert.state.rawValue, labels, annotations.joined(separator: ","),
      alert.activeAt.milliseconds.description, alert.keepFiringSince?.milliseconds.description ?? "",
      alert.resolvedAt?.milliseconds.description ?? "", rounded(alert.value),
    ].joined(separator: "|")
  }

  private static func line(_ row: [String: Any]) -> String {
    func pairs(_ key: String) -> String {
      (row[key] as? [String: String] ?? [:]).filter { key != "annotations" || $0.key != addressAnnotation }
        .sorted { $0.key < $1.key }.map { "\($0.key)=\(shortened($0.value))" }.joined(separator: ",")
    }
    func text(_ key: String) -> String { row[key] as? String ?? "" }
    func time(_ key: String) -> String { Span(prometheus: text(key))?.milliseconds.description ?? "" }
    return [
      text("group"), text("alert"), text("state"), pairs("labels"), pairs("annotations"), time("active_at"),
      time("keep_firing_since"), time("resolved_at"), rounded(Double(text("value")) ?? .nan),
    ].joined(separator: "|")
  }

  private static func line(_ element: Element) -> String {
    let inner = element.labels.pairs.map { "\($0.name)=\($0.value.quotedAsInGo)" }.joined(separator: ", ")
    return "{\(inner)} \(rounded(element.value))"
  }

  private static func line(_ text: String) -> String {
    guard let space = text.lastIndex(of: " ") else { return text }
    return text[..<space] + " " + rounded(Double(text[text.index(after: space)...]) ?? .nan)
  }

  /// The traces were made without an external URL, for which `externalURL` fails there and is empty here.
  private static let addressAnnotation = "u"

  /// The wording of errors is ours.
  private static func shortened(_ text: String) -> String {
    let mark = "<error expanding template"
    return text.hasPrefix(mark) ? mark : text
  }

  /// Nine significant digits.
  private static func rounded(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    var scale = 1.0
    while abs(value) * scale < 1e8 { scale *= 10 }
    return "\((value * scale).rounded() / scale)"
  }
}

/// A trace's rules and input series.
private struct Scenario {
  let groups: [RuleGroup]
  private let series: [SeriesNotation]
  private let interval: Int64
  let emptyStore = Store()

  init(_ name: String) throws {
    var problems: [Problem] = []
    let document = YAMLDocument(
      try SharedData.text("rules/traces/\(name).test.yml"), file: name, problems: &problems)
    var top = YAMLReader(document.root, file: name, of: "a test file")
    var test = try #require(top.list("tests").first.map { top.reader($0, of: "a test") })
    interval = (test.span("interval") ?? .minutes(1)).milliseconds
    var surroundings = RuleGroup.Surroundings()
    surroundings.externalURL = test.string("external_url") ?? ""
    surroundings.externalLabels = Dictionary(
      test.stringMap("external_labels").map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    series = try test.list("input_series").map { node in
      var reader = test.reader(node, of: "a series")
      return try SeriesNotation(
        series: reader.string("series") ?? "", values: reader.string("values") ?? "")
    }
    let parsed = RuleFile.parse(try SharedData.text("rules/traces/\(name).rules.yml"), file: name)
    #expect(parsed.problems.allSatisfy { $0.weight == .warning }, "\(parsed.problems)")
    groups = parsed.groups.map { RuleGroup($0, surroundings: surroundings) }
  }

  /// Appends what the series have up to `time`, oldest first; what is there already is skipped by the store.
  func load(into store: inout Store, through time: Int64) {
    for one in series {
      for (index, value) in one.values.enumerated() where Int64(index) * interval <= time {
        if let value { store.append(one.labels, t: Int64(index) * interval, v: value) }
      }
    }
  }
}
