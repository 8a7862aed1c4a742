/// A rule file with one thing changed that a unit test has to notice.
struct RuleMutation: CustomStringConvertible {
  /// The rule that is changed.
  let rule: String
  let description: String
  /// The whole file.
  let rules: String

  /// What has to be noticed: each rule gone, each comparison of an alert with and without equality, each `for` and
  /// each window of a range shorter and longer.
  static func all(of rules: String) -> [RuleMutation] {
    let lines = rules.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var found: [RuleMutation] = []
    for (start, line) in lines.enumerated() {
      guard let match = line.firstMatch(of: /^ *- (alert|record): (.+)$/) else { continue }
      let indent = line.prefix { $0 == " " }.count
      let end =
        lines[(start + 1)...].firstIndex { !$0.hasPrefix(String(repeating: " ", count: indent + 1)) }
        ?? lines.endIndex
      let rule = String(match.2)
      func add(_ description: String, _ change: (inout [String]) -> Void) {
        var changed = lines
        change(&changed)
        found.append(
          RuleMutation(
            rule: rule, description: "\(rule) \(description)", rules: changed.joined(separator: "\n")))
      }
      add("is gone") { $0.removeSubrange(start..<end) }
      for index in start..<end {
        for (what, text) in changes(of: lines[index], isAlert: match.1 == "alert") {
          add(what) { $0[index] = text }
        }
      }
    }
    return found
  }

  private static func changes(of line: String, isAlert: Bool) -> [(what: String, line: String)] {
    var found: [(what: String, line: String)] = []
    func change(_ range: Range<String.Index>, to text: String, _ what: String) {
      found.append((what, line.replacingCharacters(in: range, with: text)))
    }
    if line.firstMatch(of: /^ *expr:/) != nil {
      let others = [">": ">=", ">=": ">", "<": "<=", "<=": "<", "==": "!=", "!=": "=="]
      for match in line.matches(of: /\ (>=|<=|==|!=|>|<)\ /) where isAlert {
        let other = others[String(match.1)] ?? ""
        change(match.1.startIndex..<match.1.endIndex, to: other, "compares with \(other)")
      }
      for match in line.matches(of: /\[([0-9]+)([smh])\]/) {
        for length in around(Int(match.1) ?? 0, match.2) {
          change(match.range, to: "[\(length)]", "has the window \(length)")
        }
      }
    }
    if let match = line.firstMatch(of: /^ *for: ([0-9]+)([smh])$/) {
      for length in around(Int(match.1) ?? 0, match.2) {
        change(match.1.startIndex..<match.2.endIndex, to: length, "waits \(length)")
      }
    }
    return found
  }

  /// A minute less and more; of hours half an hour, of seconds five.
  private static func around(_ count: Int, _ unit: Substring) -> [String] {
    let (seconds, step) =
      switch unit {
      case "s": (count, 5)
      case "m": (count * 60, 60)
      default: (count * 3600, 1800)
      }
    return ["\(seconds - step)s", "\(seconds + step)s"]
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
