import Patterns
import Testing

struct RegexTests {
  @Test(arguments: [
    ("api", "api", true), ("api", "api2", false), ("a|b|c", "b", true), ("a|b|c", "ab", false),
    ("web-.*", "web-", true),
    ("web-.+", "web-", false), (".+", "x\ny", true), (".*", "", true), (".+", "", false),
    ("5..", "503", true),
    ("5..", "5033", false), (".*-db", "my-db", true), ("(?i:PRO).*", "production", true), ("", "", true),
    ("", "a", false),
    ("a||b", "", true), ("a.c", "a\nc", true), ("[ab]{2}", "ba", true), ("é|ü", "ü", true),
    ("a\\.b", "a.b", true),
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

  @Test func fewKnownTextsAreNamed() throws {
    #expect(try Regex("a|b").literals == ["a", "b"])
    #expect(try Regex("a.*").literals == nil)
  }
}
