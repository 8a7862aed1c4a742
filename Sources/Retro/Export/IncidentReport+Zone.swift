import Values

extension IncidentReport {
  /// A local zone shown beside UTC: how far ahead it was, and its name.
  package struct Zone: Equatable, Sendable {
    /// From ``at`` on its clocks showed another time.
    package struct Change: Equatable, Sendable {
      package let at: Instant
      /// Seconds ahead of UTC.
      package let offset: Int
      package let name: String

      package init(at: Instant, offset: Int, name: String) {
        self.at = at
        self.offset = offset
        self.name = name
      }
    }

    /// At the beginning, in seconds ahead of UTC.
    package let offset: Int
    package let name: String
    /// In order of time; those that fell into the incident.
    package let changes: [Change]

    package init(offset: Int, name: String, changes: [Change] = []) {
      self.offset = offset
      self.name = name
      self.changes = changes
    }

    /// Whether it says nothing that UTC does not.
    var isUTC: Bool { offset == 0 && changes.allSatisfy { $0.offset == 0 } }

    /// `CEST`, `CEST and CET`.
    var title: String {
      var names = [name]
      for change in changes where !names.contains(change.name) { names.append(change.name) }
      return names.joined(separator: " and ")
    }

    /// How far ahead it was then, and what it was called.
    func at(_ instant: Instant) -> (offset: Int, name: String) {
      changes.last { $0.at <= instant }.map { ($0.offset, $0.name) } ?? (offset, name)
    }

    /// `05:05:33`, with the date where it is another than in UTC, and with the name where that changed.
    func clock(_ instant: Instant) -> String {
      let (offset, name) = at(instant)
      let time = CivilTime(instant, offset: offset)
      var text = DigitText()
      if time.daysSinceEpoch != CivilTime(instant).daysSinceEpoch {
        text.addDate(time)
        text.add(" ")
      }
      text.addClock(time)
      return text.text + (changes.isEmpty ? "" : " \(name)")
    }

    /// `2026-11-21T05:05:33.120+02:00`: RFC 3339 with its offset.
    func rfc3339(_ instant: Instant) -> String {
      let (offset, _) = at(instant)
      let time = CivilTime(instant, offset: offset)
      let minutes = abs(offset) / 60
      var text = DigitText()
      text.addDate(time)
      text.add("T")
      text.addClock(time)
      text.add(".")
      text.add(time.millisecond, width: 3)
      text.add(offset < 0 ? "-" : "+")
      text.add(minutes / 60, width: 2)
      text.add(":")
      text.add(minutes % 60, width: 2)
      return text.text
    }
  }
}
