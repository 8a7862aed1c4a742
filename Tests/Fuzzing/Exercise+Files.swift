import Alerting
import Metrics

extension Exercise {
  /// A page is read or refused, and read the same a second time. The first byte says which format it is in.
  static func exposition(_ bytes: [UInt8]) throws(Broken) {
    let format: Exposition.Format = (bytes.first ?? 0) % 2 == 0 ? .prometheusText : .openMetrics
    let page = Array(bytes.dropFirst())
    let first = Exposition.parse(page, format: format)
    let second = Exposition.parse(page, format: format)
    guard (try? first.get())?.samples.count == (try? second.get())?.samples.count else {
      throw Broken("a page is read in two ways")
    }
  }

  /// A template that is accepted expands, whatever it says, to a text of bounded length.
  static func template(_ bytes: [UInt8]) throws(Broken) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let template = try? AnnotationTemplate(text) else { return }
    let context = TemplateContext(
      labels: ["job": "api", "instance": "10.0.0.1:9100"], value: 0.0713, now: 1_700_000_000_000,
      externalLabels: ["region": "eu"], externalURL: "https://watch.example/midwatch"
    ) { query in
      guard query.utf8.count % 2 == 0 else { return [] }
      return [
        Sample(Labels([("__name__", "up"), ("job", "api")]), 1), Sample(Labels([("job", "db")]), .nan),
      ]
    }
    _ = template.expand(context)
  }

  /// A rule file is read or refused with problems; an error never comes with its group.
  static func rules(_ bytes: [UInt8]) throws(Broken) {
    let text = String(decoding: bytes, as: UTF8.self)
    let (groups, problems) = RuleFile.parse(text, file: "rules.yaml")
    guard !groups.isEmpty || !problems.isEmpty || text.allSatisfy({ $0.isWhitespace }) || bytes.count < 4096
    else {
      throw Broken("a long file yields neither a group nor a problem")
    }
  }
}
