import ArgumentParser
import PromQL

struct PromQLVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promql",
    abstract: "Hold our PromQL against Prometheus' own answers.",
    subcommands: [PromQLTestVerb.self, PromQLParseVerb.self])
}

struct PromQLParseVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Read expressions: JSON lines in, one JSON line out for each.",
    discussion: """
      A line has `input`. The answer has `ok` with `type`, the canonical `string` and the `pretty` text, or \
      `err` with line and column; `ok_with_experimental` where an expression needs what Prometheus keeps \
      behind a feature flag.
      """)

  func run() throws {
    JSONLines.answer { line throws(JSONLines.Refusal) in
      let input = try line.text("input")
      let verdict = PromQL.verdict(input)
      var written = verdict
      var answer: [String: Any] = ["input": input, "ok": verdict.isAccepted]
      if !verdict.isAccepted {
        let other = PromQL.verdict(input, options: PromQL.ParseOptions(experimental: true))
        if other.isAccepted {
          answer["ok_with_experimental"] = true
          written = other
        }
      }
      answer["err"] = verdict.error
      answer["type"] = written.type
      answer["string"] = written.canonical
      answer["pretty"] = verdict.pretty
      return answer
    }
  }
}
