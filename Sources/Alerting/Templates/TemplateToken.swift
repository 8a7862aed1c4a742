/// One token of a template, and the byte at which it begins.
struct TemplateToken {
  enum Kind: Equatable {
    case text(String)
    case leftDelimiter, rightDelimiter
    case boolean(Bool)
    case number(String)
    case character(Int)
    case string(String)
    /// `.name`, without the dot.
    case field(String)
    case identifier(String)
    case keyword(TemplateKeyword)
    /// `$name`, with the dollar.
    case variable(String)
    case dot, null
    case declare, assign, pipe, comma
    case leftParenthesis, rightParenthesis
    case space
    case end
  }

  let kind: Kind
  let offset: Int

  /// How messages name it.
  var spelling: String {
    switch kind {
    case .text: "text"
    case .leftDelimiter: "{{"
    case .rightDelimiter: "}}"
    case .boolean(let value): "\(value)"
    case .number(let text): text
    case .character: "a character"
    case .string(let text): "\"\(text)\""
    case .field(let name): "." + name
    case .identifier(let name), .variable(let name): name
    case .keyword(let word): word.rawValue
    case .dot: "."
    case .null: "nil"
    case .declare: ":="
    case .assign: "="
    case .pipe: "|"
    case .comma: ","
    case .leftParenthesis: "("
    case .rightParenthesis: ")"
    case .space: "a space"
    case .end: "the end of the template"
    }
  }
}

/// The words that Go's template language keeps for itself.
enum TemplateKeyword: String {
  case `if`, `else`, end, range, with, define, template, block, `break`, `continue`
}
