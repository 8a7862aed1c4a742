import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The cells of a flat OpenDocument sheet.
final class FlatSheet: NSObject, XMLParserDelegate {
  private(set) var rows: [[String]] = []
  private(set) var formulas = 0
  private var paragraphs: [String] = []
  private var isInCell = false
  private var isInParagraph = false

  /// Nil when it is not well formed.
  init?(_ data: Data) {
    super.init()
    let parser = XMLParser(data: data)
    parser.delegate = self
    guard parser.parse() else { return nil }
    while rows.last?.isEmpty == true { rows.removeLast() }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    switch name {
    case "table:table-row": rows.append([])
    case "table:table-cell":
      (isInCell, paragraphs) = (true, [])
      if attributes["table:formula"] != nil { formulas += 1 }
    case "text:p":
      paragraphs.append("")
      isInParagraph = true
    case "text:s": add(String(repeating: " ", count: attributes["text:c"].flatMap(Int.init) ?? 1))
    default: break
    }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?)
  {
    if name == "text:p" { isInParagraph = false }
    guard name == "table:table-cell", isInCell else { return }
    isInCell = false
    if !rows.isEmpty, !paragraphs.isEmpty { rows[rows.count - 1].append(paragraphs.joined(separator: "\n")) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if isInCell, isInParagraph { add(string) }
  }

  private func add(_ text: String) {
    guard !paragraphs.isEmpty else { return }
    paragraphs[paragraphs.count - 1] += text
  }
}
