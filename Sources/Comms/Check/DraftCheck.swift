import Incidents
import Values

/// Reads a draft as a stranger would at night: is it clear, does it keep its promise, does it tell more than
/// it should?
package struct DraftCheck: Equatable, Sendable {
  /// Of the template, in characters; nil does not ask.
  package var limit: Int?
  /// Of the destinations.
  package var limits: [TextLimit] = []
  package var severity: Severity?
  /// Links that may stand in the text: the system's own.
  package var links: [String] = []
  /// Hosts that must not: those of the system's endpoints.
  package var hosts: [String] = []
  package var secrets: [Secret] = []
  /// Whether the text may say when it will work again: ``Template/allowsEstimate(for:)``.
  package var allowsEstimate = false
  /// Whether "soon" and its like may go outward: ``Template/allowsVague``.
  package var allowsVague = false
  /// Whether data was lost, in the incident's words; nil when nobody said yet.
  package var dataLost: String?
  /// When it is read: tells which day a time without a date means. Nil compares times of day.
  package var now: Instant?
  /// When the text was written as it is, where that was earlier: what it names has to mean now what it meant then.
  package var written: Instant?
  /// Whether an incident counts down what the text promises. For an announcement nothing does.
  package var hasClock = true
  /// Whether somebody said that no next update is promised: what the draft was written with is taken back, and the
  /// text may name none.
  package var promisesNone = false
  /// How often the incident asks for an update to these readers; nil asks for none.
  package var every: Span?
  /// Offsets in seconds of abbreviations of zones that are known here.
  package var zoneNames: [String: Int] = [:]
  /// Zones that a text can name whole, `Europe/Berlin`.
  package var zones: [Zone] = []

  package init(
    limit: Int? = nil, severity: Severity? = nil, links: [String] = [], hosts: [String] = [],
    secrets: [Secret] = [], allowsEstimate: Bool = false
  ) {
    self.limit = limit
    self.severity = severity
    self.links = links
    self.hosts = hosts
    self.secrets = secrets
    self.allowsEstimate = allowsEstimate
  }

  package func findings(of draft: Draft, nextUpdate: Instant?) -> [Finding] {
    findings(
      subject: draft.subject, text: draft.text, audience: draft.audience, stage: draft.stage,
      nextUpdate: nextUpdate)
  }

  /// Errors first, then warnings, then what is well.
  package func findings(
    subject: String, text: String, audience: String, stage: Stage, nextUpdate: Instant?
  ) -> [Finding] {
    let parts = [CheckedText(subject, .subject), CheckedText(text, .text)]
    var findings = [(subject, Finding.Part.subject), (text, .text)].flatMap { unfilled($0, $1) }
    findings += [content(subject: subject, text: text)].compactMap { $0 }
    let nextUpdate = promisesNone ? nil : nextUpdate
    findings.append(
      PromiseCheck(isNone: promisesNone, now: now, written: written, names: zoneNames, places: zones).finding(
        in: text, promise: nextUpdate, stage: stage))
    if let finding = forgotten(text, nextUpdate, stage: stage) { findings.append(finding) }
    if let finding = late(text, nextUpdate, stage: stage) { findings.append(finding) }
    let isOutward = Audience.isOutward(audience)
    findings += parts.flatMap {
      VagueWords.findings(in: $0, mark: isOutward && !allowsVague ? .error : .warning)
    }
    findings += isOutward ? inner(subject, text) : known(subject, text)
    findings += length(subject: subject, text: text)
    if let finding = impact(text, stage: stage) { findings.append(finding) }
    if isOutward {
      if let finding = outage(parts) { findings.append(finding) }
      if let finding = estimate(parts, stage: stage) { findings.append(finding) }
      if stage == .resolved { findings.append(LossCheck.finding(in: text, dataLost: dataLost)) }
    }
    var seen: Set<String> = []
    let once = findings.filter { seen.insert($0.sentence).inserted }
    let order: [Finding.Mark] = [.error, .warning, .good]
    return order.flatMap { mark in once.filter { $0.mark == mark } }
  }

  /// The promise that the text makes when it is read at `now`; nil when it names none, or names it badly.
  package func promise(in text: String, at now: Instant) -> Instant? {
    let read = PromiseText(text, names: zoneNames, places: zones)
    return (try? read.instant(writtenAt: written ?? now, at: now)) ?? nil
  }

  /// What a draft promises when it goes out at `now`: what it was written with, else what its text names. Where the
  /// text names another time, the check says so.
  package func promise(of draft: Draft, at now: Instant) -> Instant? {
    if promisesNone { return nil }
    var check = self
    check.written = draft.saved?.at
    return draft.intendedPromise ?? check.promise(in: draft.text, at: now)
  }
}

extension DraftCheck {
  private func unfilled(_ text: String, _ part: Finding.Part) -> [Finding] {
    let checked = CheckedText(text, part)
    let names = Unfilled.names(in: text)
    if names.isEmpty, let place = checked.ranges(of: "{{").first {
      return [
        Finding(
          .error, .unfilled, "A field's braces {{ are left in the \(part.rawValue).",
          at: checked.place(place.lowerBound))
      ]
    }
    return names.map { name in
      let place = checked.ranges(of: "{{\(name)}}").first ?? checked.ranges(of: "{{").first
      return Finding(
        .error, .unfilled, "{{\(name)}} is unfilled.", at: place.map { checked.place($0.lowerBound) })
    }
  }

