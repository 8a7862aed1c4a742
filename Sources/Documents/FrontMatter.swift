import Values

/// A Markdown file's optional YAML front matter, and the text after it.
package struct FrontMatter: Sendable {
  package let document: YAMLDocument?
  package let body: String
  /// The line of the file on which the body begins, 1-based.
  package let bodyLine: Int

  /// A file has front matter when its first line is exactly `---` and another such line follows; a first
  /// line that merely begins with dashes is text.
  package init(_ text: String, file: String, problems: inout [Problem]) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    func isFence(_ line: Substring) -> Bool { line == "---" || line == "---\r" }
    guard let first = lines.first, isFence(first),
      let end = lines.dropFirst().firstIndex(where: isFence)
    else {
      document = nil
      body = text
      bodyLine = 1
      return
    }
    document = YAMLDocument(
      lines[1..<end].joined(separator: "\n"), file: file, firstLine: 2, problems: &problems)
    body = lines[(end + 1)...].joined(separator: "\n")
    bodyLine = end + 2
  }
}
