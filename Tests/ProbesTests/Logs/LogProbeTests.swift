import Metrics
import Testing
import Values
import Wire

@testable import Probes

struct LogProbeTests {
  private static let start = Instant(seconds: 1_800_000_000)
  private var endpoint = Endpoint(name: "errors", kind: .log, target: "logs/*.log")
  private var memory = ProbeMemory()

  init() {
    endpoint.detail.log = .files("logs/*.log")
    endpoint.detail.folder = "/etc/shop"
  }

  private mutating func add(
    _ name: String, value: String? = nil, labels: [String: String] = [:], buckets: [Double] = []
  ) throws {
    var series = LogSeries(name: name)
    series.value = try value.map { try SeriesExpression($0) }
    series.labels = try labels.mapValues { try SeriesMapping.Source($0) }
    series.buckets = buckets
    endpoint.detail.logSeries.append(series)
  }

  private mutating func judge(_ text: String, _ gain: LineGain = LineGain()) -> Observation {
    var response = Response(status: 0, body: Array(text.utf8))
    response.lines = gain
    return endpoint.judge(.success(response), at: Self.start, with: &memory)
  }

  /// `name{labels} value` without the target's labels, those of the poll itself left out.
  private func shown(_ observation: Observation) -> [String] {
    observation.samples.filter { !($0.labels.metricName ?? "").hasPrefix("probe_") }
      .map { "\($0.labels.removing("job").removing("instance")) \(Shown.number($0.value))" }
  }

  private func value(_ name: String, _ observation: Observation) -> Double? {
    observation.samples.first { $0.labels.metricName == name }?.value
  }

