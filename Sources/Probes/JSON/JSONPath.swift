package import JSON

/// Where in a JSON document something stands: a subset of JSONPath (RFC 9535).
///
/// | selector | example |
/// |---|---|
/// | the document, or in `each:` the element | `$` |
/// | member | `$.status`, `$['created-at']`, `$["a b"]` |
/// | element, from the end when negative | `$.items[0]`, `$.items[-1]` |
/// | all members or elements | `$.items[*]`, `$.checks.*` |
/// | slice `start:end:step`, each optional | `$.items[1:3]`, `$.items[::-1]` |
///
/// Filters (`[?…]`), descendants (`..`) and several selectors in one bracket are not part of it.
package struct JSONPath: Sendable {
  /// As it was written.
  package let text: String
  let segments: [Segment]

  enum Segment: Hashable, Sendable {
    case member(String)
    case element(Int)
    case all
    case slice(start: Int?, end: Int?, step: Int)
  }

  /// How many values a path selects at most; more are left out.
  static let resultLimit = 100_000

  package init(_ text: String) throws(Mistake) {
    var scanner = TextScanner(text)
    scanner.skipSpaces()
    self = try JSONPath(scanning: &scanner)
    scanner.skipSpaces()
    guard scanner.isAtEnd else {
      throw Mistake(
        column: scanner.column, "\(scanner.found) does not belong to a JSON path",
        remedy: "write names as .name or ['name'], elements as [0]")
    }
  }

  init(text: String, segments: [Segment]) {
    self.text = text
    self.segments = segments
  }

  /// Whether it can name one value only.
  package var isSingular: Bool {
    segments.allSatisfy { segment in
      switch segment {
      case .member, .element: true
      case .all, .slice: false
      }
    }
  }

  /// What it selects in `document`, in its order; linear in what it visits.
  package func values(in document: JSONValue) -> [JSONValue] {
    var selected = [document]
    for segment in segments {
      var next: [JSONValue] = []
      for value in selected where next.count < Self.resultLimit { segment.select(from: value, into: &next) }
      selected = next
    }
    return selected
  }

  /// The one value that a singular path names; nil when it is not there.
  package func value(in document: JSONValue) -> JSONValue? { values(in: document).first }
}

extension JSONPath: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.segments == b.segments }
  package func hash(into hasher: inout Hasher) { hasher.combine(segments) }
}

extension JSONPath.Segment {
  fileprivate func select(from value: JSONValue, into result: inout [JSONValue]) {
    switch (self, value) {
    case (.member(let name), .object): if let member = value[name] { result.append(member) }
    case (.element(let index), .array(let elements)):
      let position = index < 0 ? elements.count + index : index
      if elements.indices.contains(position) { result.append(elements[position]) }
    case (.all, .array(let elements)): result += elements.prefix(JSONPath.resultLimit)
    case (.all, .object(let members)): result += members.prefix(JSONPath.resultLimit).map(\.value)
    case (.slice(let start, let end, let step), .array(let elements)):
      for index in Self.indices(start, end, step, count: elements.count).prefix(JSONPath.resultLimit) {
        result.append(elements[index])
      }
    default: break
    }
  }

  /// RFC 9535, 2.3.4.2.2.
  private static func indices(_ start: Int?, _ end: Int?, _ step: Int, count: Int) -> StrideTo<Int> {
    func normalized(_ index: Int) -> Int { index < 0 ? count + index : index }
    if step > 0 {
      let lower = min(max(normalized(start ?? 0), 0), count)
      let upper = min(max(normalized(end ?? count), 0), count)
      return stride(from: lower, to: upper, by: step)
    }
    guard step < 0 else { return stride(from: 0, to: 0, by: 1) }
    let upper = min(max(start.map(normalized) ?? count - 1, -1), count - 1)
    let lower = min(max(end.map(normalized) ?? -1, -1), count - 1)
    return stride(from: upper, to: lower, by: step)
  }
}
