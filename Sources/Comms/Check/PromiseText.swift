import Values

/// The next update as a text names it, so that what readers were told and what is counted down are one.
package struct PromiseText: Equatable, Sendable {
  /// Why a text that names a next update names no instant.
  package enum Trouble: Equatable, Sendable {
    case noTime
    case noZone(written: String)
    case unclearZone(String, written: String)
    case unclearDate(String)
    /// Two times that are not one.
    case differs(String, String)
    /// Clocks of that place never show it: they are set forward over it.
    case neverComes(written: String)
    /// The date is not that of the next such time.
    case past(written: String)
  }

  struct Mention: Equatable {
    let time: ClockTime
    let date: WrittenDate?
    /// Of time and date, in characters of the text.
    let range: Range<Int>
    var written: String {
      date.map {
        $0.range.lowerBound < time.range.lowerBound
          ? "\($0.written) \(time.written)" : "\(time.written) \($0.written)"
      } ?? time.written
    }
  }

  let mentions: [Mention]
  /// Whether it speaks of a next update, with a time or without one.
  package let isNamed: Bool

  package static func == (a: Self, b: Self) -> Bool { a.mentions == b.mentions && a.isNamed == b.isNamed }

  /// - Parameters:
  ///   - names: offsets in seconds of abbreviations that are known here, such as that of this machine's zone.
  ///   - places: zones that can be named whole, `Europe/Berlin`.
  package init(_ text: String, names: [String: Int] = [:], places: [Zone] = []) {
    let checked = CheckedText(text, .text)
    var mentions: [Mention] = []
    var isNamed = false
    for passage in Passage.all(in: checked) {
      isNamed = isNamed || passage.isCertain
      for range in passage.ranges {
        let found = Self.mentions(in: checked, range, names: names, places: places)
        mentions += found
        if !found.isEmpty {
          isNamed = true
          break
        }
      }
    }
    self.mentions = mentions
    self.isNamed = isNamed
  }

  private static func mentions(
    in text: CheckedText, _ range: Range<Int>, names: [String: Int], places: [Zone]
  ) -> [Mention] {
    let characters = Array(text.characters[range])
    let dates = WrittenDate.dates(in: characters)
    var times = ClockTime.times(in: characters, names: names, places: places)
    // 03:15 and 03:30 UTC: the zone behind the last is that of all.
    if let last = times.last?.zone {
      times = times.map {
        $0.zone == nil
          ? ClockTime(hour: $0.hour, minute: $0.minute, zone: last, written: $0.written, range: $0.range) : $0
      }
    }
    return times.enumerated().map { index, time in
      let start = index == 0 ? 0 : times[index - 1].range.upperBound
      let end = index + 1 < times.count ? times[index + 1].range.lowerBound : characters.count
      let before = dates.last {
        $0.range.lowerBound >= start && $0.range.upperBound <= time.range.lowerBound + 1
      }
      let after =
        index + 1 < times.count
        ? nil : dates.first { $0.range.lowerBound >= time.range.upperBound && $0.range.upperBound <= end }
      let date = before ?? after
      let low = min(time.range.lowerBound, date?.range.lowerBound ?? Int.max)
      let high = max(time.range.upperBound, date?.range.upperBound ?? 0)
      return Mention(time: time, date: date, range: (low + range.lowerBound)..<(high + range.lowerBound))
    }
  }
}

extension PromiseText {
  /// The instant that the text promises when it is read at `now`; nil when it names none.
  ///
  /// A time without a date is the next such time. Throws what keeps it from being one instant.
  ///
  /// - Parameter today: what `today` and `tomorrow` count from; nil takes every day for them.
  package func instant(at now: Instant, today: Instant?) throws(PromiseTrouble) -> Instant? {
    guard let first = mentions.first else {
      if isNamed { throw PromiseTrouble(.noTime) }
      return nil
    }
    let promise = try Self.instant(first, at: now, today)
    for other in mentions.dropFirst() {
      guard try Self.instant(other, at: now, today) == promise else {
        throw PromiseTrouble(.differs(first.written, other.written))
      }
    }
    return promise
  }

