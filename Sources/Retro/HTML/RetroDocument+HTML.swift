import Playbooks
import Values

/// What a page is read on.
package enum RetroPage: Sendable {
  /// Any screen, light or dark; what is long is folded away, and a browser prints it well, too.
  case screen
  /// Paper: light, everything open.
  case print
}

/// A retro as one HTML file that needs nothing else: no network, no script, its style within.
extension RetroDocument {
  /// By the same template as the Markdown: the frame around the sections is Markdown made HTML, each section's own
  /// HTML stands in its place.
  package func html(_ template: RetroTemplate, for page: RetroPage = .screen) -> String {
    let sign = Self.sign(in: self.template(template))
    let shown = sections.filter { !$0.blocks.isEmpty }
    let text = template.filled(with: self) { section in
      shown.firstIndex { $0.id == section.id }.map { "\n\n\(sign)\($0)e\n\n" } ?? ""
    }
    let frame = MarkdownHTML.html(text, highest: 1, after: 1, dropsComments: true)
    var body = PageBody(sections: shown, sign: sign, isOpen: page == .print)
    body.read(frame)
    return PageFrame(document: self, body: body, page: page).text
  }

  /// Letters and digits that are nowhere in the frame, so that nobody's text stands for a section.
  static func sign(in text: String) -> String {
    var number = 0
    while text.contains("q\(number)section") { number += 1 }
    return "q\(number)section"
  }

  /// The template with its values, without sections, and the title.
  func template(_ template: RetroTemplate) -> String { template.filled(with: self) { _ in "" } + title }
}
