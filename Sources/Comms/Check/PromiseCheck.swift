import Values

/// Whether the text names the next update, with its zone, and for the time that will be counted down.
struct PromiseCheck {
  /// Whether the text may name none.
  var isNone = false
  var now: Instant?
  var written: Instant?
  var names: [String: Int] = [:]
  var places: [Zone] = []

  func finding(in text: String, promise: Instant?, stage: Stage) -> Finding {
    let read = PromiseText(text, names: names, places: places)
    guard let promise else { return unpromised(read, text, stage) }
    let wanted = now.map { UpdateFields.time(promise, at: $0) } ?? promise.minuteUTC
    if let now, promise <= now {
      return Finding(
        .error, .promise, "The next update is promised for \(wanted), which is past; name a later time.")
    }
    guard read.isNamed else {
      if read.confirms(Self.minute(promise), at: now ?? promise - .minutes(1)) {
        return Finding(.good, .promise, "Next update named: \(wanted), as promised.")
      }
      return Finding(
        .warning, .promise, "The next update at \(wanted) is not in the text: its readers do not learn of it."
      )
    }
    do throws(PromiseTrouble) {
      // Without a clock it is read a moment before the promise: then the next such time is the promise or not.
      let named =
        if let now {
          try read.instant(writtenAt: self.written ?? now, at: now)
        } else {
          try read.instant(at: promise - .minutes(1), today: nil)
        }
      let isSame = named == Self.minute(promise)
      let written = read.mentions.first?.written ?? ""
      guard isSame else {
        return error(
          "The text says \(Inert.terminal(written)) for the next update, and \(wanted) is promised.", text)
      }
      return Finding(.good, .promise, "Next update named: \(Inert.terminal(written)), as promised.")
    } catch {
      if case .past(let written, _) = error.what, now == nil {
        return self.error(
          "The text says \(Inert.terminal(written)) for the next update, and \(wanted) is promised.", text)
      }
      return self.error(error.sentence(wanted: wanted), text)
    }
  }

  /// What the text names becomes the promise.
  private func unpromised(_ read: PromiseText, _ text: String, _ stage: Stage) -> Finding {
    guard read.isNamed else {
      return stage.asksForNext
        ? Finding(.warning, .promise, "No next update is named; say when you write again.")
        : Finding(.good, .promise, "No next update is promised.")
    }
    if isNone {
      let written = read.mentions.first?.written
      return error(
        written.map {
          "The text says \(Inert.terminal($0)) for the next update, and none is promised; take it out."
        }
          ?? "The text speaks of a next update, and none is promised; take it out.", text)
    }
    do throws(PromiseTrouble) {
      if let now {
        _ = try read.instant(writtenAt: written ?? now, at: now)
      } else {
        _ = try read.instant(at: Instant(milliseconds: 0), today: nil)
      }
      let written = read.mentions.first?.written ?? ""
      return Finding(
        .good, .promise, "Next update named: \(Inert.terminal(written)); it will be counted down.")
    } catch {
      if case .past = error.what, now == nil {
        let written = read.mentions.first?.written ?? ""
        return Finding(
          .good, .promise, "Next update named: \(Inert.terminal(written)); it will be counted down.")
      }
      let example = now.map { UpdateFields.time($0 + .minutes(15), at: $0) } ?? "03:30 UTC"
      return self.error(error.sentence(wanted: "a time with its zone, such as \(example)"), text)
    }
  }

  private func error(_ sentence: String, _ text: String) -> Finding {
    let checked = CheckedText(text, .text)
    let mention = PromiseText(text, names: names, places: places).mentions.first
    let start = mention?.range.lowerBound ?? checked.ranges(of: "next update").first?.lowerBound
    return Finding(.error, .promise, sentence, at: start.map { checked.place($0) })
  }

  private static func minute(_ instant: Instant) -> Instant {
    Instant(milliseconds: instant.milliseconds.floorDivided(by: 60_000).multipliedSaturating(by: 60_000))
  }
}
