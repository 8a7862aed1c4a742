import Values

/// One `{{…}}` of a template, as far as we allow Mustache: names, sections, inverted sections, comments.
struct MustacheTag {
  enum Kind: Equatable {
    /// `{{name}}`, `{{{name}}}`, `{{&name}}`.
    case name
    /// `{{#name}}`, `{{^name}}`, `{{/name}}`.
    case open, inverted, close
    case comment
  }

  let kind: Kind
  let name: String
  /// In bytes of the text: the whole tag, and the name in it.
  let bytes: Range<Int>
  let nameBytes: Range<Int>

  /// Sections nest at most so deep.
  private static let maximumDepth = 16
  /// More mistakes than these are not told: finding the place of each takes a walk through the text.
  private static let maximumComplaints = 100

  /// The tags of `text`; whatever is wrong with them becomes a problem at its place.
  ///
  /// - Parameter start: where the text begins in its file.
  static func tags(in text: String, file: String, at start: Position, problems: inout [Problem])
    -> [MustacheTag]
  {
    let bytes = Array(text.utf8)
    var tags: [MustacheTag] = []
    var open: [MustacheTag] = []
    var index = 0
    var complaints = 0
    func complain(_ what: String, _ remedy: String, at place: Int, _ problems: inout [Problem]) {
      complaints += 1
      guard complaints <= maximumComplaints else { return }
      problems.append(
        Problem(what, remedy: remedy, file: file, at: position(of: place, in: bytes, from: start)))
    }
    while index + 1 < bytes.count {
      guard bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "{") else {
        index += 1
        continue
      }
      guard let tag = MustacheTag(bytes, at: index) else {
        complain(
          "this is no field: a field is {{name}}, {{#name}}…{{/name}} or {{^name}}…{{/name}}",
          "correct it; partials, lambdas and other delimiters are not known here", at: index, &problems)
        index += 2
        continue
      }
      switch tag.kind {
      case .open, .inverted:
        open.append(tag)
        if open.count == maximumDepth + 1 {
          complain("sections nest deeper than \(maximumDepth)", "flatten them", at: index, &problems)
        }
      case .close:
        if open.last?.name == tag.name {
          open.removeLast()
        } else {
          let wanted = open.last.map { "{{/\($0.name)}}" } ?? "no section is open"
          complain("{{/\(tag.name)}} closes nothing here", "expected: \(wanted)", at: index, &problems)
        }
      case .name, .comment: break
      }
      tags.append(tag)
      index = tag.bytes.upperBound
    }
    for tag in open {
      complain("{{#\(tag.name)}} is not closed", "add {{/\(tag.name)}}", at: tag.bytes.lowerBound, &problems)
    }
    return tags
  }

  private init?(_ bytes: [UInt8], at start: Int) {
    var place = start + 2
    func byte() -> UInt8 { place < bytes.count ? bytes[place] : 0 }
    var closing = 2
    var kind = Kind.name
    switch byte() {
    case UInt8(ascii: "#"): kind = .open
    case UInt8(ascii: "^"): kind = .inverted
    case UInt8(ascii: "/"): kind = .close
    case UInt8(ascii: "!"): kind = .comment
    case UInt8(ascii: "{"): closing = 3
    case UInt8(ascii: "&"): break
    default: place -= 1
    }
    place += 1
    if kind == .comment {
      while place < bytes.count, !bytes[place...].starts(with: Array("}}".utf8)) { place += 1 }
    } else {
      while byte() == UInt8(ascii: " ") { place += 1 }
    }
    let nameStart = place
    while place < bytes.count, Self.isName(bytes[place]) { place += 1 }
    nameBytes = nameStart..<place
    name = String(decoding: bytes[nameBytes], as: UTF8.self)
    while byte() == UInt8(ascii: " ") { place += 1 }
    guard bytes[min(place, bytes.count)...].starts(with: Array(repeating: UInt8(ascii: "}"), count: closing))
    else { return nil }
    let isNamed = name == "." || (!name.isEmpty && !name.hasPrefix(".") && !name.hasSuffix("."))
    guard kind == .comment || isNamed, kind == .comment || !name.contains("..") else { return nil }
    self.kind = kind
    self.bytes = start..<(place + closing)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57)
      || "._-".utf8.contains(byte)
  }

  static func position(of place: Int, in bytes: [UInt8], from start: Position) -> Position {
    let before = bytes[..<min(place, bytes.count)]
    let lines = before.count { $0 == UInt8(ascii: "\n") }
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = String(decoding: before[lineStart...], as: UTF8.self).count
    return lines == 0
      ? Position(line: start.line, column: start.column + column)
      : Position(line: start.line + lines, column: column + 1)
  }
}
