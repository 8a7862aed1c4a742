import Metrics
import Values

/// Reads scripts: a command's block ends at an empty line or a comment.
extension TestScript {
  /// Collects everything that is wrong; what could be read is in the script all the same.
  package static func read(_ text: String, file: String) -> (script: TestScript, problems: [Problem]) {
    var reader = TestScriptReader(text: text, file: file)
    reader.script.file = file
    reader.read()
    return (reader.script, reader.problems)
  }
}

private struct TestScriptReader {
  let file: String
  let lines: [String]
  var index = 0
  var script = TestScript()
  var problems: [Problem] = []

  init(text: String, file: String) {
    self.file = file
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let trimmed = Self.trimmed(line)
      return trimmed.hasPrefix("#") ? "" : trimmed
    }
  }

  private static func trimmed(_ line: some StringProtocol) -> String {
    let blanks: Set<Character> = [" ", "\t", "\r"]
    var rest = Substring(line).drop { blanks.contains($0) }
    while let last = rest.last, blanks.contains(last) { rest.removeLast() }
    return String(rest)
  }

  private mutating func report(_ what: String, remedy: String, column: Int = 1) {
    problems.append(Problem(what, remedy: remedy, file: file, at: Position(line: index + 1, column: column)))
  }

  mutating func read() {
    while index < lines.count {
      let line = lines[index]
      if line == "clear" {
        script.commands.append(TestScript.Command(line: index + 1, work: .clear))
      } else if line.hasPrefix("load") {
        readLoad(line)
      } else if line.hasPrefix("eval") {
        readCase(line)
      } else if !line.isEmpty {
        report("\"\(line.prefix(20))\" is no command", remedy: "begin a block with load, clear or eval")
      }
      index += 1
    }
  }

  private mutating func readLoad(_ line: String) {
    let start = index + 1
    let words = line.split(separator: " ")
    guard words.count == 2, words[0] == "load" || words[0] == "load_with_nhcb",
      let step = milliseconds(words[1])
    else {
      return report("a load needs a step", remedy: "write load 30s")
    }
    var series: [SeriesNotation] = []
    while let line = nextOfBlock() {
      if let notation = notation(line) { series.append(notation) }
    }
    script.commands.append(
      TestScript.Command(line: start, work: .load(step: step, series, addsHistograms: words[0] != "load")))
  }

  private mutating func nextOfBlock() -> String? {
    guard index + 1 < lines.count, !lines[index + 1].isEmpty else { return nil }
    index += 1
    return lines[index]
  }

  private mutating func notation(_ line: String) -> SeriesNotation? {
    do {
      return try SeriesNotation(line)
    } catch {
      report(error.message, remedy: "write name{label=\"value\"} values", column: error.position.column)
      return nil
    }
  }

  /// `5m`, `30`, `-1m`, `1.5`.
  private func milliseconds(_ text: Substring) -> Int64? {
    if text.hasPrefix("-") { return milliseconds(text.dropFirst()).map { -$0 } }
    if let duration = NumberText.duration(text.utf8), !text.isEmpty { return duration }
    return GoFloat.parse(String(text)).flatMap { Int64(exactly: ($0 * 1000).rounded()) }
  }

  private mutating func readCase(_ line: String) {
    let start = index + 1
    var rest = Substring(line)
    let command = takeWord(&rest)
    let kind = takeWord(&rest)
    var when: TestScript.Case.When?
    if kind == "instant", takeWord(&rest) == "at", let at = milliseconds(takeWord(&rest)) {
      when = .instant(at)
    } else if kind == "range", takeWord(&rest) == "from", let from = milliseconds(takeWord(&rest)),
      takeWord(&rest) == "to", let to = milliseconds(takeWord(&rest)), takeWord(&rest) == "step",
      let step = milliseconds(takeWord(&rest))
    {
      when = .range(from: from, to: to, step: step)
    }
    guard let when else {
      report(
        "an evaluation needs its time",
        remedy: "write eval instant at 5m EXPR or eval range from 0 to 5m step 1m EXPR")
      while nextOfBlock() != nil {}
      return
    }
    var test = TestScript.Case(when: when, text: String(rest))
    switch command {
    case "eval_fail": test.fails = .anything
    case "eval_warn": test.warnings = [.anything]
    case "eval_info": test.infos = [.anything]
    case "eval_ordered": test.isOrdered = true
    default: break
    }
    while let line = nextOfBlock() { readExpectation(line, into: &test) }
    script.commands.append(TestScript.Command(line: start, work: .evaluate(test)))
  }

  private func takeWord(_ rest: inout Substring) -> Substring {
    rest = rest.drop { $0 == " " || $0 == "\t" }
    let word = rest.prefix { $0 != " " && $0 != "\t" }
    rest = rest.dropFirst(word.count).drop { $0 == " " || $0 == "\t" }
    return word
  }

  private mutating func readExpectation(_ line: String, into test: inout TestScript.Case) {
    var rest = Substring(line)
    guard takeWord(&rest) == "expect" else {
      if let number = GoFloat.parse(line.hasPrefix("+") ? String(line.dropFirst()) : line)
        ?? signedSpecial(line)
      {
        test.expected.append(.scalar(number))
      } else if line.hasPrefix("expected_fail_message ") {
        test.fails = .message(String(line.dropFirst("expected_fail_message ".count)))
      } else if line.hasPrefix("expected_fail_regexp ") {
        test.fails = .pattern(String(line.dropFirst("expected_fail_regexp ".count)))
      } else if let notation = notation(line) {
        test.expected.append(.series(notation))
      }
      return
    }
    switch takeWord(&rest) {
    case "ordered": test.isOrdered = true
    case "no_warn": test.warnings = test.warnings ?? []
    case "no_info": test.infos = test.infos ?? []
    case "warn": test.warnings = (test.warnings ?? []) + [text(rest)]
    case "info": test.infos = (test.infos ?? []) + [text(rest)]
    case "fail": test.fails = text(rest)
    case "string":
      if let expr = try? PromQL.parse(String(rest)), case .string(let literal) = expr {
        test.string = literal.value
      }
    case "range": readTimes(&rest, into: &test)
    default:
      report(
        "\"\(line)\" expects nothing known",
        remedy: "write expect fail, warn, info, no_warn, no_info or ordered")
    }
  }

  private func signedSpecial(_ line: String) -> Double? { line == "-NaN" ? .nan : nil }

  /// `vector from 10s to 1m step 10s`.
  private mutating func readTimes(_ rest: inout Substring, into test: inout TestScript.Case) {
    guard takeWord(&rest) == "vector", takeWord(&rest) == "from", let from = milliseconds(takeWord(&rest)),
      takeWord(&rest) == "to", let to = milliseconds(takeWord(&rest)), takeWord(&rest) == "step",
      let step = milliseconds(takeWord(&rest)), step > 0
    else { return report("expect range vector needs times", remedy: "write from 10s to 1m step 10s") }
    test.times = (from, to, step)
  }

  private func text(_ rest: Substring) -> TestScript.TextExpectation {
    if rest.hasPrefix("msg:") { return .message(Self.trimmed(rest.dropFirst(4))) }
    if rest.hasPrefix("regex:") { return .pattern(Self.trimmed(rest.dropFirst(6))) }
    return .anything
  }
}
