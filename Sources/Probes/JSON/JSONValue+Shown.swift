internal import JSON

extension JSONValue {
  /// For a reason: `"degraded"`, `12`, `null`, `an array of 3`, `an object`.
  var shown: String {
    switch self {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .number(let number): Shown.number(number)
    case .string(let text): Shown.quoted(text)
    case .array(let elements): "an array of \(elements.count)"
    case .object: "an object"
    }
  }
}
