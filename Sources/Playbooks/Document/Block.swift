/// One thing in a section or a step, in the order of the document.
package indirect enum Block: Equatable, Sendable {
  case step(Step)
  case prose(Prose)
  /// Code that belongs to the step it stands in, or indented code, which is text.
  case code(CodeBlock)
  case table(Table)
  case quote([Block], SourceLines)
  /// A list of links to the document's own headings.
  case navigation([NavigationLink], SourceLines)
  case rule(SourceLines)
  /// HTML, link definitions, and what nests too deep: shown as written.
  case source(String, SourceLines)

  /// Where it stands in the file.
  package var lines: SourceLines {
    switch self {
    case .step(let step): step.lines
    case .prose(let prose): prose.lines
    case .code(let code): code.lines
    case .table(let table): table.lines
    case .quote(_, let lines), .navigation(_, let lines), .rule(let lines), .source(_, let lines): lines
    }
  }
}

/// Lines of a file, 1-based, the last included.
package typealias SourceLines = ClosedRange<Int>

/// A paragraph, or a heading inside a list or a quote.
package struct Prose: Equatable, Sendable {
  package let spans: [Inline]
  package let lines: SourceLines

  package var plain: String { spans.plain }
}

package struct Table: Equatable, Sendable {
  package let header: [[Inline]]
  package let rows: [[[Inline]]]
  package let lines: SourceLines
}

/// An entry of a table of contents.
package struct NavigationLink: Equatable, Sendable {
  package let title: String
  /// Without the `#`.
  package let anchor: String
  /// 0 for the outermost list.
  package let depth: Int
  package let line: Int
}
