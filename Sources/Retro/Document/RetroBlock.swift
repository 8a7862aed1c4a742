import Values

/// A piece of a section, for every format to show in its own way.
package indirect enum RetroBlock: Equatable, Sendable {
  case paragraph(String)
  /// What a reader must not miss: times out of order, lines left out.
  case warning(String)
  /// Names and what they are, such as `severity` and `S1`.
  case facts([RetroFact])
  case list([String])
  case table(RetroTable)
  /// Text kept to the letter, such as a command's output; the language is that of a fence.
  case verbatim(String, language: String)
  /// Markdown that a person wrote for this retro; raw HTML and scripts in it are not kept.
  case written(String)
  /// Who said what, in order.
  case conversation([RetroMessage])
  case chart(SeriesChart)
  /// Blocks under a heading of their own.
  case group(title: String, [RetroBlock])
}

/// A name and what it is.
package struct RetroFact: Equatable, Sendable {
  package var name: String
  package var text: String

  package init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }
}

/// One thing that somebody said.
package struct RetroMessage: Equatable, Sendable {
  package var at: Instant
  package var who: String
  /// Read by the customer, too; internal if not.
  package var isPublic: Bool
  package var text: String

  package init(at: Instant, who: String, isPublic: Bool, text: String) {
    self.at = at
    self.who = who
    self.isPublic = isPublic
    self.text = text
  }
}

/// Rows under headings.
package struct RetroTable: Equatable, Sendable {
  package struct Cell: Equatable, Sendable, ExpressibleByStringLiteral {
    package var text: String
    /// Taken back: shown struck through.
    package var isStruck: Bool

    package init(_ text: String, isStruck: Bool = false) {
      self.text = text
      self.isStruck = isStruck
    }

    package init(stringLiteral text: String) { self.init(text) }
  }

  package var caption: String
  package var headings: [String]
  /// Each as long as `headings`.
  package var rows: [[Cell]]
  /// By what links name each row, such as `event-1042`: letters, digits and `-`; none where nothing links to them.
  package var anchors: [String]

  package init(caption: String, headings: [String], rows: [[Cell]], anchors: [String] = []) {
    self.caption = caption
    self.headings = headings
    self.rows = rows
    self.anchors = anchors
  }
}
