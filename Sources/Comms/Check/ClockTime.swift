import Values

/// A time of day as people write it in an update.
struct ClockTime: Equatable {
  /// What stands behind a time to say whose it is.
  enum Zone: Equatable {
    /// Minutes ahead of UTC.
    case offset(Int)
    /// A place whose clocks are known, `Europe/Berlin`.
    case place(Values.Zone)
    /// A name that means one zone here and another there.
    case ambiguous(String)
  }

  let hour: Int
  let minute: Int
  /// Nil when none is written, or none that is known.
  let zone: Zone?
  let written: String
  /// In characters of what was read.
  let range: Range<Int>

  /// Minutes ahead of UTC at `instant`; nil when nobody can tell.
  func offset(at instant: Instant) -> Int? {
    switch zone {
    case .offset(let minutes): minutes
    case .place(let zone): zone.offset(at: instant) / 60
    case .ambiguous, nil: nil
    }
  }

  /// Abbreviations that mean one offset wherever updates are written in English. Summer time has its own.
  private static let offsets: [String: Int] = [
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120,
    "EET": 120,
    "EEST": 180, "MSK": 180, "SAST": 120, "EAT": 180, "WAT": 60, "EST": -300, "EDT": -240, "CDT": -300,
    "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "BRT": -180, "ART": -180,
    "JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "AWST": 480, "AEST": 600, "AEDT": 660, "ACST": 570,
    "ACDT": 630,
    "NZST": 720, "NZDT": 780,
  ]
  /// Some are also written small.
  private static let small = ["z": 0, "utc": 0, "gmt": 0, "cet": 60, "cest": 120]
  /// Those that mean several, or another in summer.
  private static let unclear: Set<String> = [
    "IST", "BST", "CST", "AST", "ET", "CT", "MT", "PT", "GST", "ECT", "AMT", "SST", "CAT", "LT",
  ]

  /// `03:30`, `03:30Z`, `3:30 UTC`, `3.30 pm CEST`, `0330Z`, `05:30+02:00`, `15 UTC`, `05:30 (Europe/Berlin)`,
  /// `03:30h UTC`, `03:30 UTC/04:30 CET`.
  ///
  /// - Parameter names: offsets in seconds of abbreviations that are known here; they win.
  static func times(in text: [Character], names: [String: Int] = [:], places: [Values.Zone] = [])
    -> [ClockTime]
  {
    var times: [ClockTime] = []
    var index = 0
    while index < text.count {
      let isStart =
        index == 0
        || !(text[index - 1].isNumber || text[index - 1].isLetter || ":.-/".contains(text[index - 1]))
      let isDigit = text[index].isASCII && text[index].isNumber
      guard isDigit, isStart || isAfterDate(text, index) || isAfterZone(text, index) else {
        index += 1
        continue
      }
      var reader = Reader(text: text, index: index, names: names, places: places)
      if let time = reader.time(from: index) {
        times.append(time)
        index = time.range.upperBound
      } else {
        while index < text.count, text[index].isNumber { index += 1 }
      }
    }
    return times
  }

  /// `2026-11-22T03:30Z`, `–03:30` of a range.
  private static func isAfterDate(_ text: [Character], _ index: Int) -> Bool {
    guard index > 1, text[index - 1] == "T" || text[index - 1] == "-" else { return false }
    return text[index - 2].isNumber && text[index...].prefix(3).last == ":"
  }

  /// `04:30` of `03:30 UTC/04:30 CET`.
  private static func isAfterZone(_ text: [Character], _ index: Int) -> Bool {
    index > 1 && text[index - 1] == "/" && (text[index - 2].isLetter || text[index - 2] == " ")
  }

  private struct Reader {
    let text: [Character]
    var index: Int
    let names: [String: Int]
    let places: [Values.Zone]

    mutating func time(from start: Int) -> ClockTime? {
      guard let (hour, minute, needsZone) = face() else { return nil }
      let end = index
      let zone = zone(mustBeNamed: needsZone)
      if needsZone, zone == nil { return nil }
      if zone == nil { index = end }
      return ClockTime(
        hour: hour, minute: minute, zone: zone, written: String(text[start..<index]), range: start..<index)
    }

