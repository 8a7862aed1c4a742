import Values

/// Whether the text names the next update, with its zone, and for the time that will be counted down.
enum PromiseCheck {
  static func finding(in text: String, promise: Instant?, stage: Stage) -> Finding {
    let lines = text.split(whereSeparator: \.isNewline).filter { $0.lowercased().contains("next update") }
    let times = lines.flatMap { ClockTime.times(in: String($0)) }
    guard let promise else {
      if !times.isEmpty {
        return Finding(.error, "The text names a next update, and none is promised; set its time.")
      }
      return stage.asksForNext
        ? Finding(.warning, "No next update is named; say when you write again.")
        : Finding(.good, "No next update is promised.")
    }
    let wanted = promise.minuteUTC
    guard !lines.isEmpty else {
      return Finding(.error, "The next update at \(wanted) is not in the text.")
    }
    guard let time = times.first else {
      return Finding(.error, "The next update has no time in the text; write \(wanted).")
    }
    guard let offset = time.offset else {
      return Finding(.error, "The next update has no zone in the text; write \(wanted).")
    }
    let civil = CivilTime(promise, offset: offset * 60)
    guard civil.hour == time.hour, civil.minute == time.minute else {
      return Finding(.error, "The text says \(time.written) for the next update, and \(wanted) is promised.")
    }
    return Finding(.good, "Next update named: \(time.written), as promised.")
  }
}

/// A time of day as people write it in an update.
struct ClockTime: Equatable {
  let hour: Int
  let minute: Int
  /// Minutes ahead of UTC; nil when no zone is written.
  let offset: Int?
  let written: String

  /// Abbreviations that mean one offset wherever updates are written in English; others count as none.
  private static let zones: [String: Int] = [
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "EST": -300,
    "EDT": -240, "PST": -480, "PDT": -420, "SAST": 120, "JST": 540,
  ]

  /// `03:30`, `03:30Z`, `3:30 UTC`, `05:30 CEST`, `05:30+02:00`.
  static func times(in text: String) -> [ClockTime] {
    let characters = Array(text)
    var times: [ClockTime] = []
    var index = 0
    while index < characters.count {
      guard characters[index].isASCII, characters[index].isNumber,
        index == 0
          || !(characters[index - 1].isNumber || characters[index - 1].isLetter
            || characters[index - 1] == ":"),
        let (time, end) = time(characters, from: index)
      else {
        index += 1
        continue
      }
      times.append(time)
      index = end
    }
    return times
  }

  private static func time(_ text: [Character], from start: Int) -> (ClockTime, Int)? {
    var index = start
    func number(_ digits: ClosedRange<Int>) -> Int? {
      let run = text[index...].prefix { $0.isASCII && $0.isNumber }
      guard digits.contains(run.count) else { return nil }
      index += run.count
      return Int(String(run))
    }
    func take(_ character: Character) -> Bool {
      guard index < text.count, text[index] == character else { return false }
      index += 1
      return true
    }
    guard let hour = number(1...2), take(":"), let minute = number(2...2), hour < 24, minute < 60 else {
      return nil
    }
    if take(":"), number(2...2) == nil { return nil }
    let end = index
    _ = take(" ")
    var offset: Int?
    let word = String(text[index...].prefix { $0.isLetter })
    if let zone = zones[word] {
      offset = zone
      index += word.count
    }
    let sign = take("+") ? 1 : take("-") || take("−") ? -1 : 0
    if sign != 0, offset == nil || offset == 0, let hours = number(1...2), hours < 15 {
      _ = take(":")
      let minutes = number(2...2) ?? 0
      offset = sign * (hours * 60 + minutes)
    }
    if offset == nil { index = end }
    return (
      ClockTime(hour: hour, minute: minute, offset: offset, written: String(text[start..<index])), index
    )
  }
}
