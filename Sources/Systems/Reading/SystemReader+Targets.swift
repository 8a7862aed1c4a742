import Documents
import Probes
import Values

/// What stands under an endpoint's kind, and what only some kinds have.
extension SystemReader {
  /// The target as text, absolute; nil when it is wrong.
  mutating func target(
    of kind: Kind, _ reader: inout YAMLReader, base: String?, _ detail: inout EndpointDetail
  ) -> String? {
    let key = kind.rawValue
    switch kind {
    case .http, .scrape, .json, .callable: return url(key, kind, &reader, base: base, &detail)
    case .exec: return program(&reader, &detail)
    case .log: return log(&reader, base: base, &detail)
    case .push:
      detail.silence = reader.span(key)
      if reader.node(key)?.isNull ?? true || detail.silence.map({ $0 <= .zero }) ?? false {
        reader.complain(
          "push is for how long nothing may come, and here is no time", remedy: "write one such as 26h",
          at: reader.node(key)?.position ?? reader.position)
      }
      return detail.silence?.prometheus
    case .tcp, .tls: return conversation(key, &reader, &detail)
    case .dns: return name(key, &reader, &detail)
    case .icmp: return host(key, &reader)
    }
  }

  private mutating func url(
    _ key: String, _ kind: Kind, _ reader: inout YAMLReader, base: String?, _ detail: inout EndpointDetail
  ) -> String? {
    guard let written = requiredSecretText(key, &reader) else { return nil }
    let text = written.description
    if kind == .callable, let data = reader.node("data") { detail.data = reader.json(data, name: "data") }
    let position = reader.node(key)?.position ?? reader.position
    if text.hasPrefix("/"), base == nil {
      reader.complain(
        "the target \"\(Inert.terminal(text))\" is relative, and there is no base",
        remedy: "add `base: http://…`, or write the whole URL", at: position)
      return nil
    }
    let url = Endpoint.absolute(text, base: base)
    secretTarget = written.names.isEmpty ? nil : written.url(relativeTo: text.hasPrefix("/") ? base : nil)
    // What a secret begins with is looked at once it is known.
    guard HTTPAddress.isOne(url) || text.hasPrefix(Secret.mask) else {
      reader.complain(
        "\"\(Inert.terminal(url))\" is no URL", remedy: "write one that begins with http:// or https://",
        at: position)
      return nil
    }
    return url
  }

  // MARK: Expectations and series

  mutating func readExpectations(_ reader: inout YAMLReader, into endpoint: inout Endpoint) {
    guard let node = reader.node("expect"), !node.isNull else { return }
    for element in node.elements ?? [node] {
      guard let text = reader.string(element, name: "expect") else { continue }
      do throws(Mistake) {
        let assertion = try Assertion(text)
        if let refusal = endpoint.refusal(of: assertion) {
          reader.complain(refusal, remedy: "remove it", at: element.position)
        }
        endpoint.assertions.append(assertion)
      } catch {
        complain(error, in: text, element, &reader)
      }
    }
  }

  mutating func readSeries(
    _ reader: inout YAMLReader, into endpoint: inout Endpoint, _ detail: inout EndpointDetail
  ) {
    guard reader.has("series"), endpoint.kind == .json || endpoint.kind == .log else { return }
    guard var names = reader.mapping("series", of: "series") else { return }
    for name in names.names {
      guard let node = names.node(name) else { continue }
      if endpoint.kind == .log {
        detail.logSeries.append(logSeries(name, node, &names, detail.format))
      } else if let mapping = mapping(name, node, &names) {
        endpoint.series.append(mapping)
      }
    }
    reader.finish(names)
  }

  /// `name: expression`, or `{each, value, labels}`.
  private func mapping(_ name: String, _ node: YAMLNode, _ reader: inout YAMLReader) -> SeriesMapping? {
    if node.entries == nil {
      guard let value = series(node, &reader, { text throws(Mistake) in try SeriesExpression(text) }) else {
        return nil
      }
      return SeriesMapping(name: name, value: value)
    }
    var inner = reader.reader(node, of: "the series \(Inert.terminal(name))")
    defer { reader.finish(inner) }
    let each = inner.node("each").flatMap { node in
      series(node, &inner) { text throws(Mistake) in try JSONPath(text) }
    }
    guard let valueNode = inner.node("value") else {
      inner.complain("a series has no value", remedy: "add `value: $.path`", at: inner.position)
      return nil
    }
    let value = series(valueNode, &inner) { text throws(Mistake) in try SeriesExpression(text) }
    var labels: [String: SeriesMapping.Source] = [:]
    if var pairs = inner.mapping("labels", of: "labels") {
      for label in pairs.names {
        guard let node = pairs.node(label) else { continue }
        labels[label] = series(node, &pairs) { text throws(Mistake) in try SeriesMapping.Source(text) }
      }
      inner.finish(pairs)
    }
    return value.map { SeriesMapping(name: name, each: each, value: $0, labels: labels) }
  }

  /// Reads a scalar in one of the small languages.
  func series<T>(
    _ node: YAMLNode, _ reader: inout YAMLReader, _ read: (String) throws(Mistake) -> T
  ) -> T? {
    guard let text = reader.string(node, name: "series") else { return nil }
    do throws(Mistake) {
      return try read(text)
    } catch {
      complain(error, in: text, node, &reader)
      return nil
    }
  }

  private func complain(_ mistake: Mistake, in text: String, _ node: YAMLNode, _ reader: inout YAMLReader) {
    // What was filled in has no place in the file.
    let isAsWritten = node.text == text
    reader.complain(
      mistake.what, remedy: mistake.remedy,
      at: isAsWritten
        ? source.position(ofScalar: mistake.column - 1, in: text, at: node.position) : node.position)
  }
}
