import Foundation
import TestSupport
import Testing

@Suite struct JSONLineVerbTests {
  /// The answers of a verb to these lines.
  private func answers(_ verb: [String], _ lines: [String]) throws -> [[String: Any]] {
    let sandbox = try Sandbox()
    try sandbox.write(lines.map { $0 + "\n" }.joined(), to: "lines")
    let outcome = try Child.run(
      "/bin/sh", ["-c", "exec \"$@\" < lines", "sh", Binary.path] + verb, environment: Sandbox.clean,
      in: sandbox.path)
    #expect(outcome.status == 0 && outcome.err.isEmpty, "\(outcome.err)")
    return outcome.out.split(separator: "\n").map { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] ?? [:]
    }
  }

  /// A line that means nothing has an answer, and the next line is read.
  @Test(arguments: [
    ["promql", "parse"], ["rules", "template"], ["metrics", "parse"], ["metrics", "parse", "--openmetrics"],
  ])
  func aBadLineStopsNothing(verb: [String]) throws {
    let lines = ["{", "", "[1]", "{}", "{\"input\": \"up 1\\n\", \"text\": \"x\"}"]
    let found = try answers(verb, lines)
    #expect(found.map { $0["ok"] is Bool } == [true, true, true, true, true])
    #expect(found.prefix(4).allSatisfy { $0["ok"] as? Bool == false && $0["err"] is String })
  }

  @Test func expressionsAreReadAndWritten() throws {
    let found = try answers(
      ["promql", "parse"], ["sum( up )by(job)", "sum(", "limitk(1, up)"].map { "{\"input\": \"\($0)\"}" })
    #expect(found.map { $0["string"] as? String } == ["sum by (job) (up)", nil, "limitk(1, up)"])
    #expect(found.map { $0["type"] as? String } == ["vector", nil, "vector"])
    #expect(found.map { $0["ok_with_experimental"] as? Bool } == [nil, nil, true])
    #expect((found[1]["err"] as? String)?.hasPrefix("1:5: ") ?? false, "\(found[1])")
  }

  @Test func templatesSeeWhatTheLineAndTheOptionsSay() throws {
    let found = try answers(
      [
        "rules", "template", "--external-label", "region=eu", "--external-url", "http://w.example/p",
        "--now", "2026-11-21T03:00:00Z",
      ],
      [
        #"{"text": "{{ $labels.job }} {{ $value }} {{ $externalLabels.region }} {{ pathPrefix }}", "labels": {"job": "a"}, "value": "+Inf"}"#,
        #"{"text": "{{ with query \"up\" }}{{ . | first | value }}{{ end }}", "query_result": [{"Labels": {}, "Value": 2.5}]}"#,
        #"{"text": "{{ nope }}"}"#,
        #"{"text": "{{ now | humanizeTimestamp }}"}"#,
      ])
    #expect(
      found.map { $0["out"] as? String } == ["a +Inf eu /p", "2.5", nil, "2026-11-21 03:00:00 +0000 UTC"])
    #expect(found.map { $0["ok"] as? Bool } == [true, true, false, true])
  }

  @Test func pagesAreReadInEitherFormat() throws {
    let found = try answers(
      ["metrics", "parse"],
      [
        ##"{"input": "# TYPE a counter\na{b=\"c\"} 1e3 5\n"}"##, #"{"input": "a 1\n", "fmt": "om"}"#,
        #"{"input": "a 1\n# EOF\n", "fmt": "om"}"#, #"{"input": "a 1", "fmt": "xml"}"#,
      ])
    #expect(found.map { $0["ok"] as? Bool } == [true, false, true, false])
    let entries = found[0]["entries"] as? [[String: Any]] ?? []
    #expect(entries.map { $0["kind"] as? String } == ["type", "sample"])
    #expect(entries.last?["value"] as? String == "1000" && entries.last?["ts_ms"] as? Int == 5)
  }

  @Test func evaluationTestsAreCounted() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      """
      load 1m
        up{job="a"} 1 2 3
        up{job="b"} 4 5 6

      eval instant at 1m sum(up)
        {} 7

      eval instant at 1m up{job="a"}
        up{job="a"} 9

      eval instant at 0 {{schema:0 sum:1}}
        {} 1

      """, to: "t.test")
    let outcome = try sandbox.midwatch("promql", "test", "*.test")
    #expect(outcome.status == 1)
    #expect(outcome.out.contains("t.test:8: up{job=\"a\"}: failed: "), "\(outcome.out)")
    #expect(outcome.out.hasSuffix("1 passed, 2 failed, 0 skipped\n"), "\(outcome.out)")
  }
}
