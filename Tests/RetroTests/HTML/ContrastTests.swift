import Foundation
import Retro
import Testing

/// Colours of pages by the formula of WCAG 2.1: 4.5 to 1 for text (1.4.3), 3 to 1 for lines and signs (1.4.11).
@Suite struct ContrastTests {
  /// What stands on what.
  private static let texts = [
    ("ink", "paper"), ("ink", "soft"), ("ink", "mind"), ("ink", "quiet"), ("dim", "paper"), ("dim", "soft"),
    ("dim", "quiet"), ("link", "paper"), ("link", "soft"), ("link", "mind"), ("alarm", "paper"),
  ]
  private static let signs = [
    ("edge", "mind"), ("line0", "paper"), ("line1", "paper"), ("line2", "paper"), ("line3", "paper"),
    ("shade", "paper"), ("dim", "paper"),
  ]

  @Test(arguments: [false, true]) func textAndSignsStandOut(isDark: Bool) throws {
    let template = try #require(BuiltInRetroTemplates.template("midwatch"))
    let colours = Self.colours(Story.richReport().document().html(template), isDark: isDark)
    for (names, least) in [(Self.texts, 4.5), (Self.signs, 3)] {
      for (front, back) in names {
        for one in try #require(colours[front]) {
          for other in try #require(colours[back]) {
            let ratio = Self.ratio(one, other)
            #expect(ratio >= least, "\(front) \(one) on \(back) \(other): \(ratio)")
          }
        }
      }
    }
  }

  @Test func theFormulaIsTheirs() {
    #expect(abs(Self.ratio("000000", "ffffff") - 21) < 1e-9)
    #expect(abs(Self.ratio("777777", "ffffff") - 4.478) < 0.001)
  }

  /// By name, of the page and of the charts in it: on a dark screen what is said for that.
  private static func colours(_ html: String, isDark: Bool) -> [String: Set<String>] {
    let style = html.components(separatedBy: "<style>").last?.components(separatedBy: "</style>").first ?? ""
    var colours: [Bool: [String: Set<String>]] = [:]
    for (index, part) in style.components(separatedBy: "(prefers-color-scheme: dark) {").enumerated() {
      // Behind the brace that ends it, what is said is for every screen again.
      for (place, piece) in part.components(separatedBy: "\n}\n").enumerated() {
        for match in piece.matches(of: /--([a-z0-9]+): #([0-9a-f]{6});/) {
          colours[index > 0 && place == 0, default: [:]][String(match.1), default: []].insert(String(match.2))
        }
      }
    }
    return colours[isDark] ?? [:]
  }

  private static func ratio(_ one: String, _ other: String) -> Double {
    let bright = [luminance(one), luminance(other)].sorted()
    return (bright[1] + 0.05) / (bright[0] + 0.05)
  }

  private static func luminance(_ colour: String) -> Double {
    let parts = [0, 2, 4].map { start -> Double in
      let share = Double(Int(colour.dropFirst(start).prefix(2), radix: 16) ?? 0) / 255
      return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
