import Playbooks
import Testing
import Values

@testable import Host

struct ScriptSyntaxTests {
  @Test(arguments: [
    ("sh: 2: Syntax error: \")\" unexpected", 2, "Syntax error: \")\" unexpected"),
    (
      "bash: -c: line 3: syntax error near unexpected token `fi'\nbash: -c: line 3: `fi'", 3,
      "syntax error near unexpected token `fi'"
    ),
    ("bash: line 1: warning: here-document at line 1: oops", 1, "warning: here-document at line 1: oops"),
    ("dash: nothing of that form", 1, "dash: nothing of that form"), ("", 1, "it says nothing more"),
    ("sh: 99999999999999999999: x", 1, "sh: 99999999999999999999: x"),
  ])
  func readsWhatShellsSay(_ text: String, _ line: Int, _ what: String) {
    let found = ShellComplaint.read(text)
    #expect(found.line == line && found.what == what)
  }

  @Test func tellsEachMistakeAtItsLineAndRunsNothing() {
    let scripts = [
      Script(dialect: .sh, text: "echo fine", line: 10),
      Script(dialect: .sh, text: "echo a\n(echo b))", line: 20),
      Script(dialect: .bash, text: "[[ -f x ]] && echo \"$(exit 3)\"", line: 30),
      Script(dialect: .bash, text: "for x in 1; do\n  done", line: 40),
      Script(dialect: .sh, text: "exit 7", line: 50),
    ]
    let problems = ScriptSyntax.problems(scripts, file: "a.md")
    #expect(problems.map(\.position.line) == [21, 41])
    #expect(problems.allSatisfy { $0.weight == .error && $0.file == "a.md" })
    #expect(ScriptSyntax.problems([], file: "a.md").isEmpty)
  }

  @Test func asksNoShellAboutWhatIsTooLong() {
    let long = Script(dialect: .sh, text: "echo " + String(repeating: "a", count: 200 << 10), line: 3)
    let problems = ScriptSyntax.problems([long], file: "a.md")
    #expect(problems.map(\.weight) == [.warning] && problems.first?.position.line == 3)
  }
}
