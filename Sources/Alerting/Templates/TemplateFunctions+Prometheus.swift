import Metrics
import Patterns
import Values

/// The functions that Prometheus adds for alerting rules.
extension TemplateFunctions {
  static let prometheus: [String: Definition] = [
    "query": Definition(1) { call throws(TemplateError) in
      let expression = try call.string(0)
      do {
        return .list(try call.context.query(expression).map { .record(record(of: $0)) })
      } catch {
        throw call.error("\(error)")
      }
    },
    "first": Definition(1) { call throws(TemplateError) in
      guard let first = try samples(call, 0).first else {
        throw call.error("first() called on vector with no elements")
      }
      return .record(first)
    },
    "label": Definition(2) { call throws(TemplateError) in
      try TemplateFields.value(
        of: call.string(0), in: sample(call, 1)["Labels"] ?? .strings([:]), [], at: call.offset)
    },
    "value": Definition(1) { call throws(TemplateError) in try sample(call, 0)["Value"] ?? .null },
    "strvalue": Definition(1) { call throws(TemplateError) in
      try TemplateFields.value(
        of: "__value__", in: sample(call, 0)["Labels"] ?? .strings([:]), [], at: call.offset)
    },
    "sortByLabel": Definition(2) { call throws(TemplateError) in
      let name = try call.string(0)
      let keyed = try samples(call, 1).map { (key: label(name, of: $0), record: $0) }
      return .list(
        keyed.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }
          .map { .record($0.element.record) })
    },
    "humanize": Definition(1) { call throws(TemplateError) in
      .string(Humanize.plain(try call.number(0)))
    },
    "humanize1024": Definition(1) { call throws(TemplateError) in
      .string(Humanize.binary(try call.number(0)))
    },
    "humanizeDuration": Definition(1) { call throws(TemplateError) in
      .string(Humanize.duration(try call.number(0)))
    },
    "humanizePercentage": Definition(1) { call throws(TemplateError) in
      .string(Humanize.percentage(try call.number(0)))
    },
    "humanizeTimestamp": Definition(1) { call throws(TemplateError) in
      let seconds = try call.number(0)
      guard seconds.isFinite else { return .string(GoFloat.formatted(seconds, verb: "g", precision: 4)) }
      return .string(GoTime.text(try milliseconds(seconds, call)))
    },
    "toTime": Definition(1) { call throws(TemplateError) in .time(try milliseconds(call.number(0), call)) },
    "toDuration": Definition(1) { call throws(TemplateError) in
      let seconds = try call.number(0)
      guard let nanoseconds = Int64(exactly: (seconds * 1e9).rounded(.towardZero)) else {
        throw call.error("\(GoFloat.shortest(seconds)) cannot be represented as a duration")
      }
      return .duration(nanoseconds)
    },
    "now": Definition(0) { .real(Double($0.context.now) / 1000) },
    "title": Definition(1) { call throws(TemplateError) in .string(titled(try call.string(0))) },
    "toUpper": Definition(1) { call throws(TemplateError) in .string(try call.string(0).uppercased()) },
    "toLower": Definition(1) { call throws(TemplateError) in .string(try call.string(0).lowercased()) },
    "match": Definition(2) { call throws(TemplateError) in
      .boolean(try regex(call.string(0), call).matches(call.string(1)))
    },
    "reReplaceAll": Definition(3) { call throws(TemplateError) in
      let text = try call.string(2)
      return .string(try regex(call.string(0), call).replaceAll(in: text, with: call.string(1)))
    },
    "stripPort": Definition(1) { call throws(TemplateError) in
      let text = try call.string(0)
      return .string(HostPort(text)?.host ?? text)
    },
    "stripDomain": Definition(1) { call throws(TemplateError) in
      .string(HostPort.strippingDomain(of: try call.string(0)))
    },
    "graphLink": Definition(1) { call throws(TemplateError) in
      .string("/graph?g0.expr=\(queryEscaped(try call.string(0)))&g0.tab=0")
    },
    "tableLink": Definition(1) { call throws(TemplateError) in
      .string("/graph?g0.expr=\(queryEscaped(try call.string(0)))&g0.tab=1")
    },
    "urlQueryEscape": Definition(1) { call throws(TemplateError) in
      .string(queryEscaped(try call.string(0)))
    },
    "parseDuration": Definition(1) { call throws(TemplateError) in
      let text = try call.string(0)
      let isNegative = text.hasPrefix("-")
      guard let span = Span(prometheus: isNegative ? text.dropFirst() : text[...]) else {
        throw call.error("not a valid duration string: \(text.debugDescription)")
      }
      return .real(isNegative ? -span.seconds : span.seconds)
    },
    "args": Definition(0...many) { call in
      let pairs = call.arguments.enumerated().map { ("arg\($0.offset)", $0.element) }
      return .map(Dictionary(pairs, uniquingKeysWith: { first, _ in first }), isTyped: false)
    },
    "safeHtml": Definition(1) { call throws(TemplateError) in .string(try call.string(0)) },
    "externalURL": Definition(0) { .string($0.context.externalURL) },
    "pathPrefix": Definition(0) { .string(path(ofURL: $0.context.externalURL)) },
  ]

  private static let sampleType = "template.sample"

  private static func record(of sample: Sample) -> TemplateRecord {
    TemplateRecord(
      typeName: sampleType,
      fields: [("Labels", .strings(sample.labels.dictionary)), ("Value", .real(sample.value))])
  }

  private static func sample(_ call: Call, _ index: Int) throws(TemplateError) -> TemplateRecord {
    guard case .record(let record) = call.argument(index), record.typeName == sampleType else {
      throw call.error("wrong type for value; expected a sample; got \(call.argument(index).typeName)")
    }
    return record
  }

  private static func samples(_ call: Call, _ index: Int) throws(TemplateError) -> [TemplateRecord] {
    guard case .list(let list) = call.argument(index) else {
      throw call.error("wrong type for value; expected a query result; got \(call.argument(index).typeName)")
    }
    return list.compactMap { value in
      if case .record(let record) = value { return record }
      return nil
    }
  }

  private static func label(_ name: String, of record: TemplateRecord) -> String {
    guard case .map(let labels, _)? = record["Labels"], case .string(let value)? = labels[name] else {
      return ""
    }
    return value
  }

  private static func milliseconds(_ seconds: Double, _ call: Call) throws(TemplateError) -> Int64 {
    guard let nanoseconds = Int64(exactly: (seconds * 1e9).rounded(.towardZero)) else {
      throw call.error(
        "\(GoFloat.shortest(seconds)) cannot be represented as a nanoseconds timestamp since it overflows int64"
      )
    }
    return nanoseconds / 1_000_000
  }

  private static func regex(_ pattern: String, _ call: Call) throws(TemplateError) -> Regex {
    do {
      return try Regex(pattern, anchored: false, dotMatchesNewline: false)
    } catch {
      throw call.error("error parsing regexp: \(error.reason)")
    }
  }

  /// The first letter of each word in upper case, the others as they are; an apostrophe, a dot or a colon
  /// between letters does not end a word (Unicode's word boundaries).
  private static func titled(_ text: String) -> String {
    var out = ""
    var isInWord = false
    var previousIsLetter = false
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      let isWord = character.isLetter || character.isNumber || character == "_"
      if isWord {
        out += !isInWord && character.isLetter ? character.uppercased() : String(character)
        if character.isLetter { isInWord = true }
      } else {
        let next = characters.dropFirst(index + 1).first
        let joins = "'’.:·".contains(character) && previousIsLetter && next?.isLetter == true
        if !joins { isInWord = false }
        out.append(character)
      }
      previousIsLetter = character.isLetter
    }
    return out
  }

  /// The path of a URL, without host and query.
  private static func path(ofURL url: String) -> String {
    let afterScheme = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    guard let slash = afterScheme.firstIndex(of: "/") else { return "" }
    return String(afterScheme[slash...].prefix { $0 != "?" && $0 != "#" })
  }
}
