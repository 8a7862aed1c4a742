import Metrics
import Testing

/// Answers of Prometheus 3.14's own text parsers.
struct ExpositionConformanceTests {
  @Test func prometheusTextIsReadAsPrometheusReadsIt() {
    #expect(differences(format: "prom").isEmpty)
  }

  @Test func openMetricsIsReadAsPrometheusReadsIt() {
    #expect(differences(format: "om").isEmpty)
  }

  @Test func everyValidOpenMetricsPageIsRead() throws {
    for name in Conformance.folders("text/openmetrics") {
      guard let page = Conformance.file("text/openmetrics/\(name)/metrics"),
        let verdict = Conformance.lines("text/openmetrics/\(name)/test.json", whole: true).first
      else { continue }
      guard verdict["shouldParse"] as? Bool == true else { continue }
      let answer = Exposition.parse(page, format: .openMetrics)
      #expect(throws: Never.self, "\(name)") { try answer.get() }
    }
  }

  private func differences(format: String) -> [String] {
    var differences: [String] = []
    for row in Conformance.lines("text/exposition.jsonl") where row["fmt"] as? String == format {
      guard let input = row["input"] as? String, let ok = row["ok"] as? Bool else { continue }
      let entries = row["entries"] as? [[String: Any]] ?? []
      switch Exposition.parse(Array(input.utf8), format: format == "om" ? .openMetrics : .prometheusText) {
      case .failure(let error):
        if ok { differences.append("refused: \(input.debugDescription): \(error)") }
      case .success(let scrape):
        guard ok else {
          differences.append("accepted: \(input.debugDescription): \(row["err"] ?? "")")
          continue
        }
        let expected = entries.filter { $0["kind"] as? String == "sample" }.map(line(of:))
        var seen = Set<String>()
        let unique = expected.filter { seen.insert($0).inserted }
        let got = scrape.samples.map { sample in
          "\(sample.labels) \(GoFloat.parse(sample.value.generalText)?.description ?? "nan") \(sample.timestamp ?? -1)"
        }
        if got.count + scrape.duplicates != expected.count
          || !unique.allSatisfy({ got.contains($0) || scrape.duplicates > 0 })
        {
          differences.append("\(input.debugDescription): \(got) instead of \(expected)")
        }
        for entry in entries where entry["kind"] as? String == "help" {
          let name = entry["metric"] as? String ?? ""
          if scrape.help[name] == nil { differences.append("no help for \(name)") }
        }
      }
    }
    return differences
  }

  private func line(of entry: [String: Any]) -> String {
    let labels = Labels(entry["labels"] as? [String: String] ?? [:])
    let value = GoFloat.parse(entry["value"] as? String ?? "") ?? .nan
    return "\(labels) \(value.description) \(entry["ts_ms"] as? Int ?? -1)"
  }
}
