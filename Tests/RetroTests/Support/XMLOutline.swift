import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What an XML parser that is not ours finds in a text.
final class XMLOutline: NSObject, XMLParserDelegate {
  private(set) var elements: [String] = []
  private(set) var attributes: [(name: String, value: String)] = []
  /// The text of each element that has some.
  private(set) var texts: [String] = []
  private var current = ""

  var text: String { texts.joined(separator: "\n") }

  /// Nil when it is not well formed.
  init?(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes found: [String: String]
  ) {
    close()
    elements.append(name)
    attributes += found.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?)
  {
    close()
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { current += string }

  private func close() {
    if !current.allSatisfy(\.isWhitespace) { texts.append(current) }
    current = ""
  }
}
