import Foundation
import TestSupport
import Testing

/// Files and lines that nobody meant for these verbs: each is answered with a sentence and an exit status.
@Suite struct HostileFileTests {
  private let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  private func write(_ bytes: Data, to file: String) throws {
    try bytes.write(to: URL(fileURLWithPath: sandbox.path + "/" + file))
  }

  @Test(arguments: [["rules", "check"], ["rules", "test"], ["promql", "test"]])
  func whatCannotBeReadIsSaidInASentence(verb: [String]) throws {
    try sandbox.write("", to: "folder/empty.yml")
    try write(Data([0x67, 0xE9, 0x0A]), to: "latin.yml")
    try write(Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167) }), to: "binary.yml")
    try write(Data([0, 0, 0]), to: "nul.yml")
    try write(Data(repeating: UInt8(ascii: "["), count: 200_000), to: "deep.yml")
    for (file, sentence) in [
      ("missing.yml", "missing.yml:1:1: the file cannot be opened; check the path and its mode"),
      ("folder", "folder:1:1: this is a folder; name files, such as *.yml in it"),
      ("none*.yml", "none*.yml:1:1: no file matches this pattern; check it"),
      ("latin.yml", "latin.yml:1:1: the file is not UTF-8; save it as UTF-8"),
      ("binary.yml", "binary.yml:1:1: the file is not UTF-8"),
      ("nul.yml", "nul.yml:1:1: "), ("deep.yml", "deep.yml:1:"),
    ] {
      let outcome = try Binary.run(verb + [file], environment: sandbox.environment, in: sandbox.path)
      #expect(outcome.status == 1 && outcome.err.contains(sentence), "\(file): \(outcome.err)")
    }
    let empty = try Binary.run(
      verb + ["folder/empty.yml"], environment: sandbox.environment, in: sandbox.path)
    #expect(empty.status == 0 && empty.err.isEmpty && !empty.out.isEmpty, "\(empty.err)")
  }

  @Test(.enabled(if: getuid() != 0, "root may read every file"))
  func aFileOfSomebodyElseCannotBeOpened() throws {
    try sandbox.write("groups: []\n", to: "r.yml")
    try #require(chmod(sandbox.path + "/r.yml", 0) == 0)
    let outcome = try sandbox.midwatch("rules", "check", "r.yml")
    #expect(outcome.status == 1 && outcome.err.contains("r.yml:1:1: the file cannot be opened"))
  }

  @Test func fiftyMegabytesAreAnsweredToo() throws {
    let rule = "  - alert: A\n    expr: up == 0\n    annotations: {summary: 'x'}\n"
    let text = "groups:\n- name: g\n  rules:\n" + String(repeating: rule, count: 50_000_000 / rule.utf8.count)
    try sandbox.write(text, to: "large.yml")
    let refused = try sandbox.midwatch("rules", "check", "large.yml")
    #expect(
      refused.status == 1 && refused.err.contains("the document expands to more than"), "\(refused.err)")
    try write(Data(repeating: UInt8(ascii: "x"), count: 50_000_000), to: "word.yml")
    for verb in [["rules", "check"], ["rules", "test"], ["promql", "test"]] {
      let outcome = try Binary.run(verb + ["word.yml"], environment: sandbox.environment, in: sandbox.path)
      #expect(outcome.status == 1 && outcome.err.contains("word.yml:1:1: "), "\(outcome.err.prefix(200))")
      #expect(outcome.err.utf8.count < 1000, "the file is not repeated")
    }
  }

  /// Each line has an answer, and the next is read.
  @Test(arguments: [["promql", "parse"], ["rules", "template"], ["metrics", "parse"]])
  func everyLineIsAnswered(verb: [String]) throws {
    let long = String(repeating: "a", count: 10_000_000)
    let open = String(repeating: "(", count: 100_000)
    var lines = Data(
      """
      {"input":"\(long)","text":"\(long)"}
      {"input":"\(open)","text":"{{\(open)"}
      \(String(repeating: "[", count: 100_000))
      {"input":"\\ud800","text":"\\ud800"}
      {"input":1e999,"text":1e999}

      """.utf8)
    lines += Data(#"{"input":"caf"#.utf8) + [0xE9] + Data(#"","text":"x"}"#.utf8) + [0x0A, 0xFF, 0, 0x0A]
    lines += Data(#"{"input":"up","text":"last"}"#.utf8)
    try write(lines, to: "lines")
    let outcome = try Child.run(
      "/bin/sh", ["-c", "exec \"$@\" < lines", "sh", Binary.path] + verb, environment: Sandbox.clean,
      in: sandbox.path)
    #expect(outcome.status == 0 && outcome.err.isEmpty, "\(outcome.err)")
    let answers = outcome.out.split(separator: "\n").map { line in
      (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any] ?? [:]
    }
    #expect(answers.count == 8 && answers.allSatisfy { $0["ok"] is Bool })
    let refusals = answers.map { $0["err"] as? String }
    #expect(refusals.dropFirst(2).prefix(3).allSatisfy { $0?.hasSuffix("is no JSON object") ?? false })
    #expect(refusals.dropFirst(5).prefix(2) == ["line 6 is not UTF-8", "line 7 is not UTF-8"])
    #expect(answers.last?["input"] as? String == "up", "the last line needs no end")
  }
}
