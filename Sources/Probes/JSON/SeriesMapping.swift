package import JSON
package import Metrics

/// One entry of `series:` of a JSON endpoint: how a document becomes samples of one name.
package struct SeriesMapping: Hashable, Sendable {
  /// Where a label's value comes from.
  package enum Source: Hashable, Sendable {
    case path(JSONPath)
    case constant(String)

    /// A path when it begins with `$`, else the text itself.
    package init(_ text: String) throws(Mistake) {
      guard text.hasPrefix("$") else {
        self = .constant(text)
        return
      }
      let path = try JSONPath(text)
      guard path.isSingular else {
        throw Mistake(column: 1, "\(text) names several values", remedy: "name one value for the label")
      }
      self = .path(path)
    }
  }

  /// The metric's name.
  package let name: String
  /// What is an element, `$` in ``value`` and ``labels``; nil: the document itself, once.
  package let each: JSONPath?
  package let value: SeriesExpression
  package let labels: [String: Source]

  package init(name: String, each: JSONPath? = nil, value: SeriesExpression, labels: [String: Source] = [:]) {
    self.name = name
    self.each = each
    self.value = value
    self.labels = labels
  }

  /// Elements of one document at most.
  static let elementLimit = 10_000

  /// The samples that `document` yields, and the first thing that is not as the mapping says, as a phrase.
  /// A null yields nothing, and is nothing wrong.
  package func samples(of document: JSONValue) -> (samples: [Sample], trouble: String?) {
    guard let each else { return samples(of: [document], prefix: "") }
    let selected = each.values(in: document)
    guard each.isSingular else { return samples(of: selected, prefix: "an element of \(each.text): ") }
    switch selected.first {
    case .array(let elements): return samples(of: elements, prefix: "an element of \(each.text): ")
    case .null: return ([], nil)
    case nil: return ([], "\(name): \(each.text) is missing")
    case let other?: return ([], "\(name): \(each.text) is \(other.shown), not an array")
    }
  }

  private func samples(of elements: [JSONValue], prefix: String) -> (samples: [Sample], trouble: String?) {
    var samples: [Sample] = []
    var seen: Set<Labels> = []
    var trouble: String?
    func note(_ what: String) { if trouble == nil { trouble = "\(name): \(prefix)\(what)" } }
    if elements.count > Self.elementLimit { note("more than \(Self.elementLimit) elements") }
    for element in elements.prefix(Self.elementLimit) {
      do throws(SeriesExpression.Unreadable) {
        guard let number = try value.number(in: element) else { continue }
        let labels = labels(of: element)
        guard seen.insert(labels).inserted else {
          note("two have the same labels \(labels.removing(.metricName))")
          continue
        }
        samples.append(Sample(labels, number))
      } catch {
        note(error.reason)
      }
    }
    return (samples, trouble)
  }

  private func labels(of element: JSONValue) -> Labels {
    var pairs = [Label(.metricName, name)]
    for (label, source) in labels {
      switch source {
      case .constant(let text): pairs.append(Label(label, text))
      case .path(let path): pairs.append(Label(label, path.value(in: element)?.labelText ?? ""))
      }
    }
    return Labels(unsorted: pairs)
  }
}

extension JSONValue {
  /// As a label's value; empty, and so no label, for what is no single value.
  var labelText: String {
    switch self {
    case .string(let text): text
    case .number(let number): Shown.number(number)
    case .bool(let bool): bool ? "true" : "false"
    case .null, .array, .object: ""
    }
  }
}
