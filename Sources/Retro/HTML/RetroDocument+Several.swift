import Playbooks
import Values

/// Several retros as one page.
extension RetroDocument {
  /// One after the other, each by the template and below a heading of its own; empty without any. All of one journal.
  package static func html(
    _ documents: [RetroDocument], _ template: RetroTemplate, for page: RetroPage = .screen
  ) -> String {
    guard let first = documents.first else { return "" }
    guard documents.count > 1 else { return first.html(template, for: page) }
    let title = "\(documents.count) incidents"
    let sign = sign(in: documents.map { $0.template(template) }.joined() + title)
    var sections: [RetroSection] = []
    var frame = MarkdownHTML.html("# \(title)\n", highest: 1, after: 0)
    for document in documents {
      let text = template.filled(with: document) { section in
        sections.append(section)
        return "\n\n\(sign)\(sections.count - 1)e\n\n"
      }
      frame += MarkdownHTML.html(text, highest: 2, after: 1, dropsComments: true)
    }
    var body = PageBody(sections: sections, sign: sign, isOpen: page == .print)
    body.read(frame)
    let whole = RetroDocument(title: title, sections: [], stamp: first.stamp, made: first.made)
    return PageFrame(document: whole, body: body, page: page).text
  }
}
