import Foundation
import Terminal
import Testing
import Values

@Suite("Shipped themes")
struct ShippedThemesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../themes").standardizedFileURL

  private static func text(_ name: String) -> String? {
    try? String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
  }

  static let names = ["light", "high-contrast", "deuteranopia", "tritanopia", "sixteen"]

  private func theme(_ name: String) throws -> Theme {
    var problems: [Problem] = []
    let theme = Theme.parse(
      try #require(Self.text(name)), file: "\(name).yaml", find: Self.text, problems: &problems)
    #expect(problems.isEmpty, "\(problems)")
    return try #require(theme)
  }

  @Test("reads without a problem, with all slots", arguments: names)
  func reads(_ name: String) throws {
    #expect(try theme(name).looks.count == Slot.allCases.count)
  }

  @Test(
    "a page, a selected row and what is down differ from plain text at any number of colours",
    arguments: names, [8, 16, 256, 1 << 24])
  func differs(_ name: String, _ colours: Int) throws {
    let theme = try theme(name)
    func drawn(_ style: Style) -> Look.Drawn { theme.look(of: style).drawn(ofColours: colours) }
    for style in [Style.page, .warn, .down, .due, .key, .text.selected, .warn.selected] {
      #expect(drawn(style) != drawn(.text), "\(style)")
    }
    for style in [Style.warn, .down, .up, .dim] { #expect(drawn(style.selected) != drawn(style), "\(style)") }
  }

  @Test("sixteen uses the terminal's own palette, and never 8")
  func sixteen() throws {
    for look in try theme("sixteen").looks.values {
      for colour in [look.foreground, look.background] {
        guard let colour else { continue }
        let isOwn = (0..<16).contains { $0 != 8 && colour == .indexed($0) }
        #expect(isOwn || colour == .terminal, "\(colour)")
      }
    }
  }
}
