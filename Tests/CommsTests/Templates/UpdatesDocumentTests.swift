import Foundation
import Testing

@testable import Comms

/// docs/updates.md says what the code does.
struct UpdatesDocumentTests {
  private let text: String = {
    var root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while root.path != "/", !FileManager.default.fileExists(atPath: root.path + "/docs/updates.md") {
      root.deleteLastPathComponent()
    }
    return (try? String(contentsOfFile: root.path + "/docs/updates.md", encoding: .utf8)) ?? ""
  }()

  /// The rows of the table whose first column is called `name`, without its head.
  private func table(_ name: String) -> [[String]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let head = lines.firstIndex(where: { $0.hasPrefix("| \(name) |") }) else { return [] }
    return lines[(head + 2)...].prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }

  @Test func everyFieldIsToldOnce() {
    #expect(table("field") == UpdateFields.known.map { ["`\($0.name)`", $0.says] })
  }

  @Test func everyTopicIsToldOnce() {
    let told = table("topic").compactMap(\.first)
    #expect(Set(told) == Set(Finding.Topic.allCases.map { "`\($0.rawValue)`" }).subtracting(["`inner`"]))
    #expect(Set(told).count == told.count)
  }

  @Test func everyKeyOfATemplateIsTold() {
    let told = table("key").compactMap(\.first)
    #expect(
      told
        == ["audience", "stage", "severity", "channel", "subject", "vague", "limit", "variables"].map {
          "`\($0)`"
        })
  }
}
