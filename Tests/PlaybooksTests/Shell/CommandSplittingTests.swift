import TestSupport
import Testing

@testable import Playbooks

struct CommandSplittingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let commands: [String]

    init(_ name: String, _ text: String, _ commands: [String]) {
      self.name = name
      self.text = text
      self.commands = commands
    }

    var testDescription: String { name }
  }

  static let cases = [
    Case("lines", "a\nb", ["a", "b"]),
    Case("blank lines and spaces", "\n  a \n\n\tb\n", ["a", "b"]),
    Case("one line, several commands", "a; b && c | d &", ["a; b && c | d &"]),
    Case("continuation", "a \\\n  b\nc", ["a \\\n  b", "c"]),
    Case("escaped backslash", "a \\\\\nb", ["a \\\\", "b"]),
    Case("pipe at the end", "a |\n b\nc", ["a |\n b", "c"]),
    Case("and, or at the end", "a &&\nb ||\nc", ["a &&\nb ||\nc"]),
    Case("comment after an operator", "a && # why\nb", ["a && # why\nb"]),
    Case("background is an end", "a &\nb", ["a &", "b"]),
    Case("single quotes", "echo 'a\nb'\nc", ["echo 'a\nb'", "c"]),
    Case("double quotes", "echo \"a\n$(x 'y\"')\"\nc", ["echo \"a\n$(x 'y\"')\"", "c"]),
    Case("hash in a word", "echo a#b 'x' # c\nd", ["echo a#b 'x' # c", "d"]),
    Case("dollar quotes", "echo $'it\\'s'\nb", ["echo $'it\\'s'", "b"]),
    Case("here-document", "cat > f << EOF\na 'b\n EOF\nEOF\nc", ["cat > f << EOF\na 'b\n EOF\nEOF", "c"]),
    Case("quoted delimiter", "cat <<'E F'\n$(\nE F\nb", ["cat <<'E F'\n$(\nE F", "b"]),
    Case("stripped tabs", "cat <<-E\n\tx\n\tE\nb", ["cat <<-E\n\tx\n\tE", "b"]),
    Case("two here-documents", "a <<X <<Y\n1\nX\n2\nY\nb", ["a <<X <<Y\n1\nX\n2\nY", "b"]),
    Case("here-document in a pipe", "cat <<E | wc\nx\nE\nb", ["cat <<E | wc\nx\nE", "b"]),
    Case("here-string", "cat <<< EOF\nb", ["cat <<< EOF", "b"]),
    Case("if", "if a; then\n  b\nelse\n  c\nfi\nd", ["if a; then\n  b\nelse\n  c\nfi", "d"]),
    Case("for", "for i in 1 2; do\n  echo $i\ndone\nb", ["for i in 1 2; do\n  echo $i\ndone", "b"]),
    Case("while read", "while read -r l\ndo\n a\ndone < f\nb", ["while read -r l\ndo\n a\ndone < f", "b"]),
    Case(
      "nested", "if a\nthen for i in x\ndo b\ndone\nfi\nc", ["if a\nthen for i in x\ndo b\ndone\nfi", "c"]),
    Case("case", "case $x in\n a) b;;\n *) c;;\nesac\nd", ["case $x in\n a) b;;\n *) c;;\nesac", "d"]),
    Case("function", "f() {\n  a\n}\nb", ["f() {\n  a\n}", "b"]),
    Case("subshell", "(\n a\n b\n)\nc", ["(\n a\n b\n)", "c"]),
    Case("substitution", "X=$(\n a\n)\nb", ["X=$(\n a\n)", "b"]),
    Case("arithmetic", "echo $((1 + (2 * 3)))\nb", ["echo $((1 + (2 * 3)))", "b"]),
    Case("keyword as an argument", "echo if\nb", ["echo if", "b"]),
    Case("done without a loop", "done\nb", ["done", "b"]),
    Case("comments only", "# a\n# b", []),
    Case("stray parenthesis", ")\nb", [")", "b"]),
    Case("redirections", "a > f 2>&1\nb &> g\nc", ["a > f 2>&1", "b &> g", "c"]),
    Case("parameter expansion", "echo ${x:-a b}\nc", ["echo ${x:-a b}", "c"]),
    Case("backticks", "echo `a\nb`\nc", ["echo `a\nb`", "c"]),
    Case("awk", "awk '{print $NF}' f | sort -n\nb", ["awk '{print $NF}' f | sort -n", "b"]),
  ]

  @Test(arguments: cases)
  func splitsIntoCompleteCommands(_ one: Case) {
    let commands = Command.commands(in: one.text, firstLine: 1)
    #expect(commands.map(\.text) == one.commands)
    #expect(commands.allSatisfy { $0.flaw == nil })
  }

  @Test(arguments: [
    ("echo 'a", "a single quote is open"), ("echo \"a", "a double quote is open"),
    ("echo `a", "a backtick is open"), ("if a; then b", "`if` is open"), ("(a", "a parenthesis is open"),
    ("x=$(a", "a parenthesis is open"), ("echo ${a", "${ is open"), ("echo $((1", "$(( is open"),
    ("cat <<E\nx", "the here-document up to E is open"), ("for i in x; do a", "`for` is open"),
  ])
  func saysWhatStaysOpen(_ text: String, _ flaw: String) {
    #expect(Command.commands(in: text, firstLine: 1).map(\.flaw) == [flaw])
  }

  @Test func commentsAreTitles() {
    let commands = Command.commands(
      in: "#!/bin/sh\n# One\n# more\na\n\n# far\n\nb\nc # no\n# last", firstLine: 10)
    #expect(commands.map(\.title) == ["One more", nil, nil])
    #expect(commands.map(\.line) == [13, 17, 18])
  }

  @Test(arguments: [
    ("A=1", true), ("A=1 B='x y'", true), ("export A=1", true), ("export -n A=1", true), ("A=1 b", false),
    ("A=$(b)", false), ("A=`b`", false), ("a=b", true), ("1a=b", false), ("a", false),
    ("export A=$(b)", false),
    ("A+=1", true), ("A=\"$B\"", true), ("if A=1; then A=2; fi", false), ("A=1; b", false),
  ])
  func knowsAssignments(_ text: String, _ isAssignment: Bool) {
    #expect(Command.commands(in: text, firstLine: 1).map(\.isAssignment) == [isAssignment])
  }

  @Test func sessionsHoldOnlyWhatWasTyped() {
    let commands = Command.prompted(
      in: "$ ls -l\ntotal 0\n$ cat <<E\n> a\n> E\na\n# root\n  $ b \\\n> c\nd", firstLine: 1)
    #expect(commands.map(\.text) == ["ls -l", "cat <<E\na\nE", "b \\\nc"])
    #expect(commands.map(\.line) == [1, 3, 8])
  }
}

