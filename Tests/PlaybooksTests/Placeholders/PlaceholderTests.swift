import TestSupport
import Testing

@testable import Playbooks

struct PlaceholderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let certain: [String]
    let suspected: [String]

    init(_ text: String, _ certain: [String] = [], suspected: [String] = []) {
      self.text = text
      self.certain = certain
      self.suspected = suspected
    }

    var testDescription: String { text }
  }

  static let shell = [
    Case("a --project=fluxori-<environment>", ["environment"]),
    Case("a gs://[backup-bucket]/[backup-path]", ["backup-bucket", "backup-path"]),
    Case("curl {{base}}/health {{ x.y }}", ["base", "x.y"]),
    Case("a --to <REVISION_ID>=100", ["REVISION_ID"]),
    Case("mv <dir>/x y", ["dir"]),
    Case("https://app.<environment>.fluxori.com", ["environment"]),
    Case("a <größe>", ["größe"]),
    Case("a restore PROJECT_ID BACKUP_ID", suspected: ["PROJECT_ID", "BACKUP_ID"]),
    Case("a --to-revisions PREVIOUS_REVISION=100", suspected: ["PREVIOUS_REVISION"]),
    Case("grep \"userId:USER_ID\" logs/", suspected: ["USER_ID"]),
    Case("a gs://x/YYYY-MM-DD/y YYYYMMDD-HHMMSS.md", suspected: ["YYYY-MM-DD", "YYYYMMDD-HHMMSS"]),
    Case("a YOUR_TOKEN CHANGEME", suspected: ["YOUR_TOKEN", "CHANGEME"]),
    Case("vercel rollback [deployment]", suspected: ["deployment"]),
    // What is none.
    Case("a activeRevisions[0] conditions[*] points[0].x"),
    Case("rate(x[5m]) sum(y[1h:5m]) [$window]"),
    Case("cat > f << EOF"),
    Case("cat <<EOF"),
    Case("cat <<-EOF <<'EOF'"),
    Case("wc <<< LATEST"),
    Case("update-traffic api --to-revisions LATEST=100"),
    Case("a <in >out 2>&1"),
    Case("sort <in>out"),
    Case("sort < in > out"),
    Case("diff <(a) <(b) >(c)"),
    Case("a -d '{\"m\": [\"GET\", \"POST\"]}'"),
    Case("jq '.a[] | .b[0] | .[\"c\"]'"),
    Case("grep '[a-z]*[0-9] [[:space:]] [^ab]' [abc]*"),
    Case("[ -f x ] && [[ $a == b ]]"),
    Case("echo ${USER_ID} $PROJECT_ID ${x[1]}"),
    Case("PROJECT_ID=1 USER_ID=2 run"),
    Case("export PROJECT_ID=1"),
    Case("docker run -e PROJECT_ID=1 x"),
    Case("docker ps --format '{{.Names}} {{json .}} {{end}} {{range .X}}'"),
    Case("echo '<html><b>x</b></html>' '<br>'"),
    Case("grep CRITICAL_PURCHASE_ERROR HIGH_LATENCY ERROR HTTP_500"),
    Case("date +%Y-%m-%d; ls | tail -20; a@b.com"),
    Case("awk '{print $NF}' <file"),
    Case("xPROJECT_ID PROJECT_IDx process.env.REDIS_URL"),
    Case("rate > 0.05 and x < 3"),
  ]

  @Test(arguments: shell)
  func findsInShell(_ one: Case) {
    let found = PlaceholderScanner.placeholders(in: one.text)
    #expect(found.filter { $0.certainty == .certain }.map(\.name) == one.certain)
    #expect(found.filter { $0.certainty == .suspected }.map(\.name) == one.suspected)
  }

  @Test func declaredWordsAreCertain() {
    let declared: Set<String> = ["USER_ID", "USER", "environment", "SecurePassword123", "ops@example.com"]
    func names(_ text: String) -> [String] {
      PlaceholderScanner.placeholders(in: text, declared: declared).map(\.name)
    }
    #expect(names("a USER_ID USER USERS xUSER USER-1") == ["USER_ID", "USER", "USER"])
    #expect(names("a --environment=<environment>") == ["environment"])
    #expect(
      names("a --password=SecurePassword123 ops@example.com") == ["SecurePassword123", "ops@example.com"])
    #expect(names("a $USER ${USER} USER=x") == ["USER"])
    #expect(names("node -e 'x(process.env.USER_ID, env.USER_ID)'") == ["USER_ID"])
    #expect(names("USER=x a").isEmpty)
  }

  @Test func textHasLooserBrackets() {
    let found = PlaceholderScanner.placeholders(
      in: "Subject: [Severity] - [Brief Description] [Date + 30 days] [x](y) [0] <Link to page>",
      context: .text)
    #expect(found.map(\.name) == ["Severity", "Brief Description", "Date + 30 days", "Link to page"])
  }

  @Test func placesNeverOverlapAndSpellWhatIsWritten() {
    var random = SplitMix64(seed: 7)
    let pieces = ["<", ">", "[", "]", "{{", "}}", "a-b", "USER_ID", "YYYY-MM", " ", "=", "$", "é", "\n", "'"]
    for _ in 0..<500 {
      let text = (0..<20).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      var end = 0
      for one in PlaceholderScanner.placeholders(in: text, declared: ["a-b", "USER"]) {
        #expect(one.bytes.lowerBound >= end)
        #expect(String(decoding: Array(text.utf8)[one.bytes], as: UTF8.self) == one.written)
        end = one.bytes.upperBound
      }
    }
  }
}
