import Values

/// `.name` on a value: a key, a field, or a method of times and durations.
enum TemplateFields {
  static func value(
    of name: String, in receiver: TemplateValue, _ arguments: [TemplateValue], at offset: Int
  ) throws(TemplateError) -> TemplateValue {
    switch receiver {
    case .time(let milliseconds):
      if let result = try time(milliseconds, name, arguments, at: offset) { return result }
    case .duration(let nanoseconds):
      if let result = duration(nanoseconds, name, arguments) { return result }
    case .map(let map, let isTyped):
      try refuse(arguments, for: name, at: offset)
      return map[name] ?? (isTyped ? .string("") : .null)
    case .record(let record):
      if let value = record[name] {
        try refuse(arguments, for: name, at: offset)
        return value
      }
    case .null:
      throw TemplateError("nil data; no entry for key \"\(name)\"", at: offset)
    default: break
    }
    throw TemplateError("can't evaluate field \(name) in type \(receiver.typeName)", at: offset)
  }

  private static func refuse(
    _ arguments: [TemplateValue], for name: String, at offset: Int
  ) throws(TemplateError) {
    guard arguments.isEmpty else {
      throw TemplateError("\(name) has arguments but cannot be invoked as function", at: offset)
    }
  }

  private static func time(
    _ milliseconds: Int64, _ name: String, _ arguments: [TemplateValue], at offset: Int
  ) throws(TemplateError) -> TemplateValue? {
    let civil = CivilTime(Instant(milliseconds: milliseconds))
    switch (name, arguments.first) {
    case ("Format", .string(let layout)): return .string(GoTime.format(milliseconds, layout: layout))
    case ("Add", .duration(let span)): return .time(milliseconds.addingSaturating(span / 1_000_000))
    case ("Sub", .time(let other)):
      return .duration(milliseconds.subtractingSaturating(other).multipliedSaturating(by: 1_000_000))
    case ("Before", .time(let other)): return .boolean(milliseconds < other)
    case ("After", .time(let other)): return .boolean(milliseconds > other)
    case ("Equal", .time(let other)): return .boolean(milliseconds == other)
    default: break
    }
    guard arguments.isEmpty else {
      throw TemplateError("wrong arguments for \(name)", at: offset)
    }
    switch name {
    case "Unix": return .integer(Int(milliseconds.floorDivided(by: 1000)))
    case "UnixMilli": return .integer(Int(milliseconds))
    case "UnixNano": return .integer(Int(milliseconds.multipliedSaturating(by: 1_000_000)))
    case "String": return .string(GoTime.text(milliseconds))
    case "UTC", "Local": return .time(milliseconds)
    case "Year": return .integer(civil.year)
    case "Month": return .string(String(GoTime.format(milliseconds, layout: "January")))
    case "Day": return .integer(civil.day)
    case "Hour": return .integer(civil.hour)
    case "Minute": return .integer(civil.minute)
    case "Second": return .integer(civil.second)
    case "Nanosecond": return .integer(civil.millisecond * 1_000_000)
    case "Weekday": return .string(GoTime.weekday(civil))
    case "YearDay":
      return .integer(
        civil.daysSinceEpoch - CivilTime(year: civil.year, month: 1, day: 1).daysSinceEpoch + 1)
    case "IsZero": return .boolean(false)
    default: return nil
    }
  }

  private static func duration(
    _ nanoseconds: Int64, _ name: String, _ arguments: [TemplateValue]
  ) -> TemplateValue? {
    if case .duration(let unit)? = arguments.first, unit > 0 {
      switch name {
      case "Truncate": return .duration(nanoseconds - nanoseconds % unit)
      case "Round":
        let rest = nanoseconds % unit
        let down = nanoseconds - rest
        let isUp = rest.magnitude.multipliedReportingOverflow(by: 2).partialValue >= UInt64(unit)
        return .duration(isUp ? down.addingSaturating(rest < 0 ? -unit : unit) : down)
      default: return nil
      }
    }
    guard arguments.isEmpty else { return nil }
    let value = Double(nanoseconds)
    switch name {
    case "Hours": return .real(value / 3.6e12)
    case "Minutes": return .real(value / 6e10)
    case "Seconds": return .real(value / 1e9)
    case "Milliseconds": return .integer(Int(nanoseconds / 1_000_000))
    case "Microseconds": return .integer(Int(nanoseconds / 1000))
    case "Nanoseconds": return .integer(Int(nanoseconds))
    case "String": return .string(GoTime.duration(nanoseconds))
    case "Abs": return .duration(nanoseconds < 0 ? Int64(0).subtractingSaturating(nanoseconds) : nanoseconds)
    default: return nil
    }
  }
}
