import Desk
import Documents
import Incidents
import Values

/// Calendars, tickets, retros: read and shown.
extension SystemReader {
  mutating func readDesk(_ reader: inout YAMLReader) {
    readCalendars(&reader)
    readTickets(&reader)
    guard var inner = reader.mapping("retro", of: "retro") else { return }
    system.retro = RetroSettings(
      template: inner.string("template") ?? "midwatch", sections: inner.strings("sections"),
      append: inner.string("append"))
    reader.finish(inner)
  }

  private mutating func readCalendars(_ reader: inout YAMLReader) {
    guard var names = reader.mapping("calendars", of: "calendars") else { return }
    for name in names.names {
      guard let node = names.node(name) else { continue }
      if name == ClockPlan.always {
        names.complain(
          "\(name) is always open, and no calendar can be called so", remedy: "call it something else",
          at: names.position(of: name))
      }
      var inner = names.reader(node, of: "a calendar")
      let zone = zone(&inner)
      let hours = inner.strings("hours").compactMap { openHours($0, &inner) }
      let holidays = inner.strings("holidays").filter { isDate($0, &inner) }
      system.calendars.append(BusinessCalendar(name: name, zone: zone, hours: hours, holidays: holidays))
      names.finish(inner)
    }
    reader.finish(names)
  }

  /// `Mon-Fri 09:00-12:30`, `Sat 10:00-24:00`; `Fri 22:00-02:00` ends on the next day.
  private func openHours(_ text: String, _ reader: inout YAMLReader) -> BusinessCalendar.Hours? {
    let words = text.split(separator: " ")
    let days = words.first?.split(separator: "-").map { Self.weekdays.firstIndex(of: String($0)) } ?? []
    let times = words.last?.split(separator: "-").map { minute($0) } ?? []
    guard words.count == 2, (1...2).contains(days.count), times.count == 2, let first = days.first ?? nil,
      let last = days.last ?? nil, let from = times.first ?? nil, let until = times.last ?? nil, from < 1440
    else {
      reader.complain(
        "these are no hours: \"\(Inert.terminal(text))\"", remedy: "write some such as Mon-Fri 09:00-12:30",
        at: reader.node("hours")?.position ?? reader.position)
      return nil
    }
    guard from != until else {
      reader.complain(
        "the hours \"\(Inert.terminal(text))\" end as they begin",
        remedy: "write 00:00-24:00 for a whole day", at: reader.node("hours")?.position ?? reader.position)
      return nil
    }
    let count = (last - first + 7) % 7
    return BusinessCalendar.Hours(days: (0...count).map { (first + $0) % 7 }, from: from, until: until)
  }

  private func isDate(_ text: String, _ reader: inout YAMLReader) -> Bool {
    guard Instant(rfc3339: text + "T00:00:00Z") == nil else { return true }
    reader.complain(
      "\"\(Inert.terminal(text))\" is no date", remedy: "write one such as 2026-12-25",
      at: reader.node("holidays")?.position ?? reader.position)
    return false
  }

  private mutating func readTickets(_ reader: inout YAMLReader) {
    guard var inner = reader.mapping("tickets", of: "tickets") else { return }
    var calendars: [String: String] = [:]
    for (severity, calendar) in inner.stringMap("calendar") {
      if Severity(rawValue: severity) == nil {
        inner.complain(
          "the severities are S1 to S4, and here is \"\(Inert.terminal(severity))\"",
          remedy: "write one of them",
          at: inner.position(of: "calendar"))
      }
      calendars[severity] = calendar
      if calendar != "24x7" { calendarReferences.append(reference(calendar, "calendar", &inner)) }
    }
    let pauses = inner.strings("pause")
    let warnsAt = percentage("warn", &inner) ?? 0.25
    let source = ticketSource(&inner)
    var may: [String: [String]] = [:]
    if var actions = inner.mapping("may", of: "may") {
      for action in actions.names { may[action] = actions.strings(action) }
      inner.finish(actions)
    }
    system.tickets = TicketSettings(
      calendars: calendars, pauses: pauses, warnsAt: warnsAt, source: source, may: may)
    reader.finish(inner)
  }
}
