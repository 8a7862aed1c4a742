/// Where in a shell text something stands: what it takes to put a value there.
enum ShellPlace: Equatable {
  /// Unquoted. At the start of a word a value that begins with `-` would be read as an option.
  case bare(startsWord: Bool)
  case doubleQuoted(startsWord: Bool)
  case singleQuoted
  /// Within `$(…)` or backticks.
  case substitution
  /// Within `$((…))` or `${…}`.
  case expansion
  case hereDocument
  case comment
  /// In a word that a program of that name reads as code of its own: `sh -c`, `ssh`, `psql`.
  case code(of: String)
}

extension ShellPlace {
  /// How a sentence names it; nil where values can be escaped.
  var refusal: String? {
    switch self {
    case .bare, .doubleQuoted: nil
    case .singleQuoted: "stands in single quotes"
    case .substitution: "stands in a command substitution"
    case .expansion: "stands in an expansion"
    case .hereDocument: "stands in a here-document"
    case .comment: "stands in a comment"
    case .code(let program): "is read again by \(program)"
    }
  }
}
