import Values

/// Fills placeholders in one pass: a value is never searched for placeholders again.
package enum Resolution {
  /// `text` as shell, each value quoted for the place it goes to.
  ///
  /// - Parameters:
  ///   - values: by placeholder name. A suspected word that stands for itself has itself as its value.
  ///   - declared: names that count as placeholders without brackets.
  package static func shell(_ text: String, values: [String: RunValue], declared: Set<String> = [])
    -> Result<ResolvedText, Unresolved>
  {
    let placeholders = PlaceholderScanner.placeholders(in: text, declared: declared, context: .shell)
    let places = ShellScanner(Array(text.utf8), opaque: placeholders.map(\.bytes)).places
    return fill(text, placeholders, values) { value, placeholder in
      // A placeholder that the scanner did not come by stands where nothing may be put.
      let place = places[placeholder.bytes.lowerBound] ?? .substitution
      return ShellWord.written(value, at: place, name: placeholder.name)
    }
  }

  /// `text` as plain text, for reading and copying.
  package static func plain(_ text: String, values: [String: RunValue], declared: Set<String> = [])
    -> Result<ResolvedText, Unresolved>
  {
    let placeholders = PlaceholderScanner.placeholders(in: text, declared: declared, context: .text)
    return fill(text, placeholders, values) { value, _ in .success(value) }
  }

  /// `text` with what can be filled filled, the rest as it stands; for showing, not for running.
  package static func preview(_ text: String, values: [String: RunValue], declared: Set<String> = [])
    -> String
  {
    let placeholders = PlaceholderScanner.placeholders(in: text, declared: declared, context: .shell)
    let bytes = Array(text.utf8)
    var shown: [UInt8] = []
    var end = 0
    for placeholder in placeholders {
      shown += bytes[end..<placeholder.bytes.lowerBound]
      shown += Array((values[placeholder.name]?.shown ?? placeholder.written).utf8)
      end = placeholder.bytes.upperBound
    }
    return String(decoding: shown + bytes[end...], as: UTF8.self)
  }

  private static func fill(
    _ text: String, _ placeholders: [Placeholder], _ values: [String: RunValue],
    _ write: (String, Placeholder) -> Result<String, ShellWord.Objection>
  ) -> Result<ResolvedText, Unresolved> {
    let bytes = Array(text.utf8)
    var problems = Unresolved(missing: [], undecided: [], refusals: [])
    var exact: [UInt8] = []
    var shown: [UInt8] = []
    var holdsSecret = false
    var end = 0
    for placeholder in placeholders {
      exact += bytes[end..<placeholder.bytes.lowerBound]
      shown += bytes[end..<placeholder.bytes.lowerBound]
      end = placeholder.bytes.upperBound
      guard let value = values[placeholder.name], !value.revealed.isEmpty else {
        problems.add(placeholder)
        continue
      }
      switch write(value.revealed, placeholder) {
      case .failure(let objection): problems.refuse(objection.sentence)
      case .success(let written):
        exact += Array(written.utf8)
        if case .secret = value {
          holdsSecret = true
          shown += Array(Secret.mask.utf8)
        } else {
          shown += Array(written.utf8)
        }
      }
    }
    exact += bytes[end...]
    shown += bytes[end...]
    guard problems.isEmpty else { return .failure(problems) }
    return .success(
      ResolvedText(
        exact: Secret(String(decoding: exact, as: UTF8.self)), shown: String(decoding: shown, as: UTF8.self),
        holdsSecret: holdsSecret))
  }
}

extension Unresolved {
  fileprivate var isEmpty: Bool { missing.isEmpty && undecided.isEmpty && refusals.isEmpty }

  fileprivate mutating func add(_ placeholder: Placeholder) {
    switch placeholder.certainty {
    case .certain:
      if !missing.contains(placeholder.name) { missing.append(placeholder.name) }
    case .suspected:
      if !undecided.contains(placeholder.name) { undecided.append(placeholder.name) }
    }
  }

  fileprivate mutating func refuse(_ sentence: String) {
    if !refusals.contains(sentence) { refusals.append(sentence) }
  }
}
