/// Text pages of metrics, read as Prometheus 3.14 reads them.
package enum Exposition {
  package enum Format: String, Hashable, Sendable {
    /// Text format 0.0.4.
    case prometheusText
    /// OpenMetrics 1.0.
    case openMetrics

    /// The format that a `Content-Type` names; nil when it is missing or unknown, which fails a scrape.
    package init?(contentType: String) {
      let parts = contentType.split(separator: ";").map { part in
        String(part.drop { $0 == " " }).lowercased().filter { $0 != " " }
      }
      let version = parts.dropFirst().first { $0.hasPrefix("version=") }?.dropFirst(8)
      switch parts.first {
      case "application/openmetrics-text": self = .openMetrics
      case "text/plain" where version == nil || version == "0.0.4" || version == "1.0.0":
        self = .prometheusText
      default: return nil
      }
    }
  }

  /// What a page may hold at most.
  package struct Limits: Hashable, Sendable {
    package var samples = 1_000_000
    package var labels = 200
    package var labelBytes = 64 * 1024

    package init() {}
  }

  /// Reads a page. Linear in its size; the first bad line fails all of it.
  package static func parse(
    _ body: [UInt8], format: Format, limits: Limits = Limits()
  ) -> Result<Scrape, ExpositionError> {
    body.withUnsafeBufferPointer { bytes in
      var reader = PageReader(bytes: bytes, limits: limits)
      do throws(ExpositionError) {
        switch format {
        case .prometheusText: try reader.readPrometheusText()
        case .openMetrics: try reader.readOpenMetrics()
        }
        return .success(reader.scrape)
      } catch {
        return .failure(error)
      }
    }
  }
}
