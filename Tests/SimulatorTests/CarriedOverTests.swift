import Foundation
import Testing

/// Ensei's folder is whole: every command of its document stands in it to the letter, with variables for the
/// host and the project. The document lies beside the checkout and is not part of it.
@Suite struct CarriedOverTests {
  private static let seeds = Bundled.playbooks.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/seeds")

  private static var document: String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: seeds.path)) ?? []
    return names.first { $0.hasPrefix("001_") }
      .flatMap { try? String(contentsOf: seeds.appending(path: $0), encoding: .utf8) }
  }

  /// Lines of `bash` fences, without comments.
  private static func commands(_ document: String) -> [String] {
    document.components(separatedBy: "```bash\n").dropFirst()
      .flatMap { ($0.components(separatedBy: "```").first ?? "").split(separator: "\n") }
      .filter { !$0.hasPrefix("#") }
      .map {
        String($0).replacing(/https:\/\/[^\/ ]+/, with: "{{base}}")
          .replacing(/--project [a-z0-9-]+/, with: "--project {{FIREBASE_PROJECT}}")
      }
  }

  @Test(.enabled(if: document != nil, "the documents of the five systems are not beside this checkout"))
  func everyCommandOfEnseisDocumentIsInItsFolder() throws {
    let commands = Self.commands(try #require(Self.document))
    #expect(commands.count > 25)
    let folder = try Bundled.files(ending: ".md").filter { $0.hasPrefix("ensei-packs/") }.map(Bundled.text)
      .joined().replacing("--project ensei-6c8e0", with: "--project {{FIREBASE_PROJECT}}")
    for command in commands {
      #expect(folder.contains(command))
    }
  }

  /// The figures of the five lines, as the rules compare with them.
  @Test func everyThresholdOfEnseisDocumentIsInItsRules() throws {
    let rules = try Bundled.text("ensei-packs/rules.yaml")
    let alerts = rules.components(separatedBy: "- alert: ").dropFirst()
    let comparisons = alerts.map { alert -> String in
      let lines = alert.split(separator: "\n").map { $0.drop { $0 == " " } }
      let name = lines.first ?? ""
      let expr = lines.first { $0.hasPrefix("expr: ") } ?? ""
      let level = lines.first { $0.hasPrefix("labels: ") } ?? ""
      // A window stands in the expression, or in the name of what was counted in it.
      let windows = expr.matches(of: /(\[|:increase)([0-9]+m)/).map { String($0.2) }
      let threshold = expr.matches(of: /(>=|>|<) (.*)$/).last.map { "\($0.1) \($0.2)" } ?? ""
      return "\(name) \(threshold) \(Set(windows).sorted().joined()) \(level.dropFirst(8))"
    }
    #expect(
      comparisons == [
        "PackErrorRateWarn >= 0.02 5m {severity: warn}",
        "PackErrorRatePage >= 0.05 5m {severity: page}",
        "PackReadsSlow > 0.8 5m {severity: warn}",
        "PackPurchasesSlow > 1.5 5m {severity: warn}",
        "PackColdStarts > 3 * pack_cold_starts:baseline10m 10m {severity: warn}",
        "PackPurchaseSuccessLow < 0.95 30m {severity: page}",
        "PackDuplicatePurchases > 0.03 30m {severity: warn}",
      ])
  }
}
