import Comms
import Foundation
import Incidents
import Values

/// Who gets a copy each: names on the command line, and a file with a line each.
enum RecipientList {
  private static let maximumBytes = 4 << 20
  private static let maximum = 10_000

  /// A name, or `name,field=value,field=value`.
  static func recipient(_ text: String) throws -> Recipient {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
    guard let name = parts.first, !name.isEmpty else {
      throw Refusal("\"\(Inert.terminal(text))\" names no recipient; write NAME or NAME,field=value.")
    }
    var fields: [String: String] = [:]
    for part in parts.dropFirst() {
      guard let sign = part.firstIndex(of: "="), sign > part.startIndex else {
        throw Refusal(
          "\"\(Inert.terminal(part))\" of \(Inert.terminal(name)) is no field; write field=value.")
      }
      fields[String(part[..<sign])] = String(part[part.index(after: sign)...])
    }
    return Recipient(name, fields: fields)
  }

  /// Comma-separated, with a first line that names the columns; the first column is the recipient's name.
  static func file(_ path: String) throws -> [Recipient] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Refusal("\(Inert.terminal(path)) cannot be read.")
    }
    guard bytes.count <= maximumBytes, let text = String(validating: bytes, as: UTF8.self) else {
      throw Refusal("\(Inert.terminal(path)) is no text in UTF-8 of at most 4 MiB.")
    }
    let rows = try CommaSeparated.rows(text, file: path)
    guard let columns = rows.first?.fields, columns.count > 0 else {
      throw Refusal(
        "\(Inert.terminal(path)) is empty; its first line names the columns, the recipient's name first.")
    }
    guard rows.count - 1 <= maximum else {
      throw Refusal("\(Inert.terminal(path)) has more than \(maximum) recipients.")
    }
    return try rows.dropFirst().map { row in
      guard row.fields.count == columns.count, let name = row.fields.first, !name.isEmpty else {
        throw Refusal(
          "\(Inert.terminal(path)):\(row.line):1: this line has \(row.fields.count) values, and there are "
            + "\(columns.count) columns, of which the first is a name.")
      }
      let fields = zip(columns, row.fields).dropFirst().filter { !$0.1.isEmpty }
      return Recipient(name, fields: Dictionary(fields.map { ($0.0, $0.1) }) { $1 })
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}

/// Rows of RFC 4180.
enum CommaSeparated {
  struct Row {
    let line: Int
    let fields: [String]
  }

  /// Throws a sentence with its place for a quote that is not closed.
  static func rows(_ text: String, file: String) throws -> [Row] {
    var rows: [Row] = []
    var fields: [String] = []
    var field = ""
    var (line, start) = (1, 1)
    var isQuoted = false
    var wasQuoted = false
    func isEmpty() -> Bool { fields.isEmpty && field.isEmpty && !wasQuoted }
    var rest = text[...]
    if rest.first == "\u{FEFF}" { rest = rest.dropFirst() }
    while let character = rest.first {
      rest = rest.dropFirst()
      if character.isNewline { line += 1 }
      if isQuoted {
        if character == "\"", rest.first == "\"" {
          field.append("\"")
          rest = rest.dropFirst()
        } else if character == "\"" {
          isQuoted = false
        } else {
          field.append(character)
        }
      } else if character == "\"", field.isEmpty, !wasQuoted {
        isQuoted = true
        wasQuoted = true
      } else if character == "," {
        fields.append(field)
        field = ""
        wasQuoted = false
      } else if character.isNewline {
        if !isEmpty() { rows.append(Row(line: start, fields: fields + [field])) }
        fields = []
        field = ""
        wasQuoted = false
        start = line
      } else {
        field.append(character)
      }
    }
    guard !isQuoted else {
      throw Refusal("\(Inert.terminal(file)):\(start):1: a quote is not closed; close it.")
    }
    if !isEmpty() { rows.append(Row(line: start, fields: fields + [field])) }
    return rows
  }
}
