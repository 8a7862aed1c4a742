/// What a page of metrics said.
package struct Scrape: Sendable {
  package var samples: [ScrapedSample] = []
  /// By metric family, the word after `# TYPE`: `counter`, `gauge`, `histogram`, `summary`, `untyped`, ...
  package var types: [String: String] = [:]
  package var help: [String: String] = [:]
  /// How many samples named a series that an earlier line had named already; the first one counts.
  package var duplicates = 0

  package init() {}
}

/// One line of a page; a timestamp in milliseconds only when the line had one.
package typealias ScrapedSample = Sample

/// Why a page cannot be used: one bad line fails the whole of it.
package struct ExpositionError: Error, Hashable, Sendable {
  /// 1-based.
  package let line: Int
  /// A whole sentence about the line.
  package let what: String

  package init(line: Int, what: String) {
    self.line = line
    self.what = what
  }
}

extension ExpositionError: CustomStringConvertible {
  package var description: String { "line \(line): \(what)" }
}
