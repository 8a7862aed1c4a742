/// What a monitoring plugin printed, after the plugin API of Nagios Core 3 and 4.
///
/// ```
/// TEXT | PERFDATA
/// LONG TEXT
/// LAST LINE OF LONG TEXT | MORE PERFDATA
/// MORE PERFDATA
/// ```
struct PluginOutput: Hashable {
  /// The first line.
  let text: String
  /// The lines that follow it, joined.
  let longText: String
  let figures: [PluginFigure]
  /// What stands among the performance data and is none, first come first.
  let unread: [String]

  /// Figures of one output at most; the rest is left out.
  static let figureLimit = 1000

  /// Linear; anything is some output.
  init(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let (text, firstData) = Self.halves(lines.first ?? "")
    var long: [Substring] = []
    var data = [firstData]
    var isData = false
    for line in lines.dropFirst() {
      if isData {
        data.append(line)
        continue
      }
      isData = line.contains("|")
      let (text, more) = Self.halves(line)
      long.append(text)
      if isData { data.append(more) }
    }
    self.text = text.trimmed
    longText = long.joined(separator: "\n").trimmed
    var reader = PluginFigureReader(data.joined(separator: " "))
    (figures, unread) = reader.readAll(limit: Self.figureLimit)
  }

  /// What stands before and behind the first bar.
  private static func halves(_ line: Substring) -> (Substring, Substring) {
    guard let bar = line.firstIndex(of: "|") else { return (line, "") }
    return (line[..<bar], line[line.index(after: bar)...])
  }
}

extension StringProtocol {
  /// Without blanks and line ends around it.
  fileprivate var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
