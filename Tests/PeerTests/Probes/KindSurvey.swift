import Foundation
import Testing

/// Endpoints that are polled by the binary, and compared with how they must be found.
struct KindSurvey {
  let cases: [KindCase]
  let watch: Midwatch

  /// - Parameters:
  ///   - cases: with their ports and addresses filled in.
  ///   - launcher: as with ``Midwatch``.
  init(_ cases: [KindCase], launcher: [String] = []) throws {
    self.cases = cases
    let endpoints = cases.enumerated().map { index, one in
      "  c\(index): {\(one.endpoint), labels: {case: c\(index)}, timeout: \(one.timeout)}\n"
    }
    watch = try Midwatch("endpoints:\n" + endpoints.joined(), launcher: launcher)
  }

  /// Polls them and prints how each was found.
  func check() throws {
    let rows = try watch.rows()
    let series = try Self.byCase(watch.series("{case!=\"\"}"))
    var table = ""
    for (index, one) in cases.enumerated() {
      let row = try #require(rows["c\(index)"])
      let words = [row.reason, row.remark].compactMap { $0 }.joined(separator: " ")
      let head = "\(one.kind) \(one.manner)".padding(toLength: 20, withPad: " ", startingAt: 0)
      table += "\(head) \(row.state) \(words)\n"
      #expect(row.state == one.state, "\(one.kind) \(one.manner): \(one.endpoint): \(words)")
      #expect(
        one.says.isEmpty || words.contains(one.says),
        "\(one.kind) \(one.manner): \(one.endpoint): \(words), which does not say \(one.says)")
      // No escape sequence of theirs reaches a terminal.
      #expect(!words.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }, "\(words)")
      for (name, value) in one.series {
        let found = series["c\(index)"]?[name]
        #expect(
          found != nil && (value == nil || value == found),
          "\(one.endpoint): \(name) is \(String(describing: found)): \(words)")
      }
    }
    print(table + "\(cases.count) endpoints found as they are: \(summary)")
  }

  /// `http: up 1, down 2, …`: a kind without one of the manners would be missed here.
  private var summary: String {
    var kinds: [String] = []
    for one in cases where !kinds.contains(one.kind) { kinds.append(one.kind) }
    return kinds.map { kind in
      let counts = KindCase.Manner.allCases.map { manner in
        let count = cases.count { $0.kind == kind && $0.manner == manner }
        #expect(count > 0, "no \(kind) that is \(manner)")
        return "\(manner) \(count)"
      }
      return "\(kind): \(counts.joined(separator: ", "))"
    }.joined(separator: "; ")
  }

  private static func byCase(_ series: [String: Double]) -> [String: [String: Double]] {
    var all: [String: [String: Double]] = [:]
    for (name, value) in series {
      guard let label = name.firstMatch(of: /case="(c\d+)"/) else { continue }
      all[String(label.1), default: [:]][String(name.prefix { $0 != "{" })] = value
    }
    return all
  }
}