  @Test mutating func jsonLinesToCountersAndHistograms() throws {
    endpoint.detail.format = .json
    try add("lines_total", labels: ["level": "$.level", "tier": "core"])
    try add("duration_seconds", value: "$.ms / 1000", buckets: [0.1, 0.5, 1])
    try add("bytes_total", value: "$.size")
    let first = judge("")
    #expect(
      shown(first).prefix(7) == [
        #"duration_seconds_bucket{le="0.1"} 0"#, #"duration_seconds_bucket{le="0.5"} 0"#,
        #"duration_seconds_bucket{le="1"} 0"#, #"duration_seconds_bucket{le="+Inf"} 0"#,
        "duration_seconds_sum 0", "duration_seconds_count 0", "bytes_total 0",
      ])
    _ = judge(
      """
      {"level":"error","ms":100,"size":10}
      {"level":"info","ms":700}
      {"ms":"3000"}
      not json
      "a text"

      {"level":"error","ms":null,"size":-5}

      """)
    let last = judge(#"{"level":"error","size":0.5}"# + "\n")
    #expect(
      shown(last).dropLast(7) == [
        #"duration_seconds_bucket{le="0.1"} 1"#, #"duration_seconds_bucket{le="0.5"} 1"#,
        #"duration_seconds_bucket{le="1"} 2"#, #"duration_seconds_bucket{le="+Inf"} 3"#,
        "duration_seconds_sum 3.8", "duration_seconds_count 3", "bytes_total 10.5",
        #"lines_total{level="error", tier="core"} 3"#, #"lines_total{level="info", tier="core"} 1"#,
        #"lines_total{tier="core"} 1"#,
      ])
    #expect(value("log_lines_total", last) == 7 && value("log_lines_unmatched_total", last) == 2)
    #expect(value("probe_success", last) == 1 && last.isSuccess)
    #expect(value("log_start_time_seconds", last) == 1_800_000_000)
    #expect(last.samples.allSatisfy { $0.labels["job"] == "errors" })
    #expect(value("probe_http_status_code", last) == nil)
  }

  @Test mutating func namedGroupsAreFields() throws {
    endpoint.detail.format = try LogFormat(#"(?P<level>ERROR|WARN)\b.*?(?:took (?P<ms>[0-9.]+)ms)?$"#)
    try add("events_total", labels: ["level": "$.level"])
    try add("took_seconds", value: "$.ms / 1000", buckets: [1])
    let observation = judge("x ERROR a took 1500ms\ny WARN b\nz INFO\nERROR \u{FFFD}\n")
    #expect(
      shown(observation).dropLast(7) == [
        #"took_seconds_bucket{le="1"} 0"#, #"took_seconds_bucket{le="+Inf"} 1"#, "took_seconds_sum 1.5",
        "took_seconds_count 1", #"events_total{level="ERROR"} 2"#, #"events_total{level="WARN"} 1"#,
      ])
    #expect(value("log_lines_unmatched_total", observation) == 1)
  }

  @Test mutating func withoutAFormatLinesAreCounted() throws {
    try add("lines_total")
    #expect(shown(judge("a\nb\n")).first == "lines_total 2")
    let bytes: [UInt8] = [0xFF, 0xFE, 10, 0, 10]
    #expect(
      endpoint.judge(.success(Response(status: 0, body: bytes)), at: Self.start, with: &memory).isSuccess)
    #expect(shown(judge("")).first == "lines_total 4")
  }

  @Test mutating func labelsAreBounded() throws {
    endpoint.detail.format = .json
    endpoint.detail.seriesLimit = 3
    try add("lines_total", labels: ["user": "$.user"])
    let lines = (0..<5).map { #"{"user":"u\#($0)"}"# + "\n" }.joined()
    let observation = judge(lines)
    #expect(
      observation.reason
        == "the lines have more than 3 sets of labels, and 2 lines were left out: use fewer labels, or raise series_limit"
    )
    #expect(shown(observation).count == 3 + 7)
    #expect(value("log_lines_left_out_total", observation) == 2)
    // What has a place goes on.
    #expect(judge(#"{"user":"u0"}"# + "\n").isSuccess)
    #expect(value("log_lines_left_out_total", judge("")) == 2)
    let long = judge(#"{"user":"\#(String(repeating: "x", count: 5000))"}"# + "\n")
    #expect(long.samples.allSatisfy { ($0.labels["user"] ?? "").count <= 200 })
  }

  @Test mutating func troubleFailsAndWhatCameIsCounted() throws {
    try add("lines_total")
    var gain = LineGain()
    gain.trouble = "no file matches logs/*.log"
    gain.files = 2
    gain.cut = 1
    gain.unread = 70
    let observation = judge("a\n", gain)
    #expect(observation.reason == "no file matches logs/*.log")
    #expect(shown(observation).first == "lines_total 1")
    #expect(value("probe_success", observation) == 0)
    #expect(value("log_files", observation) == 2 && value("log_unread_bytes", observation) == 70)
    #expect(value("log_lines_cut_total", observation) == 1)
  }

  @Test mutating func anEditedEndpointCountsAnew() throws {
    try add("lines_total")
    _ = judge("a\n")
    memory = ProbeMemory(generation: 1)
    #expect(shown(judge("b\n")).first == "lines_total 1")
  }

  @Test mutating func plans() throws {
    guard case .lines(let files) = endpoint.plan() else {
      Issue.record("a log plans lines")
      return
    }
    #expect(files.source == .files("/etc/shop/logs/*.log"))
    #expect(files.patience == .seconds(100))
    endpoint.detail.log = .files("/var/log/app.log")
    #expect(endpoint.plan() == .lines(request(.files("/var/log/app.log"))))
    endpoint.detail.log = .command(["journalctl", "-f"])
    endpoint.detail.command = ["journalctl", "-f"]
    var process = ProcessRequest(words: ["journalctl", "-f"])
    process.directory = "/etc/shop"
    process.outputLimit = 8 << 20
    #expect(endpoint.plan() == .lines(request(.command(process))))
  }

  private func request(_ source: LineRequest.Source) -> LineRequest {
    var request = LineRequest(source: source)
    request.patience = .seconds(100)
    return request
  }

  @Test func badFormats() {
    #expect(throws: Mistake.self) { try LogFormat("(?P<a>") }
    #expect(throws: Never.self) { try LogFormat("json") }
  }
}
