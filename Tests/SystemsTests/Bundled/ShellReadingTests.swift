import Testing

/// The comparison that the coverage of commands rests on.
struct ShellReadingTests {
  @Test(arguments: [
    ("a b", "a   b"), ("a \\\n  --c=d", "a --c=d"), ("pytest -n 2  # not auto", "pytest -n 2"),
    (#"a -d '{"k": "v"}'"#, #"a -d "{\"k\": \"v\"}""#), ("a 'b c'", #"a b\ c"#), ("a '#1'", "a \\#1"),
    ("a \"$B\"", "a $B"), ("if x\nthen y\nfi", "if x then y fi"),
  ])
  func readsTheSame(_ one: String, _ other: String) {
    #expect(ShellReading(one) == ShellReading(other))
  }

  @Test(arguments: [
    ("a '$B'", "a \"$B\""), ("a b", "ab"), ("a 'b c'", "a b c"), ("a '|' b", "a | b"), ("a b#1", "a b"),
    ("a \\$B", "a $B"), ("a", "a &"),
  ])
  func readsDifferently(_ one: String, _ other: String) {
    #expect(ShellReading(one) != ShellReading(other))
  }

  @Test(arguments: [
    ("a --p=fluxori-{{ENV}}", "a --p=fluxori-dev", true), ("a --p={{P}}", "a --p=<project>", true),
    ("curl {{base}}/health", "curl https://x.example/health", true), ("a {{B}}", "a b c", false),
    ("a \"{{B}}\"", "a \"b c\"", true), ("a {{B}}", "a b | c", false), ("a {{B}}", "a", false),
    ("a {{B}} c", "a b d", false), ("a b", "a <b>", false), ("a <b>", "a b", true),
    (#"a -d "{\"e\": \"{{E}}\", \"p\": \"{{P}}\"}""#, #"a -d '{"e": "t@example.com", "p": "x1"}'"#, true),
    (#"a -d "{\"e\": \"{{E}}\"}""#, #"a -d '{"e": "t@example.com", "p": "x1"}'"#, false),
  ])
  func holesTakeValuesAndNothingElse(_ pattern: String, _ command: String, _ isCovered: Bool) {
    #expect(ShellReading(pattern).covers(ShellReading(command)) == isCovered)
  }
}
