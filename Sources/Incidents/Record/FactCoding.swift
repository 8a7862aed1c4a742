import Foundation

/// Bodies as JSON: snake_case keys (spelled out by each fact's `CodingKeys` or by conversion), sorted, so
/// that the same fact is always the same bytes. Numbers that JSON has no word for are the strings `NaN`,
/// `+Inf` and `-Inf`: an alert's value can be one.
package enum FactCoding {
  package static func encode(_ fact: any Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "+Inf", negativeInfinity: "-Inf", nan: "NaN")
    return Array(try encoder.encode(fact))
  }

  /// Nil when the bytes are not such a fact: readers keep and show what they do not know.
  package static func decode<F: Decodable>(_ type: F.Type, from body: [UInt8]) -> F? {
    (try? BodyTape(body)).flatMap { try? $0.value(type, at: 0) }
  }
}