  private func content(subject: String, text: String) -> Finding? {
    if text.allSatisfy(\.isWhitespace) { return Finding(.error, .empty, "The text is empty.") }
    if subject.allSatisfy(\.isWhitespace) { return Finding(.warning, .empty, "The subject is empty.") }
    return nil
  }

  private func impact(_ text: String, stage: Stage) -> Finding? {
    guard stage.asksForNext || stage == .resolved else { return nil }
    let line = text.split(whereSeparator: \.isNewline).map(\.trimmed)
      .map { $0.drop { "*_#>- ".contains($0) } }
      .first { $0.lowercased().hasPrefix("impact:") || $0.lowercased().hasPrefix("impact**:") }
    let says = line?.dropFirst("impact:".count).contains { $0.isLetter || $0.isNumber } ?? false
    return says
      ? Finding(.good, .impact, "The impact is named.")
      : Finding(.warning, .impact, "Say what people notice: no line begins with \"Impact:\".")
  }

  /// Whether the cadence asks for an update before the promised one.
  private func late(_ text: String, _ nextUpdate: Instant?, stage: Stage) -> Finding? {
    guard let now, let every, stage.asksForNext, !promisesNone,
      let promise = nextUpdate ?? promise(in: text, at: now)
    else {
      return nil
    }
    // Promises are whole minutes.
    let due = now + every
    guard promise >= due + .minutes(1) else { return nil }
    return Finding(
      .warning, .promise,
      "The next update is promised for \(UpdateFields.time(promise, at: now)), and the cadence asks for one by "
        + "\(UpdateFields.time(due, at: now)).")
  }

  /// A promise of which nothing reminds anybody.
  private func forgotten(_ text: String, _ nextUpdate: Instant?, stage: Stage) -> Finding? {
    guard !hasClock, !stage.asksForNext, stage != .resolved, !promisesNone else { return nil }
    guard let promise = nextUpdate ?? promise(in: text, at: now ?? Instant(milliseconds: 0)) else {
      return nil
    }
    let time = now.map { UpdateFields.time(promise, at: $0) } ?? promise.minuteUTC
    return Finding(
      .error, .reminder,
      "It is about no incident, so that nothing reminds anybody of the next update at \(time); name none.")
  }

  private func outage(_ parts: [CheckedText]) -> Finding? {
    guard let severity, severity != .s1 else { return nil }
    for part in parts {
      guard let word = part.letterWords.first(where: { $0.low == "outage" }) else { continue }
      return Finding(
        .warning, .outage, "\"outage\" says that nothing works; say what does not.",
        at: part.place(word.range.lowerBound))
    }
    return nil
  }

  private func estimate(_ parts: [CheckedText], stage: Stage) -> Finding? {
    guard stage.asksForNext || stage == .reply, !allowsEstimate else { return nil }
    for part in parts {
      guard let place = EstimateCheck.promise(in: part) else { continue }
      return Finding(
        .error, .estimate,
        "The \(part.part.rawValue) promises when it will work, and its template does not allow that; "
          + "say when the next update comes instead.", at: part.place(place))
    }
    return nil
  }

  private func length(subject: String, text: String) -> [Finding] {
    let count = text.count
    var findings: [Finding] = []
    func check(_ count: Int, _ limit: Int?, _ what: String, _ whose: String?) {
      guard let limit, count > limit else { return }
      let place = whose.map { " in \(Inert.terminal($0))" } ?? ""
      findings.append(Finding(.error, .length, "The \(what) has \(count) characters; \(limit) fit\(place)."))
    }
    check(subject.count, 255, "subject", nil)
    check(count, limit, "text", nil)
    for one in limits {
      if one.subject.map({ $0 < 255 }) ?? false { check(subject.count, one.subject, "subject", one.of) }
      check(count, one.text, "text", one.of)
    }
    let least = ([limit].compactMap { $0 } + limits.compactMap(\.text)).min()
    if let least, count <= least {
      findings.append(Finding(.good, .length, "\(count) of \(least) characters."))
    }
    return findings
  }

  private func inner(_ subject: String, _ text: String) -> [Finding] {
    let details = InnerDetails(links: links, hosts: hosts, secrets: secrets)
    let found = details.findings(in: subject, .subject) + details.findings(in: text, .text)
    return found.isEmpty ? [Finding(.good, .inner, "No host names, ids or secrets.")] : found
  }

  /// Inside the house hosts and ids are of use; a secret is of none, anywhere.
  private func known(_ subject: String, _ text: String) -> [Finding] {
    var findings: [Finding] = []
    for (part, written) in [(Finding.Part.subject, subject), (.text, text)] {
      if secrets.contains(where: { $0.masking(written) != written }) {
        findings.append(Finding(.error, .secret, "A secret stands in the \(part.rawValue)."))
      } else if let hit = SecretShapes.hits(in: CheckedText(written, part)).first {
        let place = CheckedText(written, part).place(hit.range.lowerBound)
        findings.append(Finding(.warning, .secret, hit.sentence, at: place))
      }
    }
    return findings
  }
}