    /// Hour and minute; whether only a zone makes a time of them.
    private mutating func face() -> (Int, Int, Bool)? {
      let digits = run(where: { $0.isASCII && $0.isNumber })
      guard let first = Int(digits) else { return nil }
      var (hour, minute, needsZone) = (first, 0, true)
      if digits.count == 4 {
        (hour, minute) = (first / 100, first % 100)
      } else {
        guard digits.count <= 2 else { return nil }
        let sign = index < text.count ? text[index] : " "
        if sign == ":" || sign == ".", let two = two(at: index + 1) {
          minute = two
          needsZone = sign == "."
          index += 3
          if sign == ":", index < text.count, text[index] == ":", self.two(at: index + 1) != nil {
            index += 3
          }
        }
      }
      if digits.count <= 2, let half = half() {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + half
        needsZone = false
      }
      guard hour < 24, minute < 60 else { return nil }
      hours()
      return (hour, minute, needsZone)
    }

    /// The `h` of `03:30h UTC`, `03:30 hrs UTC`, `03:30 Uhr`.
    private mutating func hours() {
      let before = index
      if index < text.count, text[index] == " " { index += 1 }
      let word = run(where: { $0.isLetter }).lowercased()
      if !["h", "hr", "hrs", "hours", "uhr"].contains(word) { index = before }
    }

    /// Exactly two digits.
    private func two(at start: Int) -> Int? {
      guard start + 1 < text.count, let value = Int(String(text[start...(start + 1)])), value >= 0,
        text[start].isNumber, start + 2 >= text.count || !text[start + 2].isNumber
      else { return nil }
      return value
    }

    /// `am` is 0, `pm` 12.
    private mutating func half() -> Int? {
      let before = index
      if index < text.count, text[index] == " " { index += 1 }
      let word = run(where: { $0.isLetter || $0 == "." }).lowercased().filter { $0 != "." }
      if word == "am" { return 0 }
      if word == "pm" { return 12 }
      index = before
      return nil
    }

    private mutating func zone(mustBeNamed: Bool) -> ClockTime.Zone? {
      if index < text.count, text[index] == " " { index += 1 }
      let hasParenthesis = index < text.count && text[index] == "("
      if hasParenthesis { index += 1 }
      let start = index
      var word = run(where: { $0.isLetter || "/_".contains($0) })
      if word.contains("/") {
        // Of `UTC/04:30` the slash parts two times; of `America/Port-au-Prince` the hyphen belongs to it.
        if word.hasSuffix("/") {
          word.removeLast()
          index -= 1
        } else if index < text.count, text[index] == "-" {
          word += run(where: { $0.isLetter || "-_/".contains($0) })
        }
      }
      var zone: ClockTime.Zone?
      if let seconds = names[word] {
        zone = .offset(seconds / 60)
      } else if let minutes = ClockTime.offsets[word] ?? ClockTime.small[word] {
        zone = .offset(minutes)
      } else if ClockTime.unclear.contains(word) {
        zone = .ambiguous(word)
      } else if let place = places.first(where: { $0.name == word }) {
        zone = .place(place)
      } else if !word.isEmpty {
        index = start
        return nil
      }
      if !mustBeNamed || !word.isEmpty, let minutes = sign(after: word) { zone = .offset(minutes) }
      if zone != nil, hasParenthesis, index < text.count, text[index] == ")" { index += 1 }
      return zone
    }

    /// `+02:00`, `+2`, `-0530`.
    private mutating func sign(after word: String) -> Int? {
      guard ["", "UTC", "GMT", "Z"].contains(word.uppercased()), index < text.count else { return nil }
      let sign = text[index] == "+" ? 1 : text[index] == "-" ? -1 : 0
      guard sign != 0 else { return nil }
      let start = index
      index += 1
      let digits = run(where: { $0.isASCII && $0.isNumber })
      var minutes: Int?
      if digits.count == 4, let value = Int(digits) {
        minutes = value / 100 * 60 + value % 100
      } else if (1...2).contains(digits.count), let hours = Int(digits) {
        minutes = hours * 60
        if index < text.count, text[index] == ":", let two = two(at: index + 1) {
          minutes = hours * 60 + two
          index += 3
        }
      }
      guard let minutes, minutes <= 14 * 60 else {
        index = start
        return nil
      }
      return sign * minutes
    }

    private mutating func run(where isPart: (Character) -> Bool) -> String {
      let run = text[index...].prefix(while: isPart)
      index = run.endIndex
      return String(run)
    }
  }
}