  package func instant(at now: Instant) throws(PromiseTrouble) -> Instant? {
    try instant(at: now, today: now)
  }

  private static func instant(
    _ mention: Mention, at now: Instant, _ today: Instant?
  ) throws(PromiseTrouble) -> Instant {
    if case .unclear = mention.date?.day { throw PromiseTrouble(.unclearDate(mention.date?.written ?? "")) }
    let time = mention.time
    switch time.zone {
    case nil: throw PromiseTrouble(.noZone(written: mention.written))
    case .ambiguous(let name): throw PromiseTrouble(.unclearZone(name, written: mention.written))
    case .offset, .place: break
    }
    var skipped = false
    for days in -1...400 {
      let offset = time.offset(at: now) ?? 0
      var civil = CivilTime(now + .days(Int64(days)), offset: offset * 60)
      (civil.hour, civil.minute, civil.second, civil.millisecond) = (time.hour, time.minute, 0, 0)
      if let date = mention.date, !date.isDay(of: civil, now: today, offset: offset * 60) { continue }
      let candidates: [Instant]
      if case .place(let zone) = time.zone {
        switch zone.showing(civil) {
        case .once(let instant): candidates = [instant]
        case .twice(let one, let two): candidates = [one, two]
        case .never(let jump):
          candidates = []
          skipped = skipped || jump > now
          if jump > now, mention.date == nil { throw PromiseTrouble(.neverComes(written: mention.written)) }
        }
      } else {
        candidates = [civil.instant(offset: offset * 60)]
      }
      // The minute that runs counts as to come: whoever reads it at 03:30:20 means this one.
      if let next = candidates.first(where: { $0 > now - .minutes(1) }) { return next }
    }
    throw PromiseTrouble(skipped ? .neverComes(written: mention.written) : .past(written: mention.written))
  }

  /// The text with every time at which it names the next update set to `promise`.
  package static func replacing(
    in text: String, with promise: Instant, at now: Instant, names: [String: Int] = [:], places: [Zone] = []
  ) -> String {
    // What a check reads is not letter for letter what was written, so the places are found by line and column.
    let checked = CheckedText(text, .text)
    let found = PromiseText(text, names: names, places: places).mentions
    guard !found.isEmpty else { return text }
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { Array($0) }
    let time = Array(UpdateFields.time(promise, at: now))
    for (index, mention) in found.enumerated().reversed() {
      let start = checked.place(mention.range.lowerBound).position
      let end = checked.place(mention.range.upperBound - 1).position
      guard start.line == end.line, lines.indices.contains(start.line - 1) else { continue }
      let line = lines[start.line - 1]
      var place = (start.column - 1)..<end.column
      guard place.upperBound <= line.count else { continue }
      // The same in another zone, in brackets behind the first, goes: nobody worked it out anew.
      let isBracketed =
        place.lowerBound > 0 && line[place.lowerBound - 1] == "(" && place.upperBound < line.count
        && line[place.upperBound] == ")"
      if index > 0, isBracketed {
        place = (place.lowerBound - 1)..<(place.upperBound + 1)
        if place.lowerBound > 0, line[place.lowerBound - 1] == " " {
          place = (place.lowerBound - 1)..<place.upperBound
        }
        lines[start.line - 1].removeSubrange(place)
      } else {
        lines[start.line - 1].replaceSubrange(place, with: time)
      }
    }
    return lines.map { String($0) }.joined(separator: "\n")
  }
}

