import Values

/// The templates that are always there.
package enum BuiltInRetroTemplates {
  /// Ours, and the section sets that PagerDuty's and Google's published templates have; the words are ours.
  package static let texts: [(name: String, text: String)] = [
    ("midwatch", midwatch), ("pagerduty", pagerDuty), ("google", google),
  ]

  package static let names = texts.map(\.name)

  /// The one of that name.
  package static func template(_ name: String) -> RetroTemplate? {
    var problems: [Problem] = []
    return texts.first { $0.name == name }.flatMap {
      RetroTemplate($0.text, name: name, file: "built in, \(name)", problems: &problems)
    }
  }
}
