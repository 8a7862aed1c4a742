import Values

/// A Markdown file's optional YAML front matter, and the text after it.
package struct FrontMatter: Sendable {
  package let document: YAMLDocument?
  package let body: String
  /// The line of the file on which the body begins, 1-based.
  package let bodyLine: Int

  /// A file has front matter when its first line is exactly `---` and another such line follows; a first
  /// line that merely begins with dashes is text.
  ///
  /// Line ends (LF, CRLF, CR) become LF and a byte order mark goes, in the body too.
  package init(_ text: String, file: String, problems: inout [Problem]) {
    let unmarked = text.first == "\u{FEFF}" ? text.dropFirst() : text[...]
    let lines = unmarked.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    guard let first = lines.first, first == "---",
      let end = lines.dropFirst().firstIndex(of: "---")
    else {
      document = nil
      body = lines.joined(separator: "\n")
      bodyLine = 1
      return
    }
    document = YAMLDocument(
      lines[1..<end].joined(separator: "\n"), file: file, firstLine: 2, problems: &problems)
    body = lines[(end + 1)...].joined(separator: "\n")
    bodyLine = end + 2
  }
}
