/// A value in a template, with the type that Go would give it.
indirect enum TemplateValue: Sendable {
  /// Go's nil, and what a missing key of a map of anything yields.
  case null
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  case imaginary(Double)
  case string(String)
  /// `isTyped`: a map of strings, whose missing keys yield "".
  case map([String: TemplateValue], isTyped: Bool)
  case list([TemplateValue])
  case record(TemplateRecord)
  /// Milliseconds since 1970: a `time.Time` in UTC.
  case time(Int64)
  /// Nanoseconds: a `time.Duration`.
  case duration(Int64)

  static func strings(_ map: [String: String]) -> TemplateValue {
    .map(map.mapValues { .string($0) }, isTyped: true)
  }

  /// What `if`, `with`, `and` and `not` take for true: anything but false, zero, nil and empty.
  var isTrue: Bool {
    switch self {
    case .null: false
    case .boolean(let value): value
    case .integer(let value): value != 0
    case .real(let value), .imaginary(let value): value != 0
    case .string(let text): !text.isEmpty
    case .map(let map, _): !map.isEmpty
    case .list(let list): !list.isEmpty
    case .duration(let value): value != 0
    case .record, .time: true
    }
  }

  /// Go's name of the type, for messages.
  var typeName: String {
    switch self {
    case .null: "<nil>"
    case .boolean: "bool"
    case .integer: "int"
    case .real: "float64"
    case .imaginary: "complex128"
    case .string: "string"
    case .map(_, let isTyped): isTyped ? "map[string]string" : "map[string]interface {}"
    case .list: "template.queryResult"
    case .record(let record): record.typeName
    case .time: "*time.Time"
    case .duration: "time.Duration"
    }
  }
}

/// A Go struct: its fields in order.
struct TemplateRecord: Sendable {
  let typeName: String
  let fields: [(name: String, value: TemplateValue)]

  subscript(name: String) -> TemplateValue? {
    fields.first { $0.name == name }?.value
  }
}
