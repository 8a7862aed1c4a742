import Alerting
import Documents
import PromQL
import Values

/// Windows of maintenance, and times of any kind.
extension SystemReader {
  static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  mutating func readOccasions(_ reader: inout YAMLReader) {
    for node in reader.list("maintenance") {
      var inner = reader.reader(node, of: "a maintenance window")
      let title = inner.requiredString("title")
      let recurrence = recurrence(&inner)
      let duration = requiredSpan("for", &inner)
      let zone = zone(&inner)
      let endpoints = inner.strings("endpoints")
      for name in endpoints { endpointReferences.append(reference(name, "endpoints", &inner)) }
      let matchers = matchers("matchers", &inner)
      if let title, let recurrence, let duration {
        system.maintenance.append(
          MaintenanceWindow(
            title: title, recurrence: recurrence, duration: duration, zone: zone, endpoints: endpoints,
            matchers: matchers))
      }
      reader.finish(inner)
    }
    readRoutines(&reader)
    readObjectives(&reader)
  }

  /// `every: Sun 02:00`, `cron: …` or `at: 2026-12-05T22:00:00Z`; exactly one.
  private func recurrence(_ reader: inout YAMLReader) -> Recurrence? {
    let every = reader.string("every")
    let cron = reader.string("cron")
    let at = reader.string("at")
    guard [every, cron, at].compactMap({ $0 }).count == 1 else {
      reader.complain(
        "a maintenance window has exactly one of every, cron and at", remedy: "write one of them",
        at: reader.position)
      return nil
    }
    func wrong(_ key: String, _ text: String, _ remedy: String) -> Recurrence? {
      reader.complain(
        "\(key) cannot be \"\(Inert.terminal(text))\"", remedy: remedy,
        at: reader.node(key)?.position ?? reader.position)
      return nil
    }
    if let every {
      return weekly(every) ?? monthly(every)
        ?? wrong(
          "every", every, "write one such as Sun 02:00, daily 02:00, monthly 15 02:00 or last Sun 02:00")
    }
    if let at {
      return Instant(rfc3339: at).map { .once($0) } ?? byClock(at).map { .onceByClock($0) }
        ?? wrong("at", at, "write one such as 2026-12-05T22:00:00Z, or 2026-12-05 22:00 in its zone")
    }
    let text = cron ?? ""
    return Cron(text).map { .cron($0) }
      ?? wrong("cron", text, "write five fields of which some day comes, such as 0 3 1 * *")
  }

  /// `Sun 02:00`, `daily 02:00`.
  func weekly(_ text: String) -> Recurrence? {
    let words = text.split(separator: " ")
    guard words.count == 2, let day = words.first, let minute = words.last.flatMap({ minute($0) }) else {
      return nil
    }
    if day == "daily" { return .weekly(day: nil, minute: minute) }
    return Self.weekdays.firstIndex(of: String(day)).map { .weekly(day: $0, minute: minute) }
  }

  /// `monthly 02:00` (on the first), `monthly 15 02:00`, `monthly last 02:00`, `second Tue 02:00`,
  /// `last Sun 02:00`.
  func monthly(_ text: String) -> Recurrence? {
    let words = text.split(separator: " ").map(String.init)
    guard let first = words.first, let minute = words.last.flatMap({ minute($0) }) else { return nil }
    let middle = words.dropFirst().dropLast()
    if first == "monthly" {
      guard let day = middle.first, middle.count == 1 else {
        return middle.isEmpty ? .monthlyDay(1, minute: minute) : nil
      }
      if day == "last" { return .monthlyDay(-1, minute: minute) }
      return Int(day).flatMap { (1...31).contains($0) ? .monthlyDay($0, minute: minute) : nil }
    }
    guard middle.count == 1, let day = middle.first.flatMap({ Self.weekdays.firstIndex(of: $0) }) else {
      return nil
    }
    let nth = ["first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1][first]
    return nth.map { .monthlyWeekday(nth: $0, day: day, minute: minute) }
  }

  /// `2026-12-05 22:00`.
  private func byClock(_ text: String) -> CivilTime? {
    let words = text.split(whereSeparator: { $0 == " " || $0 == "T" })
    guard words.count == 2, let day = words.first, let minute = words.last.flatMap({ minute($0) }),
      let midnight = Instant(rfc3339: "\(day)T00:00:00Z")
    else { return nil }
    var civil = CivilTime(midnight)
    (civil.hour, civil.minute) = (minute / 60, minute % 60)
    return civil
  }

  /// An IANA name such as `Europe/Paris`; its rules are the host's.
  mutating func zone(_ reader: inout YAMLReader) -> String? {
    guard let text = reader.string("zone") else { return nil }
    let allowed = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/_+-".contains($0)) }
    guard allowed, text.first?.isLetter == true, text == "UTC" || text.contains("/") else {
      reader.complain(
        "\"\(Inert.terminal(text))\" is no time zone", remedy: "write one such as Europe/Paris or UTC",
        at: reader.node("zone")?.position ?? reader.position)
      return nil
    }
    if let zones, system.zones[text] == nil {
      system.zones[text] = zones(text)
      if system.zones[text] == nil { complain(ofZone: text, at: reader.node("zone")?.position, &reader) }
    }
    return text
  }

  /// A name that is none is a mistake; a host without the rules of any zone is none of the folder's.
  private mutating func complain(ofZone name: String, at position: Position?, _ reader: inout YAMLReader) {
    let place = position ?? reader.position
    guard zones?("Europe/London") != nil else {
      problems.append(
        Problem(
          "the rules of the time zone \(name) are not on this host, so what is due by its clocks never is",
          remedy: "install tzdata", file: Self.file, at: place, weight: .warning))
      return
    }
    reader.complain(
      "there is no time zone \(name)", remedy: "write one such as Europe/Paris or UTC", at: place)
  }

  /// `99.9%` as 0.999.
  func percentage(_ name: String, _ reader: inout YAMLReader, isRequired: Bool = false) -> Double? {
    guard let text = isRequired ? reader.requiredString(name) : reader.string(name) else { return nil }
    guard text.hasSuffix("%"), let value = Double(text.dropLast()), value >= 0, value <= 100 else {
      reader.complain(
        "\(name) is a percentage, and here is \"\(Inert.terminal(text))\"", remedy: "write one such as 99.9%",
        at: reader.node(name)?.position ?? reader.position)
      return nil
    }
    return value / 100
  }
}
