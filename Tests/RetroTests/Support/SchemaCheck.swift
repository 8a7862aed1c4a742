import Foundation

/// A JSON Schema (2020-12), as far as `docs/schema` uses it; a keyword that it does not know is a mistake.
struct SchemaCheck {
  private let root: [String: Any]

  private static let known: Set<String> = [
    "$schema", "$defs", "$ref", "title", "description", "type", "properties", "required",
    "additionalProperties",
    "items", "minItems", "maxItems", "enum", "const", "oneOf", "pattern",
  ]

  init(_ data: Data) throws {
    root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// What is wrong with a document, each with its place.
  func mistakes(in document: Data) throws -> [String] {
    mistakes(in: try JSONSerialization.jsonObject(with: document), by: root, at: "$")
  }

  private func mistakes(in value: Any, by schema: [String: Any], at place: String) -> [String] {
    let strange = schema.keys.filter { !Self.known.contains($0) }.map { "\(place): unknown keyword \($0)" }
    var found: [String] = strange
    if let name = (schema["$ref"] as? String)?.split(separator: "/").last.map(String.init) {
      let defs = root["$defs"] as? [String: [String: Any]] ?? [:]
      guard let target = defs[name] else { return found + ["\(place): no definition \(name)"] }
      found += mistakes(in: value, by: target, at: place)
    }
    if let choices = schema["oneOf"] as? [[String: Any]] {
      let tried = choices.map { mistakes(in: value, by: $0, at: place) }
      if tried.count(where: \.isEmpty) != 1 {
        found += tried.min { $0.count < $1.count } ?? []
        if tried.count(where: \.isEmpty) > 1 { found.append("\(place): is several of oneOf") }
      }
    }
    if let types = schema["type"] as? [String] ?? (schema["type"] as? String).map({ [$0] }),
      !types.contains(where: { Self.is(value, $0) })
    {
      return found + ["\(place): is no \(types.joined(separator: " or "))"]
    }
    if let words = schema["enum"] as? [String], !((value as? String).map(words.contains) ?? false) {
      found.append("\(place): \(value) is none of \(words)")
    }
    if let word = schema["const"] as? String, value as? String != word {
      found.append("\(place): is not \(word)")
    }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      found.append("\(place): \(text) does not match")
    }
    if let object = value as? [String: Any] { found += mistakes(inObject: object, by: schema, at: place) }
    if let list = value as? [Any] {
      if let least = schema["minItems"] as? Int, list.count < least { found.append("\(place): too short") }
      if let most = schema["maxItems"] as? Int, list.count > most { found.append("\(place): too long") }
      if let items = schema["items"] as? [String: Any] {
        for (index, item) in list.enumerated() {
          found += mistakes(in: item, by: items, at: "\(place)[\(index)]")
        }
      }
    }
    return found
  }

  private func mistakes(inObject object: [String: Any], by schema: [String: Any], at place: String)
    -> [String]
  {
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    let required = schema["required"] as? [String] ?? []
    var found = required.filter { object[$0] == nil }.map { "\(place): lacks \($0)" }
    for (name, value) in object.sorted(by: { $0.key < $1.key }) {
      if let own = properties[name] {
        found += mistakes(in: value, by: own, at: "\(place).\(name)")
      } else if let others = schema["additionalProperties"] as? [String: Any] {
        found += mistakes(in: value, by: others, at: "\(place).\(name)")
      } else if schema["additionalProperties"] as? Bool == false {
        found.append("\(place): \(name) is not in the schema")
      }
    }
    return found
  }

  private static func `is`(_ value: Any, _ type: String) -> Bool {
    let number = value as? NSNumber
    let isBoolean = number.map(Self.isBoolean) ?? false
    return switch type {
    case "object": value is [String: Any]
    case "array": value is [Any]
    case "string": value is String
    case "boolean": isBoolean
    case "integer": !isBoolean && number.map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
    case "number": !isBoolean && number != nil
    case "null": value is NSNull
    default: false
    }
  }

  /// JSON's true and false come as numbers of the type `c`.
  private static func isBoolean(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c"
  }
}
