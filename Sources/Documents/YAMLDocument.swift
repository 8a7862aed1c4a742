import Values

/// YAML documents as nodes with positions, read by libyaml, never by plain `Decodable`.
///
/// Strict: a key that stands twice in a mapping is an error. Aliases and merge keys are resolved;
/// ``maximumNodes`` bounds what a hostile file can make of them.
package struct YAMLDocument: Sendable {
  package let root: YAMLNode?
  package let file: String

  /// Nodes that a document may have at most; aliases count each time they are used.
  static let maximumNodes = 2_000_000

  /// Reads the first document of `text`; ``root`` is nil when there is none or when it has no syntax.
  ///
  /// A second one is a warning, and is not read.
  ///
  /// - Parameters:
  ///   - firstLine: the line of the file on which `text` begins (front matter does not begin at 1).
  ///   - handOver: takes parts of the document early; whether the whole is sound is not known by then.
  package init(
    _ text: String, file: String, firstLine: Int = 1, handOver: YAMLHandOver? = nil,
    problems: inout [Problem]
  ) {
    let found = Self.read(
      text, file: file, firstLine: firstLine, onlyFirst: true, handOver: handOver, problems: &problems)
    self.init(root: found.first, file: file)
  }

  private init(root: YAMLNode?, file: String) {
    self.root = root
    self.file = file
  }

  /// Reads all documents of `text`, in their order; empty ones are left out.
  package static func all(_ text: String, file: String, problems: inout [Problem]) -> [YAMLDocument] {
    read(text, file: file, firstLine: 1, onlyFirst: false, problems: &problems)
      .filter { !$0.isNull }.map { YAMLDocument(root: $0, file: file) }
  }

  private static func read(
    _ text: String, file: String, firstLine: Int, onlyFirst: Bool, handOver: YAMLHandOver? = nil,
    problems: inout [Problem]
  ) -> [YAMLNode] {
    var text = text
    var roots: [YAMLNode] = []
    var found: [Problem] = []
    text.withUTF8 { bytes in
      var composer = YAMLComposer(
        bytes, lineOffset: firstLine - 1, budget: maximumNodes, handOver: handOver)
      do throws(YAMLComposer.Failure) {
        while let start = try composer.nextDocument() {
          if onlyFirst, !roots.isEmpty {
            found.append(
              Problem(
                "a second document begins in this file, and only the first counts",
                remedy: "move it to a file of its own", file: file, at: start, weight: .warning))
            break
          }
          roots.append(try composer.compose())
        }
      } catch {
        // What follows the document that counts is not read, here as in Prometheus.
        let isBehind = onlyFirst && !roots.isEmpty
        found.append(
          Problem(
            "\(isBehind ? "what follows the first document" : "this") is not YAML: \(error.what)",
            remedy: isBehind ? "remove it" : "correct it", file: file, at: error.position,
            weight: isBehind ? .warning : .error))
      }
      for (key, position) in composer.duplicates {
        found.append(
          Problem(
            "this is not YAML: the key \"\(Inert.terminal(key))\" stands twice in one mapping",
            remedy: "remove one of them", file: file, at: position))
      }
    }
    problems += found
    return found.contains { $0.weight == .error } ? [] : roots
  }
}
