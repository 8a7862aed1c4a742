import Testing

@testable import Patterns

struct RegexTests {
  @Test(arguments: [
    ("api", "api", true), ("api", "api2", false), ("a|b|c", "b", true), ("a|b|c", "ab", false),
    ("web-.*", "web-", true),
    ("web-.+", "web-", false), (".+", "x\ny", true), (".*", "", true), (".+", "", false),
    ("5..", "503", true),
    ("5..", "5033", false), (".*-db", "my-db", true), ("(?i:PRO).*", "production", true), ("", "", true),
    ("", "a", false),
    ("a||b", "", true), ("a.c", "a\nc", true), ("[ab]{2}", "ba", true), ("é|ü", "ü", true),
    ("a\\.b", "a.b", true), ("a\\.b", "axb", false), ("5..|4..", "404", true), ("5..", "5é0", true),
    ("5..", "50", false), ("a.*z", "az", true), ("a.+z", "az", false), ("aba.*ba", "aba", false),
    (".*err.*", "an error", true), (".*err.*", "er", false), (".*.*", "x", true), ("(a|b)", "b", true),
    ("(?:web|db)-.*", "db-1", true), ("(a)(b)", "ab", true), ("(a|b)c|d", "d", true), ("^a$", "a", true),
    ("^a|b$", "b", true), ("a|b-.*", "b-1", true), ("(?i)GET|post", "get", true), ("(?i)GET", "gets", false),
    (".*?x", "aax", true), (".{2}", "éé", true), ("\\d+", "12", true), ("e\u{301}", "\u{e9}", false),
    ("\u{e9}", "e\u{301}", false), ("a\\|b", "a|b", true), ("a\\|b", "a", false),
  ])
  func wholeTextsMatch(pattern: String, text: String, matches: Bool) throws {
    #expect(try Regex(pattern).matches(text) == matches)
  }

  @Test func partsMatchWhenNotAnchored() throws {
    let regex = try Regex("b+", anchored: false)
    #expect(regex.matches("abbc"))
    #expect(regex.firstMatch(in: "abbc")?.ranges == [1..<3])
    #expect(try !Regex("a.c", anchored: false, dotMatchesNewline: false).matches("a\nc"))
  }

  @Test(arguments: ["(", "a**", "[z-a]", "(?<n", "\\p{Nope}", "x{2000}"])
  func badPatternsSayWhy(pattern: String) {
    do {
      _ = try Regex(pattern)
      Issue.record("accepted")
    } catch {
      #expect(!error.reason.isEmpty)
    }
  }

  @Test func groupsMayBeNamedInBothWays() throws {
    let regex = try Regex("(?<host>[^(?<:]+):(?P<port>\\d+)\\(?<?")
    #expect(regex.groupNames == ["host", "port"])
    #expect(regex.matches("db:1(<"))
    #expect(!regex.matches("d(b:1"))
  }

  @Test func groupsHaveNamesAndRanges() throws {
    let regex = try Regex("(?P<host>[^:]+):([0-9]+)(x)?")
    #expect(regex.groupNames == ["host", "", ""])
    #expect(regex.firstMatch(in: "db:5432")?.ranges == [0..<7, 0..<2, 3..<7, nil])
    #expect(regex.firstMatch(in: "db") == nil)
  }

  @Test(arguments: [
    ("(.*):.*", "a:b", "$1", "a"), ("(.*):.*", "a:b", "${1}x", "ax"), ("(.*):.*", "a:b", "$1x", ""),
    ("(?P<h>.*):.*", "a:b", "$h-${h}", "a-a"), ("(.*)", "v", "$$1 $ ${", "$1 $ ${"),
    ("(a)|(b)", "b", "[$1|$2]", "[|b]"),
    ("(.*)", "v", "$0$9", "v"),
  ])
  func templates(pattern: String, text: String, template: String, result: String) throws {
    let regex = try Regex(pattern)
    let match = try #require(regex.firstMatch(in: text))
    #expect(regex.expand(template, match: match, in: text) == result)
  }

  @Test(arguments: [
    ("a(x*)b", "-ab-axxb-", "${1}W", "-W-xxW-"), ("x*", "baaac", "-", "-b-a-a-a-c-"),
    ("a*", "baac", "X", "XbXcX"),
    ("o", "foo bar", "0", "f00 bar"), ("z", "foo", "y", "foo"), ("", "éa", "|", "|é|a|"),
    ("^a", "aaa", "b", "baa"),
  ])
  func everyMatchIsReplaced(pattern: String, text: String, template: String, result: String) throws {
    #expect(try Regex(pattern, anchored: false).replaceAll(in: text, with: template) == result)
  }

  /// What is matched without an automaton is what RE2 would match.
  @Test func shortcutsAgreeWithTheAutomaton() throws {
    var state: UInt64 = 11
    let random = { (limit: Int) -> Int in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(truncatingIfNeeded: state >> 33) % limit
    }
    let pieces = [
      "a", "b", "é", ".", ".*", ".+", "|", "(a|b)", "(?:", ")", "\\.", "5..", "^", "$", "?", "ab",
    ]
    let letters = ["a", "b", "é", ".", "5", "0", "\n"]
    var shortcuts = 0
    for _ in 0..<20_000 {
      let pattern = (0...random(5)).map { _ in pieces[random(pieces.count)] }.joined()
      guard let regex = try? Regex(pattern), regex.shortcut != nil else { continue }
      shortcuts += 1
      // An inline flag that is on anyway keeps the pattern from having a shortcut.
      let automaton = try Regex("(?s)(?:" + pattern + ")")
      try #require(automaton.shortcut == nil)
      for _ in 0..<8 {
        let text = (0..<random(5)).map { _ in letters[random(letters.count)] }.joined()
        #expect(regex.matches(text) == automaton.matches(text), "\(pattern) on \(text.debugDescription)")
      }
    }
    #expect(shortcuts > 2000)
  }

  @Test(arguments: ["(?:a{1000}){1000}", "((a{100}){100}){100}", "x{1001}"])
  func hugePatternsAreRefused(pattern: String) {
    #expect(throws: Regex.BadPattern.self) { try Regex(pattern) }
  }

  @Test func deepAndLongPatternsTrapNothing() throws {
    for depth in [100, 5000, 200_000] {
      let text = String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
      _ = try? Regex(text).matches("a")
    }
    let many = (0..<5000).map { "host-\($0)" }.joined(separator: "|")
    #expect(try Regex(many).matches("host-4999"))
    // Exponential for engines that go back; linear here.
    let text = String(repeating: "a", count: 5000)
    #expect(try !Regex("(a*)*(a|aa)*b").matches(text))
    // The automaton of this one outgrows RE2's memory while it matches.
    let pairs = String(repeating: "ab", count: 2000)
    #expect(try Regex("(?s).*a.{899}").matches(pairs))
    #expect(try !Regex("(?s).*a.{900}").matches(pairs))
  }

  @Test func aGroupIsFoundAlsoWhereMatchingNeedsNoAutomaton() throws {
    let regex = try Regex("(web|db)")
    #expect(regex.matches("db"))
    #expect(regex.firstMatch(in: "db")?.ranges == [0..<2, 0..<2])
    #expect(regex.groupNames == [""])
  }

  @Test func fewKnownTextsAreNamed() throws {
    #expect(try Regex("(?:a|b)").literals == ["a", "b"])
    #expect(try Regex("a\\.b|c").literals == ["a.b", "c"])
    #expect(try Regex("a|b").literals == ["a", "b"])
    #expect(try Regex("a.*").literals == nil)
  }
}