struct ShellScannerTests {
  /// Whatever the text: pieces lie in order inside it, and every byte that is no space or comment is in one.
  @Test func piecesCoverTheText() {
    let fragments = [
      "a", " ", "\n", "'", "\"", "`", "$(", ")", "(", "{ ", "}", "${", "$((", "))", "<<E", "\nE\n", "<<<",
      "if ",
      "then ", "fi", "case x in ", "esac", ";", ";;", "&&", "|", "\\", "\\\n", "#", "for x in y", "\ndo ",
      "done",
      "A=1", "é", "\0", "<(", ">", "$'",
    ]
    for seed in 0..<400 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let text = (0..<30).map { _ in fragments.randomElement(using: &random) ?? "" }.joined()
      let bytes = Array(text.utf8)
      let scan = ShellScanner(bytes)
      var covered = [Bool](repeating: false, count: bytes.count)
      var end = 0
      for piece in scan.pieces {
        #expect(piece.bytes.lowerBound >= end && piece.bytes.upperBound <= bytes.count, "seed \(seed)")
        end = piece.bytes.upperBound
        for index in piece.bytes { covered[index] = true }
      }
      for comment in scan.comments {
        for index in comment.lowerBound - 1..<comment.upperBound { covered[index] = true }
      }
      for (index, byte) in bytes.enumerated() where !covered[index] {
        #expect(" \n\t".utf8.contains(byte), "seed \(seed) lost byte \(index) of \(text.debugDescription)")
      }
    }
  }
}
