/// Words that promise nothing.
enum VagueWords {
  private static let phrases = [
    "as soon as possible", "as soon as we can", "soon", "shortly", "asap", "in due course", "momentarily",
    "in the near future", "any minute",
  ]

  /// One warning for each that stands in `text` as whole words; a longer phrase hides the shorter one in it.
  static func findings(in text: String) -> [Finding] {
    var words = " " + text.lowercased().split { !$0.isLetter }.joined(separator: " ") + " "
    var findings: [Finding] = []
    for phrase in phrases where words.contains(" \(phrase) ") {
      findings.append(Finding(.warning, "\"\(phrase)\" promises nothing; name a time."))
      words = words.split(separator: " \(phrase) ", omittingEmptySubsequences: false).joined(separator: " | ")
    }
    return findings
  }
}
