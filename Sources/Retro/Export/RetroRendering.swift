import Values

/// One incident or several as one file.
package struct RetroRendering: Sendable {
  package var template: RetroTemplate
  /// Which lines of the timelines are shown.
  package var filter = TimelineFilter.all

  package init(template: RetroTemplate, filter: TimelineFilter = .all) {
    self.template = template
    self.filter = filter
  }

  /// In the order given. Bytes of UTF-8.
  package func bytes(_ reports: [IncidentReport], as format: RetroFormat) throws -> [UInt8] {
    switch format {
    case .md: Array(documents(reports).map { $0.markdown(template) }.joined(separator: "\n---\n\n").utf8)
    case .html: Array(RetroDocument.html(documents(reports), template, for: .screen).utf8)
    case .print: Array(RetroDocument.html(documents(reports), template, for: .print).utf8)
    case .json: try reports.count == 1 ? reports[0].json(filter) : IncidentReport.json(reports, filter)
    case .csv: IncidentReport.csv(reports, filter)
    }
  }

  private func documents(_ reports: [IncidentReport]) -> [RetroDocument] {
    reports.map { $0.document(filter) }
  }
}
