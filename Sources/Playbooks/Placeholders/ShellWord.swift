/// A value as a piece of shell text.
enum ShellWord {
  /// Characters that mean nothing to a shell wherever they stand.
  static func isHarmless(_ value: String) -> Bool {
    !value.isEmpty && !value.hasPrefix("-")
      && value.utf8.allSatisfy { $0.isNameByte || "./:@%+,=-".utf8.contains($0) }
  }

  /// `value` written so that the shell reads exactly it at `place`, or a sentence that says why not.
  static func written(_ value: String, at place: ShellPlace, name: String) -> Result<String, Objection> {
    if value.unicodeScalars.contains(where: isControl) {
      return .failure(Objection("The value of \(name) holds a control character."))
    }
    switch place {
    case .bare(startsWord: true), .doubleQuoted(startsWord: true):
      if value.hasPrefix("-") {
        return .failure(Objection("The value of \(name) begins with - and would be read as an option."))
      }
    default: break
    }
    if isHarmless(value) { return .success(value) }
    if let refusal = place.refusal {
      // Within a word a leading hyphen is a character like any other.
      if value.hasPrefix("-"), isHarmless("x" + value) { return .success(value) }
      return .failure(
        Objection(
          "\(name) \(refusal), where only letters, digits and _./:@%+,=- are safe; run this step by hand."))
    }
    if case .doubleQuoted = place { return .success(inDoubleQuotes(value)) }
    return .success(inSingleQuotes(value))
  }

  /// Why a value cannot go somewhere, as a whole sentence.
  struct Objection: Error, Equatable {
    let sentence: String

    init(_ sentence: String) {
      self.sentence = sentence
    }
  }

  private static func inSingleQuotes(_ value: String) -> String {
    "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// Backslashes before what is special in double quotes (POSIX 2.2.3). `!` cannot be escaped there for an
  /// interactive shell, so a value with one leaves the quotes for single ones.
  private static func inDoubleQuotes(_ value: String) -> String {
    if value.contains("!") { return "\"" + inSingleQuotes(value) + "\"" }
    var escaped = ""
    for character in value {
      if "\\\"$`".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }

  /// Newlines and tabs are text when quoted; the others could talk to a terminal that the text is pasted to.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || (0x7F..<0xA0).contains(scalar.value)
  }
}
