import Metrics
import Serving
import Values

/// What was pushed: nothing, which is a heartbeat, or a page of metrics that was read through once.
struct PushPage: Equatable, Sendable {
  static let openMetrics = "application/openmetrics-text; version=1.0.0"
  static let text = "text/plain; version=0.0.4"

  /// Of ``body``, one of the two above.
  let type: String
  let body: [UInt8]

  static let heartbeat = PushPage(kept: text, body: [])

  /// As it was kept.
  init(kept type: String, body: [UInt8]) {
    self.type = type
    self.body = body
  }

  /// Throws what is wrong with it, and in which line.
  ///
  /// - Parameter type: `Content-Type`; nil, or that of a form, which curl sends by itself, is the text format.
  init(_ body: [UInt8], type: String?) throws(HTTPRefusal) {
    guard body.count <= PushBoard.maximumBytes else {
      throw HTTPRefusal(413, "The page is longer than \(PushBoard.maximumBytes) bytes; push less.")
    }
    let isForm = type?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? true
    guard let format = isForm ? .prometheusText : type.flatMap(Exposition.Format.init(contentType:)) else {
      throw HTTPRefusal(
        415,
        "\"\(Inert.terminal(type ?? ""))\" is no page of metrics; push text/plain, or nothing as a heartbeat."
      )
    }
    self.type = format == .openMetrics ? Self.openMetrics : Self.text
    guard body.contains(where: { $0 != 10 && $0 != 13 && $0 != 32 && $0 != 9 }) else {
      self.body = []
      return
    }
    // A last line without an end is what `printf` and `echo -n` leave.
    self.body = format == .prometheusText && body.last != 10 ? body + [10] : body
    try Self.check(self.body, format)
  }

  private static func check(_ body: [UInt8], _ format: Exposition.Format) throws(HTTPRefusal) {
    do throws(ExpositionError) {
      var samples = 0
      for entry in try Exposition.entries(body, format: format) {
        guard case .sample(_, _, let time, _) = entry.content else { continue }
        samples += 1
        if time != nil {
          throw ExpositionError(
            line: entry.line, what: "a sample that is pushed has the time of its push; leave its own time out"
          )
        }
        if samples > PushBoard.maximumSamples {
          throw ExpositionError(
            line: entry.line, what: "there are more than \(PushBoard.maximumSamples) samples")
        }
      }
    } catch {
      throw HTTPRefusal(400, "Line \(error.line) of what was pushed: \(Inert.terminal(error.what)).")
    }
  }
}
