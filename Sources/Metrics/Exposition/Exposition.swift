/// Text pages of metrics, read as Prometheus 3.14 reads them.
package enum Exposition {
  package enum Format: String, Hashable, Sendable {
    /// Text format 0.0.4, and 1.0.0, which lets names be any UTF-8 in quotes: accepted in both, as there.
    case prometheusText
    /// OpenMetrics 1.0.
    case openMetrics

    /// The format that a `Content-Type` names, whatever its version and escaping; nil when it is missing or
    /// another, which fails a scrape.
    package init?(contentType: String) {
      let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
      switch type {
      case "application/openmetrics-text": self = .openMetrics
      case "text/plain": self = .prometheusText
      default: return nil
      }
    }
  }

  /// What a page may hold at most; what exceeds it fails the page, with the limit and the line.
  package struct Limits: Hashable, Sendable {
    /// Bytes of the page.
    package var body = 256 << 20
    package var samples = 1_000_000
    /// Of one sample, the metric's name included.
    package var labels = 200
    /// Bytes of a label's name.
    package var nameBytes = 4096
    /// Bytes of a label's value, and of a metric's name.
    package var valueBytes = 64 << 10
    /// More are left out; the page is taken nevertheless.
    package var exemplars = 10_000

    package init() {}

    /// For what was accepted before.
    static var none: Limits {
      var limits = Limits()
      limits.body = .max
      limits.samples = .max
      limits.labels = .max
      limits.nameBytes = .max
      limits.valueBytes = .max
      return limits
    }
  }

  /// Reads a page. Linear in its size; the first bad line fails all of it.
  ///
  /// - Parameter strict: refuse what OpenMetrics forbids and Prometheus lets pass. For the classic format it
  ///   changes nothing.
  package static func parse(
    _ body: [UInt8], format: Format, limits: Limits = Limits(), strict: Bool = false
  ) -> Result<Scrape, ExpositionError> {
    var memory = PageMemory(format: format, limits: limits, requiresNames: false)
    do throws(ExpositionError) {
      let reading = try memory.read(body)
      if strict { _ = try entries(body, format: format, limits: limits, strict: true) }
      return .success(Scrape(reading))
    } catch {
      return .failure(error)
    }
  }
}
