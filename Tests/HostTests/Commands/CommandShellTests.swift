import Foundation
import Glibc
import Playbooks
import Testing
import Values

@testable import Host

/// What a shell is given, and what comes back of it.
@Suite(.timeLimit(.minutes(3)))
struct CommandShellTests {
  private let keeps = ["keep: [TOTAL, LIST, GONE, TOKEN_COPY]"]

  @Test func theDirectoryAndTheVariablesToKeepComeBack() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order(
      "cd '\(bench.folder.path)' && mkdir 'a b' && cd 'a b' && TOTAL=3 && LIST=\"$(printf 'x\\ny=z\\n')\" && OTHER=4",
      front: keeps)
    let report = try #require(try bench.run(order).report)
    #expect(report.directory == bench.folder.path + "/a b")
    #expect(report.kept == ["TOTAL": "3", "LIST": "x\ny=z"])
    #expect(report.outputText.isEmpty, "nothing of it is in the output")
    #expect(try leftOver(bench).isEmpty)
  }

  private func leftOver(_ bench: CommandBench) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bench.folder.path + "/output")
  }

  @Test(arguments: [
    "TOTAL=3; cd /tmp; exit 5", "TOTAL=3; cd /tmp; set -eu; false", "set -x; TOTAL=3; cd /tmp",
    "set -Cu; TOTAL=3; cd /tmp", "printf() { echo no; }; pwd() { echo no; }; TOTAL=3; cd /tmp",
    "cd /tmp; TOTAL=3; trap - TERM", "IFS=3; TOTAL=3; cd /tmp",
  ])
  func theyComeBackHoweverItEnds(_ text: String) throws {
    let bench = try CommandBench()
    let report = try #require(try bench.run(CommandBench.order("{ \(text); }", front: keeps)).report)
    #expect(report.directory == "/tmp" && report.kept == ["TOTAL": "3"], "\(report.outputText)")
    #expect(!report.outputText.contains("midwatch"), "\(report.outputText)")
  }

  @Test func withoutABashThePlainShellDoesTheSame() throws {
    let folder = try TestFolder()
    try #require(symlink("/bin/sh", folder.path + "/sh") == 0)
    #expect(CommandShell(path: folder.path).bash == nil)
    #expect(CommandShell(path: "/nowhere:relative:\(folder.path)").bash == nil)
    let order = try CommandBench.order("cd /tmp; TOTAL=3; echo \"$MIDWATCH_STEP\"; exit 5", front: keeps)
    let output = OutputFolder(state: folder.path)
    let left = try #require(LeftBehind(of: order.id, in: output))
    let call = CommandShell(path: folder.path).call(for: order, left: left.path)
    #expect(call.words.first == "sh")
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = Array(call.words.dropFirst())
    process.environment = call.environment.mapValues { $0.revealed() }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 5)
    let written = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(written == "1.1\n")
    let (directory, kept) = left.read(keeping: order.plan.keep, secrets: [])
    #expect(directory == "/tmp" && kept == ["TOTAL": "3"])
  }

  @Test func aSecretIsNeverKept() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order(
      "TOKEN_COPY=\"x-$TOKEN\"; TOTAL=3; mkdir -p \"$WHERE/$TOKEN\"; cd \"$WHERE/$TOKEN\"; pwd", front: keeps,
      values: ["TOKEN": .secret(Secret("hunter2")), "WHERE": .plain(bench.folder.path)])
    let report = try #require(try bench.run(order).report)
    #expect(report.kept == ["TOTAL": "3"] && report.directory == nil)
    #expect(report.outputText == "\(bench.folder.path)/•••\n")
  }

  @Test func outputThatIsSecretLeavesADigestAndNothingElse() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order(
      "TOTAL=3; cd /tmp; seq 1 40000", front: keeps, step: ["output: secret"])
    let report = try #require(try bench.run(order).report)
    #expect(
      report.output.isEmpty && report.sha256 == nil && report.digest?.count == 64 && report.lines == 40_000)
    #expect(report.kept.isEmpty && report.directory == nil && report.file == nil)
    #expect(try leftOver(bench).isEmpty)
  }

  @Test func itFindsItsValuesAndWhoItIsInTheEnvironment() throws {
    let bench = try CommandBench()
    setenv("BASH_ENV", "/nowhere/evil", 1)
    defer { unsetenv("BASH_ENV") }
    let order = try CommandBench.order(
      "echo \"$MIDWATCH_COMMAND $MIDWATCH_RUN $MIDWATCH_STEP $TERM $PAGER ${BASH_ENV-none} ${MIDWATCH_TEXT-none} $#\"; "
        + "echo \"$project_id\"; env | grep -c MIDWATCH_TEXT; readlink /proc/$$/fd/0; "
        + "ps -o pid=,pgid=,sid= -p $$ | xargs -n1 | sort -u | wc -l",
      values: ["project-id": .plain("p 1")])
    let report = try #require(try bench.run(order).report)
    #expect(report.outputText == "\(order.id) R-1 1.1 dumb cat none none 0\np 1\n0\n/dev/null\n1\n")
  }

  @Test func noSecretIsAmongTheWordsThatEverybodyCanRead() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order(
      "tr '\\0' ' ' < /proc/$$/cmdline | grep -c '{{TOKEN}}' ", values: ["TOKEN": .secret(Secret("hunter2"))])
    let report = try #require(try bench.run(order).report)
    #expect(report.outputText == "0\n")
  }

  @Test func everyByteOfTheTextReachesTheShell() throws {
    let bench = try CommandBench()
    let order = try CommandBench.order(
      #"""
      printf '%s|' 'it'\''s' "a\"b" $'t\tn' \\ '$HOME' "`echo back`" <<'END'
      here $(not) `run`
      END
      """#)
    let report = try #require(try bench.run(order).report)
    #expect(report.outputText == #"it's|a"b|t n|\|$HOME|back|"# + "\n")
  }

  @Test func quotingHoldsEverything() throws {
    for text in ["", "a", "it's", "$(id)", "`id`", "a\nb", "\\", "''", "'\\''", "-n", "é \u{7}"] {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "printf %s \(CommandShell.quoted(text))"]
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      process.waitUntilExit()
      #expect(String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == text)
    }
  }
}
