import Foundation
import Incidents

/// States of folds as JSON with sorted keys: equal states are equal rows.
enum FoldCoding {
  static func encode(_ fold: some Fold) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "+Inf", negativeInfinity: "-Inf", nan: "NaN")
    return String(decoding: try encoder.encode(fold), as: UTF8.self)
  }

  /// Nil when the row was written by another shape of `F`: it is then made anew from its events.
  static func decode<F: Fold>(_ type: F.Type, from state: String) -> F? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "+Inf", negativeInfinity: "-Inf", nan: "NaN")
    return try? decoder.decode(type, from: Data(state.utf8))
  }
}
