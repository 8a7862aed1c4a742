import Terminal
import Values
import Watch

/// Everything that is known of one endpoint, as lines.
struct EndpointPage {
  let row: EndpointRow

  func lines(at now: Instant) -> [(String, Style)] {
    let mark = Marks.endpoint(row.state)
    var lines: [(String, Style)] = []
    let since = row.since.map { ", for \((now - $0).whole) (since \($0.clockUTC))" } ?? ""
    lines.append(("\(mark.sign.glyph) \(mark.word)\(since)", mark.style))
    if let reason = row.reason { lines.append((reason, .text)) }
    if let by = row.blockedBy {
      lines.append(("blocked by \(by): its own failures count once that is up", .unknown))
    }
    if let flapping = row.flapping {
      lines.append(("\(flapping.words); its alert fires on until that is over", .warn))
    }
    lines.append(("\(row.kind)  \(row.target)", .text))
    if let next = row.next, next > now {
      let why = row.delay.map { " (\($0.words))" } ?? ""
      lines.append(("next poll in \((next - now).whole)\(why); r polls now", .dim))
    }
    if row.isUnverified == true {
      lines.append(("\(Sign.warn.glyph) unverified: its certificate is not looked at (verify: false)", .warn))
    }
    if let skipped = row.skipped, skipped > 0 {
      lines.append(("\(skipped) \(skipped == 1 ? "poll" : "polls") skipped for being late", .warn))
    }
    if let code = row.code { lines.append(("status \(code)", .text)) }
    if let took = row.took { lines.append(("took \(took.latency)" + phases, .text)) }
    if let samples = row.samples { lines.append(("\(samples) samples in the last scrape", .text)) }
    if let expiry = row.certificateExpiry {
      let left = expiry - now
      lines.append(
        ("certificate ends \(expiry.dateClockUTC) (in \(left.whole))", left < .days(14) ? .warn : .text))
    }
    for check in row.checks {
      let sign = check.passed ? Sign.done : Sign.failed
      let actual = check.passed ? "" : ", but it is \(check.actual)"
      lines.append(("\(sign.glyph) \(check.text)\(actual)", check.passed ? .up : .down))
    }
    return lines
  }

  private var phases: String {
    guard let phases = row.phases else { return "" }
    let parts = [
      ("resolve", phases.resolve), ("connect", phases.connect), ("tls", phases.tls),
      ("processing", phases.processing), ("transfer", phases.transfer),
    ].filter { $0.1 > 0 }
    guard !parts.isEmpty else { return "" }
    return ": " + parts.map { "\($0.0) \(Figure($0.1, unit: .seconds))" }.joined(separator: ", ")
  }
}
