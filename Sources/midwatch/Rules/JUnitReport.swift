import Values

/// Results as the XML that continuous integration reads.
struct JUnitReport {
  struct Suite {
    let name: String
    let cases: [Case]
  }

  struct Case {
    let name: String
    /// Empty: it passed.
    let failures: [String]
  }

  let suites: [Suite]

  var text: String {
    var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites>"]
    for suite in suites {
      let failures = suite.cases.count { !$0.failures.isEmpty }
      lines.append(
        "  <testsuite name=\"\(Self.escaped(suite.name))\" tests=\"\(suite.cases.count)\""
          + " failures=\"\(failures)\" errors=\"0\">")
      for one in suite.cases {
        let name = "    <testcase name=\"\(Self.escaped(one.name))\""
        guard !one.failures.isEmpty else {
          lines.append(name + "/>")
          continue
        }
        lines.append(name + ">")
        let text = Self.escaped(one.failures.joined(separator: "\n"))
        lines.append("      <failure message=\"\(one.failures.count) failed\">\(text)</failure>")
        lines.append("    </testcase>")
      }
      lines.append("  </testsuite>")
    }
    return (lines + ["</testsuites>"]).joined(separator: "\n")
  }

  /// XML 1.0 has no place for most control characters, not even escaped.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || (0xFFFE...0xFFFF).contains(scalar.value): escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
