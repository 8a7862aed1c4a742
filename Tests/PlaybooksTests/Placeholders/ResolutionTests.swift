import Foundation
import Testing
import Values

@testable import Playbooks

struct ResolutionTests {
  private func resolved(_ text: String, _ values: [String: String], declared: Set<String> = []) -> String {
    switch Resolution.shell(text, values: values.mapValues { .plain($0) }, declared: declared) {
    case .success(let text): text.exact.revealed()
    case .failure(let unresolved): "✖ \(unresolved)"
    }
  }

  @Test func onePassLongestFirstNeverAgain() {
    #expect(resolved("a <x> <y>", ["x": "{{y}}", "y": "1"]) == "a '{{y}}' 1")
    #expect(
      resolved("a USER_ID USER", ["USER": "u", "USER_ID": "i"], declared: ["USER", "USER_ID"]) == "a i u")
    #expect(resolved("a <x>", ["x": "<x>"]) == "a '<x>'")
    #expect(resolved("a YYYY-MM-DD", ["YYYY-MM-DD": "YYYY-MM-DD"]) == "a YYYY-MM-DD")
  }

  @Test func tellsWhatIsMissing() {
    #expect(
      resolved("a <x> <y> <x> BACKUP_ID", ["y": "1"])
        == "✖ No value yet for x. Say whether BACKUP_ID stands for a value.")
    #expect(resolved("a <x>", ["x": ""]) == "✖ No value yet for x.")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let value: String
    let bare: String
    let quoted: String

    init(_ value: String, bare: String, quoted: String) {
      self.value = value
      self.bare = bare
      self.quoted = quoted
    }

    var testDescription: String { value.debugDescription }
  }

  static let hostile = [
    Case("prod_1.x/y:z@h%+,=-", bare: "prod_1.x/y:z@h%+,=-", quoted: "prod_1.x/y:z@h%+,=-"),
    Case("; rm -rf ~", bare: "'; rm -rf ~'", quoted: "; rm -rf ~"),
    Case("$(id)", bare: "'$(id)'", quoted: "\\$(id)"),
    Case("`id`", bare: "'`id`'", quoted: "\\`id\\`"),
    Case("a\nb", bare: "'a\nb'", quoted: "a\nb"),
    Case("it's", bare: "'it'\\''s'", quoted: "it's"),
    Case("say \"x\"", bare: "'say \"x\"'", quoted: "say \\\"x\\\""),
    Case("a\\", bare: "'a\\'", quoted: "a\\\\"),
    Case("wow!", bare: "'wow!'", quoted: "\"'wow!'\""),
    Case("$HOME *", bare: "'$HOME *'", quoted: "\\$HOME *"),
    Case("a && b", bare: "'a && b'", quoted: "a && b"),
    Case("~root", bare: "'~root'", quoted: "~root"),
    Case("größe", bare: "'größe'", quoted: "größe"),
    Case("{a,b}", bare: "'{a,b}'", quoted: "{a,b}"),
  ]

  @Test(arguments: hostile)
  func quotesForThePlace(_ one: Case) {
    #expect(resolved("p <x> q", ["x": one.value]) == "p \(one.bare) q")
    #expect(resolved("p --n=<x>", ["x": one.value]) == "p --n=\(one.bare)")
    #expect(resolved("p \"a <x>\"", ["x": one.value]) == "p \"a \(one.quoted)\"")
  }

  /// A real shell reads back exactly the value, wherever it was put.
  @Test(arguments: hostile)
  func aShellReadsTheValue(_ one: Case) throws {
    for (text, expected) in [
      ("printf %s <x>", one.value), ("printf %s \"<x>\"", one.value), ("printf %s a<x>b", "a\(one.value)b"),
      ("A=<x>; printf %s \"$A\"", one.value), ("printf '%s' \"[ <x> ]\"", "[ \(one.value) ]"),
    ] {
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/sh")
      shell.arguments = ["-c", resolved(text, ["x": one.value])]
      let output = Pipe()
      shell.standardOutput = output
      try shell.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      shell.waitUntilExit()
      #expect(String(decoding: data, as: UTF8.self) == expected, "\(text)")
    }
  }

  @Test(arguments: [
    ("p '<x>'", "stands in single quotes"), ("p $(q <x>)", "stands in a command substitution"),
    ("p `q <x>`", "stands in a command substitution"),
    ("p \"$(q \"<x>\")\"", "stands in a command substitution"),
    ("cat <<E\n<x>\nE", "stands in a here-document"), ("cat <<'E'\n<x>\nE", "stands in a here-document"),
    ("p # <x>", "stands in a comment"), ("p ${y:-<x>}", "stands in an expansion"),
    ("p $((1 + <x>))", "stands in an expansion"), ("p $'<x>'", "stands in single quotes"),
    ("sh -c \"p <x>\"", "is read again by sh"), ("ssh host p <x>", "is read again by ssh"),
    ("sudo -u pg psql -c \"s '<x>'\"", "is read again by psql"), ("p | sh -c \"<x>\"", "is read again by sh"),
    ("eval p <x>", "is read again by eval"),
  ])
  func refusesWhereNothingCanBeQuoted(_ text: String, _ reason: String) {
    #expect(resolved(text, ["x": "; rm -rf ~"]).contains("x \(reason)"))
    #expect(!resolved(text, ["x": "safe-1"]).hasPrefix("✖"))
  }

  @Test func anOptionIsNoValue() {
    let refusal = "✖ The value of x begins with - and would be read as an option."
    #expect(resolved("rm <x>", ["x": "-rf"]) == refusal)
    #expect(resolved("rm \"<x>\"", ["x": "-rf"]) == refusal)
    #expect(resolved("rm a<x> --n=<x>", ["x": "-rf"]) == "rm a'-rf' --n='-rf'")
    #expect(resolved("rm \"a <x>\"", ["x": "-rf"]) == "rm \"a -rf\"")
    #expect(resolved("p 'a<x>'", ["x": "-1"]) == "p 'a-1'")
  }

  @Test func controlCharactersAreRefused() {
    for value in ["a\u{1B}[201~b", "a\0b", "a\rb", "a\u{7F}", "\u{9B}x"] {
      #expect(resolved("p <x>", ["x": value]).contains("control character"), "\(value.debugDescription)")
    }
  }

  @Test func afterASubstitutionThePlaceIsWhatItWas() {
    #expect(resolved("p $(ssh h) <x>", ["x": "a b"]) == "p $(ssh h) 'a b'")
    #expect(resolved("A=$(b) c<x>", ["x": "a b"]) == "A=$(b) c'a b'")
    #expect(resolved("(a; b) && c <x>", ["x": "a b"]) == "(a; b) && c 'a b'")
    #expect(resolved("cat <<E\ny\nE\np <x>", ["x": "a b"]) == "cat <<E\ny\nE\np 'a b'")
  }

  @Test func secretsAreMaskedWhereTheyAreShown() throws {
    let values: [String: RunValue] = ["k": .secret(Secret("hunter22")), "x": .plain("1")]
    let text = try Resolution.shell("p --key=<k> <x>", values: values).get()
    #expect(text.exact.revealed() == "p --key=hunter22 1")
    #expect(text.shown == "p --key=••• 1")
    #expect(text.holdsSecret)
    #expect(!"\(text)".contains("hunter22"))
    #expect(Resolution.preview("p <k> <y>", values: values) == "p ••• <y>")
  }

  @Test func plainTextIsFilledAsItIs() throws {
    let text = try Resolution.plain(
      "Impact: [What fails]; <b>", values: ["What fails": .plain("a 'b'"), "b": .plain("c")]
    )
    .get()
    #expect(text.shown == "Impact: a 'b'; c")
  }
}
