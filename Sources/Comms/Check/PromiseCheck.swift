import Values

/// Whether the text names the next update, with its zone, and for the time that will be counted down.
struct PromiseCheck {
  var now: Instant?
  var names: [String: Int] = [:]
  var places: [Zone] = []

  func finding(in text: String, promise: Instant?, stage: Stage) -> Finding {
    let read = PromiseText(text, names: names, places: places)
    guard let promise else { return unpromised(read, text, stage) }
    let wanted = now.map { UpdateFields.time(promise, at: $0) } ?? promise.minuteUTC
    guard read.isNamed else {
      return Finding(.error, .promise, "The next update at \(wanted) is not in the text.")
    }
    if let now, promise <= now - .minutes(1) {
      return Finding(
        .error, .promise, "The next update is promised for \(wanted), which is past; name a later time.")
    }
    do throws(PromiseTrouble) {
      // Without a clock it is read a moment before the promise: then the next such time is the promise or not.
      let isSame = try read.instant(at: now ?? promise - .minutes(1), today: now) == Self.minute(promise)
      let written = read.mentions.first?.written ?? ""
      guard isSame else {
        return error(
          "The text says \(Inert.terminal(written)) for the next update, and \(wanted) is promised.", text)
      }
      return Finding(.good, .promise, "Next update named: \(Inert.terminal(written)), as promised.")
    } catch {
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
    do throws(PromiseTrouble) {
      _ = try read.instant(at: now ?? Instant(milliseconds: 0), today: now)
      let written = read.mentions.first?.written ?? ""
      return Finding(
        .good, .promise, "Next update named: \(Inert.terminal(written)); it will be counted down.")
    } catch {
      if case .past = error.what, now == nil {
        let written = read.mentions.first?.written ?? ""
        return Finding(
          .good, .promise, "Next update named: \(Inert.terminal(written)); it will be counted down.")
      }
      return self.error(error.sentence(wanted: "a time with its zone, such as 03:30 UTC"), text)
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
