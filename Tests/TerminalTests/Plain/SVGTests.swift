import Foundation
import Terminal
import Testing

@Suite("SVG")
struct SVGTests {
  @Test("a picture is well formed and has every word, in its colour")
  func picture() throws {
    var frame = Frame(width: 20, height: 2)
    frame.put([("● PAGE", .page), (" a<b & \u{1B}", .text)], at: .zero)
    frame.put("日本", at: Point(x: 0, y: 1), style: .warn.selected)
    let svg = frame.svg(theme: .dark)
    #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains(##"fill="#b41e2d""##))
    #expect(svg.contains(##"width="36" height="19" fill="#2b3a55""##))
    #expect(svg.contains(">● PAGE</text>"))
    #expect(svg.contains("a&lt;b &amp; ␛"))
    #expect(svg.matches(of: /<text[ >]/).count == svg.matches(of: /<\/text>/).count)
  }
}
