/// Text pages of metrics, read as Prometheus 3.14 reads them.
package enum Exposition {
  package enum Format: String, Hashable, Sendable {
    /// Text format 0.0.4.
    case prometheusText
    /// OpenMetrics 1.0.
    case openMetrics
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
    .failure(ExpositionError(line: 1, what: "not read"))
  }
}
