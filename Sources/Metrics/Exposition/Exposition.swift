/// Text pages of metrics, read as Prometheus 3.14 reads them.
package enum Exposition {
  package enum Format: String, Hashable, Sendable {
    /// Text format 0.0.4.
    case prometheusText
    /// OpenMetrics 1.0.
    case openMetrics

    /// The format that a `Content-Type` names, whatever its version; nil when it is missing or another, which
    /// fails a scrape.
    package init?(contentType: String) {
      let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
      switch type {
      case "application/openmetrics-text": self = .openMetrics
      case "text/plain": self = .prometheusText
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
