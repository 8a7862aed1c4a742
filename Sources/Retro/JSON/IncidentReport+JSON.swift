import Foundation
import Incidents
import Values

/// The report as one JSON document: `schema` names its shape, keys are snake_case, instants RFC 3339 UTC. What is not
/// known is absent, lists are never.
extension IncidentReport {
  package static let schema = "midwatch.incident/2"
  /// Of several in one document.
  package static let listSchema = "midwatch.incidents/2"

  /// - Parameter filter: which lines of the timeline stand in it.
  /// - Returns: UTF-8, sorted keys, ending in a line end.
  package func json(_ filter: TimelineFilter = .all) throws -> [UInt8] {
    let document = IncidentDocument(self, filter)
    return try Self.encoded(document, [document])
  }

  /// Several as one document, in the order given; all of one journal.
  package static func json(_ reports: [IncidentReport], _ filter: TimelineFilter = .all) throws -> [UInt8] {
    struct List: Encodable {
      let schema = IncidentReport.listSchema
      let incidents: [IncidentDocument]
    }
    let list = List(incidents: reports.map { IncidentDocument($0, filter) })
    return try encoded(list, list.incidents)
  }

  /// - Parameter documents: those in it.
  private static func encoded(_ document: some Encodable, _ documents: [IncidentDocument]) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "+Inf", negativeInfinity: "-Inf", nan: "NaN")
    let fillings = documents.flatMap { [$0.alerts.filling, $0.timeline.lines.filling] }
    return RowFilling.put(fillings, into: Array(try encoder.encode(document)) + [10])
  }
}
