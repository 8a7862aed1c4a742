import Retro
import Terminal
import Values

/// What filters look at, what is copied, and the whole line as a page.
extension TimelineLine {
  var searched: String { "\(word) \(text) \(actor ?? "midwatch")" }

  /// For the clipboard: time, word, text and who.
  var copied: String {
    let by = actor.map { " (\($0))" } ?? ""
    return "\(occurred.dateClockUTC) \(word): \(text)\(by)"
  }

  /// The whole line, for a page of its own.
  var page: [(String, Style)] {
    var page: [(String, Style)] = [(text, .strong)]
    if let detail {
      page += detail.split(separator: "\n", omittingEmptySubsequences: false).map { (String($0), .text) }
    }
    page.append(("", .text))
    page.append(
      ("happened \(occurred.dateClockUTC)" + (ended.map { " until \($0.dateClockUTC)" } ?? ""), .dim))
    page.append(("written \(recorded.dateClockUTC) by \(actor ?? "midwatch")", .dim))
    if let retracted { page.append(("taken back: \(retracted)", .warn)) }
    if isAmended { page.append(("amended: the first wording stays in the journal", .dim)) }
    page.append(("event \(seq) · \(id)" + (incident.map { " · \($0)" } ?? ""), .dim))
    return page
  }
}
