import Values

/// Reads one mapping key by key, collects a problem for everything wrong, and at the end for every key
/// that nobody asked for.
///
/// ```swift
/// var reader = YAMLReader(node, file: file, of: "an endpoint")
/// let timeout = reader.span("timeout") ?? .seconds(10)
/// problems += reader.finish()
/// ```
package struct YAMLReader {
  package let file: String
  package private(set) var problems: [Problem] = []
  package let position: Position
  private var entries: [(key: YAMLNode, value: YAMLNode)] = []
  /// Places in ``entries`` by name, for a mapping of many keys; a short one is searched.
  private var places: [String: Int] = [:]
  /// Places that somebody asked for: those below 64 as bits, and the others.
  private var askedFew: UInt64 = 0
  private var askedMany: Set<Int> = []
  /// Names that somebody asked for and that are absent.
  private var missed: [String] = []
  private let thing: String
  /// Applied to every scalar that is read as text or a number: fills `${NAME}` in system.yaml.
  private let fill: (@Sendable (String, Position) -> (String, [Problem]))?

  /// The most keys that are searched one by one.
  private static let few = 12

  /// - Parameter thing: what the mapping describes, with its article, for messages: "an endpoint".
  package init(
    _ node: YAMLNode?, file: String, of thing: String,
    fill: (@Sendable (String, Position) -> (String, [Problem]))? = nil
  ) {
    self.file = file
    self.thing = thing
    self.fill = fill
    position = node?.position ?? .start
    guard let node, !node.isNull else { return }
    guard let pairs = node.entries else {
      problems.append(
        Problem(
          "\(thing) is a mapping, and here is \(node.whatItIs)", remedy: "write `key: value` lines",
          file: file, at: node.position))
      return
    }
    entries = pairs
    for (place, (key, _)) in pairs.enumerated() {
      guard case .scalar(let name, _) = key.kind else {
        problems.append(
          Problem("a key must be text", remedy: "write a plain word", file: file, at: key.position))
        continue
      }
      if pairs.count > Self.few { places[name] = place }
    }
  }

  /// The name of an entry; nil for a key that is no text.
  private static func name(_ entry: (key: YAMLNode, value: YAMLNode)) -> String? {
    if case .scalar(let name, _) = entry.key.kind { name } else { nil }
  }

  private func place(of name: String) -> Int? {
    places.isEmpty ? entries.firstIndex { Self.name($0) == name } : places[name]
  }

  /// Names in the order of the file.
  package var names: [String] { entries.compactMap(Self.name) }

  package func has(_ name: String) -> Bool { place(of: name) != nil }

  /// Where the key `name` stands; the mapping's place when it is absent.
  package func position(of name: String) -> Position {
    place(of: name).map { entries[$0].key.position } ?? position
  }

  /// The node under `name`, whatever it is; nil when absent.
  package mutating func node(_ name: String) -> YAMLNode? {
    guard let place = place(of: name) else {
      if missed.isEmpty { missed.reserveCapacity(8) }
      missed.append(name)
      return nil
    }
    if place < 64 { askedFew |= 1 << UInt64(place) } else { askedMany.insert(place) }
    return entries[place].value
  }

  private func wasAsked(_ place: Int) -> Bool {
    place < 64 ? askedFew & (1 << UInt64(place)) != 0 : askedMany.contains(place)
  }

  /// Where the value of the key `name` stands; the mapping's place when it is absent.
  func valuePosition(of name: String) -> Position {
    place(of: name).map { entries[$0].value.position } ?? position
  }

  package mutating func complain(
    _ what: String, remedy: String, at position: Position, weight: Problem.Weight = .error
  ) {
    problems.append(Problem(what, remedy: remedy, file: file, at: position, weight: weight))
  }

  /// Notes problems that another reader found.
  package mutating func add(_ others: [Problem]) { problems += others }

  package mutating func string(_ name: String) -> String? {
    guard let node = node(name), !node.isNull else { return nil }
    return string(node, name: name)
  }

  package mutating func string(_ node: YAMLNode, name: String) -> String? {
    guard case .scalar(let text, _) = node.kind else {
      complain(
        "\(name) is text, and here is \(node.whatItIs)", remedy: "write one line of text", at: node.position)
      return nil
    }
    guard let fill else { return text }
    let (filled, found) = fill(text, node.position)
    problems += found
    return filled
  }

  /// As ``string(_:)``; a missing one is a problem.
  package mutating func requiredString(_ name: String) -> String? {
    if let text = string(name) { return text }
    if place(of: name).map({ entries[$0].value.isNull }) ?? true {
      complain("\(thing) has no \(name)", remedy: "add `\(name): …`", at: position)
    }
    return nil
  }

  package mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = string(name) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      complain(
        "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound), and here is \"\(Inert.terminal(text))\"",
        remedy: "write such a number", at: valuePosition(of: name))
      return nil
    }
    return value
  }

  package mutating func number(_ name: String) -> Double? {
    guard let text = string(name) else { return nil }
    guard let value = Double(text) else {
      complain(
        "\(name) is a number, and here is \"\(Inert.terminal(text))\"", remedy: "write a number",
        at: valuePosition(of: name))
      return nil
    }
    return value
  }

  package mutating func bool(_ name: String) -> Bool? {
    guard let text = string(name) else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      complain(
        "\(name) is true or false, and here is \"\(Inert.terminal(text))\"", remedy: "write true or false",
        at: valuePosition(of: name))
      return nil
    }
  }

  /// A Prometheus duration.
  package mutating func span(_ name: String) -> Span? {
    guard let text = string(name) else { return nil }
    guard let span = Span(prometheus: text) else {
      complain(
        "\(name) is a duration, and here is \"\(Inert.terminal(text))\"",
        remedy: "write one such as 30s, 5m or 1h30m",
        at: valuePosition(of: name))
      return nil
    }
    return span
  }

  /// One text, or a list of texts; absent is empty.
  package mutating func strings(_ name: String) -> [String] {
    guard let node = node(name), !node.isNull else { return [] }
    guard let elements = node.elements else { return string(node, name: name).map { [$0] } ?? [] }
    return elements.compactMap { string($0, name: name) }
  }

  /// A mapping of names to texts, in the order of the file; absent is empty.
  package mutating func stringMap(_ name: String) -> [(name: String, value: String)] {
    guard let node = node(name), !node.isNull else { return [] }
    var inner = YAMLReader(node, file: file, of: name, fill: fill)
    let pairs = inner.names.map { key in (name: key, value: inner.string(key) ?? "") }
    problems += inner.problems
    return pairs
  }

  /// A reader for the mapping under `name`; nil when absent. Hand it to ``finish(_:)`` when done.
  package mutating func mapping(_ name: String, of thing: String) -> YAMLReader? {
    guard let node = node(name), !node.isNull else { return nil }
    return YAMLReader(node, file: file, of: thing, fill: fill)
  }

  /// The elements of the list under `name`; absent is empty, anything else is a problem.
  package mutating func list(_ name: String) -> [YAMLNode] {
    guard let node = node(name), !node.isNull else { return [] }
    guard let elements = node.elements else {
      complain(
        "\(name) is a list, and here is \(node.whatItIs)", remedy: "begin each element with `- `",
        at: node.position)
      return []
    }
    return elements
  }

  /// A reader for another node of the same file, with the same filling.
  package func reader(_ node: YAMLNode, of thing: String) -> YAMLReader {
    YAMLReader(node, file: file, of: thing, fill: fill)
  }

  /// Takes over the problems of a reader made by ``mapping(_:of:)`` or ``reader(_:of:)``, its unknown
  /// keys included.
  package mutating func finish(_ inner: YAMLReader) {
    var inner = inner
    problems += inner.finish()
  }

  /// All problems, those for unknown keys included, each with the nearest known key when one is near.
  package mutating func finish() -> [Problem] {
    let unknown = entries.indices.filter { !wasAsked($0) && Self.name(entries[$0]) != nil }
    if !unknown.isEmpty {
      let asked = entries.indices.filter(wasAsked).compactMap { Self.name(entries[$0]) }
      let known = Set(missed + asked).sorted()
      for place in unknown {
        let name = Self.name(entries[place]) ?? ""
        let near = known.map { (name: $0, distance: $0.editDistance(to: name)) }
          .filter { $0.distance <= 2 }.min { $0.distance < $1.distance }
        complain(
          "\(thing) has no key \"\(Inert.terminal(name))\"",
          remedy: near.map { "did you mean \"\($0.name)\"?" }
            ?? "known here: \(known.joined(separator: ", "))", at: entries[place].key.position)
      }
    }
    entries = []
    places = [:]
    defer { problems = [] }
    return problems
  }
}

extension String {
  /// Levenshtein distance over characters; O(n·m), for short names.
  package func editDistance(to other: String) -> Int {
    let a = Array(self.prefix(64))
    let b = Array(other.prefix(64))
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = i
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let cost = x == y ? diagonal : Swift.min(diagonal, row[j], row[j + 1]) + 1
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[b.count]
  }
}
