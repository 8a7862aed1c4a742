/// A fenced or indented block of code.
package struct CodeBlock: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// Shell commands that could run.
    case commands
    /// Shell, but only comments and assignments: something a person does by hand.
    case manual
    /// To read or copy.
    case text
  }

  package let kind: Kind
  /// The first word after the fence, lower case; nil when there is none.
  package let language: String?
  /// Everything after the fence, attributes included.
  package let info: String
  /// Without the fences and without the indentation of the item it stands in.
  package let text: String
  /// Complete commands, in order; empty for text.
  package let commands: [Command]
  /// The fences included.
  package let lines: SourceLines
}

/// One complete command: what runs, or is copied, at once.
package struct Command: Equatable, Sendable {
  /// The comment above it; nil when there is none.
  package let title: String?
  /// Exactly as written, continuations and here-documents included.
  package let text: String
  /// The line of the file on which it begins.
  package let line: Int
  /// Sets variables and starts nothing.
  package let isAssignment: Bool
  /// Why it cannot run as it stands (a quote that stays open); nil when it is complete.
  package let flaw: String?

  package init(title: String?, text: String, line: Int, isAssignment: Bool = false, flaw: String? = nil) {
    self.title = title
    self.text = text
    self.line = line
    self.isAssignment = isAssignment
    self.flaw = flaw
  }
}