/// Why a text names no instant for its next update.
package struct PromiseTrouble: Error, Equatable {
  package let what: PromiseText.Trouble

  package init(_ what: PromiseText.Trouble) {
    self.what = what
  }

  /// The whole sentence; `wanted` is what could be written.
  package func sentence(wanted: String) -> String {
    switch what {
    case .noTime: "The next update has no time in the text; write \(wanted)."
    case .noZone: "The next update has no zone in the text; write \(wanted)."
    case .unclearZone(let name, _): "\(name) means several zones; write \(wanted) for the next update."
    case .unclearDate(let date):
      "\(Inert.terminal(date)) is one day here and another there; write it as 2026-11-22."
    case .differs(let one, let other):
      "The text names two times for the next update, \(Inert.terminal(one)) and \(Inert.terminal(other)); keep one."
    case .neverComes(let written):
      "Clocks there never show \(Inert.terminal(written)), they are set forward over it; write \(wanted)."
    case .past(let written): "\(Inert.terminal(written)) is past; write \(wanted) for the next update."
    }
  }
}

/// Where a text speaks of its next update, and where the time of it can stand.
private struct Passage {
  /// Whether it is surely about a promise: words such as "write again" also stand in other sentences.
  let isCertain: Bool
  /// Where to look, one after the other.
  let ranges: [Range<Int>]

  private static let certain = ["next update"]
  private static let likely = [
    "next message", "next post", "next news", "next report", "write again", "update you again",
    "update again",
    "report again", "post again", "hear from us", "further update", "another update", "update you by",
    "update you at", "an update by", "an update at", "update this page",
  ]

  static func all(in text: CheckedText) -> [Passage] {
    var found: [(Range<Int>, Bool)] = certain.flatMap { text.ranges(of: $0) }.map { ($0, true) }
    for range in likely.flatMap({ text.ranges(of: $0) })
    where !found.contains(where: { $0.0.overlaps(range) }) {
      found.append((range, false))
    }
    let lines = text.lines
    return found.sorted { $0.0.lowerBound < $1.0.lowerBound }.map { range, isCertain in
      guard
        let index = lines.firstIndex(where: {
          $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound
        })
      else { return Passage(isCertain: isCertain, ranges: []) }
      let line = lines[index]
      let end = sentenceEnd(in: text, from: range.upperBound, until: line.upperBound)
      var ranges = [range.upperBound..<end]
      let isBare = text.characters[range.upperBound..<line.upperBound].allSatisfy {
        !$0.isLetter && !$0.isNumber
      }
      if isBare,
        let next = lines.dropFirst(index + 1).first(where: { line in
          text.characters[line].contains { !$0.isWhitespace }
        })
      {
        ranges.append(next)
      }
      // "At 03:30 UTC we write again."
      let start = sentenceStart(in: text, until: range.lowerBound, from: line.lowerBound)
      let words = text.string(start..<range.lowerBound).lowercased().split { !$0.isLetter }
      if let first = words.first,
        ["at", "by", "around", "before", "until", "from", "on", "not"].contains(first)
      {
        ranges.append(start..<range.lowerBound)
      }
      return Passage(isCertain: isCertain, ranges: ranges)
    }
  }

  /// A full stop before a blank ends a sentence, unless it stands in `p.m.`
  private static func sentenceEnd(in text: CheckedText, from start: Int, until end: Int) -> Int {
    var index = start
    while index < end {
      let isStop = ".!?;".contains(text.characters[index])
      let isBeforeBlank = index + 1 >= end || text.characters[index + 1].isWhitespace
      let isHalf =
        index >= start + 2 && text.characters[index - 2] == "."
        || text.string(max(start, index - 2)..<index).lowercased().hasSuffix(".m")
      if isStop, isBeforeBlank, !isHalf { return index }
      index += 1
    }
    return end
  }

  private static func sentenceStart(in text: CheckedText, until end: Int, from start: Int) -> Int {
    var index = end - 1
    while index > start {
      if ".!?;".contains(text.characters[index]), text.characters[index + 1].isWhitespace { return index + 1 }
      index -= 1
    }
    return start
  }
}
