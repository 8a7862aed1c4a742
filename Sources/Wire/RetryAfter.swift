import Values

/// `Retry-After` of RFC 9110: seconds, or a date.
package enum RetryAfter {
  /// Nil for what is neither; a date that is past is no wait.
  package static func span(_ text: String, at now: Instant) -> Span? {
    let trimmed = text.split(separator: " ").joined(separator: " ")
    if let seconds = Int64(trimmed) { return seconds < 0 ? nil : .seconds(seconds) }
    // `Sun, 06 Nov 1994 08:49:37 GMT`
    let parts = trimmed.split(separator: " ")
    guard parts.count == 6, parts[5] == "GMT", parts[1].count == 2, parts[3].count == 4,
      let month = months.firstIndex(of: String(parts[2]))
    else { return nil }
    let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
    guard let date = Instant(rfc3339: "\(parts[3])-\(number)-\(parts[1])T\(parts[4])Z") else { return nil }
    return max(.zero, date - now)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
