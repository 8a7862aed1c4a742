import Values

/// Masks secrets in what comes back of a command, also one that comes back in pieces or line by line.
struct SecretMask: Equatable, Sendable {
  /// Shorter ones are left, for masking those would garble everything; so are shorter lines of one with several.
  private static let shortest = Secret.shortestMasked
  private static let shortestLine = 6

  /// The longest first: one may be part of another.
  private let forms: [[UInt8]]

  init(_ secrets: [Secret]) {
    var forms: Set<[UInt8]> = []
    for secret in secrets where secret.isMasked {
      forms.formUnion(secret.echoes.map { Array($0.revealed().utf8) })
      // A key of several lines comes back line by line; a tab comes back as it is shown.
      let lines = secret.revealed().split(whereSeparator: \.isNewline)
      for line in lines where lines.count == 1 || line.count >= Self.shortestLine {
        forms.insert(Array(Inert.terminal(String(line)).utf8))
        forms.insert(Array(line.utf8))
      }
    }
    self.forms = forms.filter { $0.count >= Self.shortest }.sorted { $0.count > $1.count }
  }

  var isEmpty: Bool { forms.isEmpty }
  /// Bytes of the longest.
  var longest: Int { forms.first?.count ?? 0 }

  /// O(length × secrets).
  func masked(_ text: String) -> String {
    guard !isEmpty else { return text }
    var bytes = Array(text.utf8)
    for form in forms { bytes = Self.masked(bytes, form) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func masked(_ bytes: [UInt8], _ form: [UInt8]) -> [UInt8] {
    var rest = bytes[...]
    var result: [UInt8] = []
    while let found = first(form, in: rest) {
      result += rest[..<found.lowerBound]
      result += Secret.mask.utf8
      rest = rest[found.upperBound...]
    }
    return result.isEmpty && rest.startIndex == bytes.startIndex ? bytes : result + rest
  }

  private static func first(_ form: [UInt8], in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    guard let head = form.first else { return nil }
    var rest = bytes
    while let start = rest.firstIndex(of: head) {
      rest = rest[start...]
      guard rest.count >= form.count else { return nil }
      if rest.starts(with: form) { return start..<start + form.count }
      rest = rest.dropFirst()
    }
    return nil
  }

  /// Where bytes of which more is to come can be parted, at `limit` at most, so that no secret is: neither one that is
  /// whole nor one that begins at their end.
  func parting(_ bytes: [UInt8], before limit: Int) -> Int {
    var cut = min(limit, max(0, bytes.count - max(0, longest - 1)))
    for form in forms {
      // One that begins where it could reach over the cut.
      var from = max(0, cut - form.count + 1)
      while from < cut, let found = Self.first(form, in: bytes[from...]), found.lowerBound < cut {
        if found.upperBound > cut { cut = found.lowerBound > 0 ? found.lowerBound : found.upperBound }
        from = found.upperBound
      }
    }
    return cut
  }

  /// How many bytes at the end of what is there so far may be the beginning of a secret.
  func suspended(_ bytes: [UInt8]) -> Int {
    forms.map { form in
      (1..<max(1, min(form.count, bytes.count + 1))).last { bytes.suffix($0).elementsEqual(form.prefix($0)) }
        ?? 0
    }.max() ?? 0
  }
}
