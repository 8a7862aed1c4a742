/// Heading anchors as GitHub makes them.
struct AnchorMaker {
  private var uses: [String: Int] = [:]

  /// Lower case; letters, digits, marks, `_` and `-` stay, spaces become `-`, all else goes; a repeated one
  /// gets `-1`, `-2` (the rules of the github-slugger package, observed on GitHub).
  mutating func anchor(for heading: String) -> String {
    var slug = ""
    for scalar in heading.lowercased().unicodeScalars {
      if scalar == " " {
        slug += "-"
      } else if Self.stays(scalar) {
        slug.unicodeScalars.append(scalar)
      }
    }
    let base = slug
    while let count = uses[slug] {
      uses[base, default: 0] = (uses[base] ?? count) + 1
      slug = "\(base)-\(uses[base] ?? 1)"
    }
    uses[slug] = 0
    return slug
  }

  private static func stays(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "-" || scalar == "_" { return true }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .enclosingMark,
      .connectorPunctuation:
      return true
    default: return false
    }
  }
}
