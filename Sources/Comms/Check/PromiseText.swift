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
    /// It was; `next` is when such a time comes again, where no date says which is meant.
    case past(written: String, next: Instant?)
    /// It meant one time when it was written, and means another now.
    case shifted(written: String, then: Instant, now: Instant)
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
  /// Times that stand with words about updates, in sentences that promise nothing: they can confirm a promise.
  private let hints: [Mention]
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
    var hints: [Mention] = []
    for passage in PromisePassage.all(in: checked) {
      let found = passage.ranges.lazy.map { Self.mentions(in: checked, $0, names: names, places: places) }
        .first { !$0.isEmpty }
      switch passage.meaning {
      case .promise:
        mentions += found ?? []
        isNamed = isNamed || passage.isCertain || found != nil
      case .mention: hints += found ?? []
      }
    }
    self.mentions = mentions
    self.hints = hints
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
  /// Words of a text that can be the names of zones, `Europe/Berlin`, each once: to read their rules before it is
  /// checked. At most 16.
  package static func zoneNames(in text: String) -> [String] {
    let words = CheckedText(text, .text).words(edges: "-./") { !$0.isLetter && !"/_-".contains($0) }
    let names = words.map(\.text).filter { word in
      let parts = word.split(separator: "/", omittingEmptySubsequences: false)
      return (2...3).contains(parts.count) && word.utf8.count <= 64
        && parts.allSatisfy { $0.first.map { $0.isASCII && $0.isUppercase } ?? false }
    }
    return Array(names.uniqued.prefix(16))
  }
}

extension PromiseText {
  /// The instant that the text promises when it is read at `now`; nil when it names none.
  ///
  /// A time without a date is the next such time if that is near, or later the same day; when such a time has just
  /// been, or the next one is tomorrow and far away, it is past: whoever wrote it did not mean a day later. Throws
  /// what keeps it from being one instant.
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

  /// The same of a text that was written earlier: it has to mean now what it meant then.
  package func instant(writtenAt written: Instant, at now: Instant) throws(PromiseTrouble) -> Instant? {
    guard written < now else { return try instant(at: now) }
    let then = try instant(at: written)
    let name = mentions.first?.written ?? ""
    let next: Instant?
    do throws(PromiseTrouble) {
      next = try instant(at: now)
    } catch {
      // Its time has come since: say when it was, not what it could mean.
      if let then, then <= now { throw PromiseTrouble(.past(written: name, next: nil)) }
      throw error
    }
    if let then, let next, then != next {
      throw PromiseTrouble(
        then <= now ? .past(written: name, next: next) : .shifted(written: name, then: then, now: next))
    }
    return next
  }

  /// Whether the text, which names no next update, tells of one at `promise` all the same.
  package func confirms(_ promise: Instant, at now: Instant) -> Bool {
    !isNamed && hints.contains { (try? Self.instant($0, at: now, now)) == promise }
  }

  /// How near a time without a date has to be to be taken for another day's, and how long ago for one that has been.
  private static let near = Span.hours(6)

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
    var last: Instant?
    for days in -1...Self.furthest(mention.date) {
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
      last = candidates.last { $0 <= now } ?? last
      guard let next = candidates.first(where: { $0 > now }) else { continue }
      if isPast(mention, last: last, next: next, now) {
        throw PromiseTrouble(.past(written: mention.written, next: next))
      }
      return next
    }
    throw PromiseTrouble(
      skipped ? .neverComes(written: mention.written) : .past(written: mention.written, next: nil))
  }

  /// How many days ahead a date is looked for: a weekday comes within a week, and a day without a year is of this one
  /// or of the next half.
  private static func furthest(_ date: WrittenDate?) -> Int {
    guard case .date(let year, _, _) = date?.day else { return 8 }
    return year == nil ? 183 : 400
  }

  /// Whether whoever wrote it meant the time that has been, not the one that comes.
  private static func isPast(_ mention: Mention, last: Instant?, next: Instant, _ now: Instant) -> Bool {
    switch mention.date?.day {
    case nil:
      if next <= now + near { return false }
      let offset = (mention.time.offset(at: now) ?? 0) * 60
      let isTomorrow =
        CivilTime(next, offset: offset).daysSinceEpoch != CivilTime(now, offset: offset).daysSinceEpoch
      return isTomorrow || last.map { $0 > now - near } ?? false
    case .weekday: return last.map { $0 > now - .days(1) } ?? false
    case .date, .after, .unclear: return false
    }
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
    case .past(let written, nil): "\(Inert.terminal(written)) is past; write \(wanted) for the next update."
    case .past(let written, let next?):
      "\(Inert.terminal(written)) is past; write \(wanted) for the next update, or \(next.dateMinuteUTC) if you mean that."
    case .shifted(let written, let then, let now):
      "\(Inert.terminal(written)) meant \(then.dateMinuteUTC) when it was written, and means \(now.dateMinuteUTC) now; "
        + "write the date."
    }
  }
}
