/// Writes series with their samples of many times as OpenMetrics text, which other tools read.
///
/// Each series is of unknown type, as nothing says it. The format has no stale marker: one is written `nan`, which
/// the format reads as `NaN`, and a number that is none `NaN` (its grammar is not case-sensitive there).
package struct OpenMetricsText: Sendable {
  package static let type = "application/openmetrics-text; version=1.0.0; charset=utf-8"

  private var lines: [UInt8] = []

  package init() {}

  /// Adds a series; those of one metric are to follow each other, and each series once.
  package mutating func add(_ labels: Labels, _ points: some Sequence<Point>) {
    let head = Array(Self.series(labels).utf8)
    for point in points {
      lines += head
      lines.append(UInt8(ascii: " "))
      lines += point.v.isStale ? Array("nan".utf8) : Array(point.v.generalText.utf8)
      lines.append(UInt8(ascii: " "))
      lines += Self.seconds(point.t).utf8
      lines.append(UInt8(ascii: "\n"))
    }
  }

  /// The whole page so far.
  package var body: [UInt8] { lines + Array("# EOF\n".utf8) }

  /// How long the page is so far, without its end.
  package var count: Int { lines.count }

  /// A series as a line names it: `up{job="api"}`, with names outside the classic alphabet in quotes.
  package static func series(_ labels: Labels) -> String {
    var name = ""
    var inner: [String] = []
    for pair in labels.pairs {
      if pair.name == .metricName {
        if Labels.isClassicMetricName(pair.value) {
          name = pair.value
        } else {
          inner.insert(quoted(pair.value), at: 0)
        }
      } else {
        inner.append(
          (Labels.isClassicName(pair.name) ? pair.name : quoted(pair.name)) + "=" + quoted(pair.value))
      }
    }
    return name + (inner.isEmpty ? "" : "{" + inner.joined(separator: ",") + "}")
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": quoted += "\\\\"
      case "\"": quoted += "\\\""
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// Milliseconds as seconds. Readers multiply by 1000 and cut the rest off, Prometheus among them: where that would
  /// lose one, a digit behind it keeps it.
  static func seconds(_ milliseconds: Int64) -> String {
    let (whole, rest) = (milliseconds / 1000, (milliseconds % 1000).magnitude)
    guard rest > 0 else { return "\(whole)" }
    let digits = String(rest + 1000).dropFirst()
    let text = (milliseconds < 0 && whole == 0 ? "-0" : "\(whole)") + "." + digits
    guard let read = Double(text), Int64(exactly: (read * 1000).rounded(.towardZero)) != milliseconds else {
      return text
    }
    return text + "1"
  }
}
