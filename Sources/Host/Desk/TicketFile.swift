import Desk
import Foundation
import Glibc
import Incidents
import JSON
import Values

/// A file of tickets from another house, read from its beginning to its end and never held whole.
package struct TicketFile {
  package enum Kind: String, CaseIterable, Sendable { case csv, json, jsonl }

  /// One ticket, and where it begins: a row of CSV, a line of JSON.
  package struct Item: Sendable {
    package let place: Int
    package let source: String?
    package let ticket: IncomingTicket
  }

  package let path: String
  package let kind: Kind
  /// As mistakes name it.
  private let name: String
  private let mapping: ExchangeMapping
  private let now: Instant

  private static let piece = 1 << 16

  /// - Parameters:
  ///   - name: what whoever named it said; nil is the path.
  ///   - kind: nil takes it from the name.
  /// - Throws: a sentence when the name says nothing.
  package init(
    _ path: String, named name: String? = nil, kind: Kind?, mapping: ExchangeMapping, at now: Instant
  ) throws(Refusal) {
    self.name = name ?? path
    let end = (name ?? path).split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let kind = kind ?? Kind(rawValue: end == "ndjson" ? "jsonl" : end) else {
      throw Refusal(
        "\(Inert.terminal(name ?? path)) ends neither in .csv nor in .json or .jsonl; say --kind.")
    }
    self.path = path
    self.kind = kind
    self.mapping = mapping
    self.now = now
  }

  /// Hands over what is right, in the order of the file, and everything that is wrong, with its place.
  package func read(
    _ take: (Item) throws -> Void, problem: (Problem) throws -> Void
  ) throws {
    guard let file = fopen(path, "r") else {
      throw Refusal("\(Inert.terminal(name)) cannot be read: \(String(cString: strerror(errno))).")
    }
    defer { fclose(file) }
    switch kind {
    case .csv: try readCSV(file, take, problem)
    case .json, .jsonl: try readJSON(file, take, problem)
    }
  }

  private func pieces(_ file: UnsafeMutablePointer<FILE>, _ each: ([UInt8]) throws -> Void) throws {
    var bytes = [UInt8](repeating: 0, count: Self.piece)
    while true {
      let count = fread(&bytes, 1, Self.piece, file)
      guard count > 0 else { break }
      try each(count == Self.piece ? bytes : Array(bytes.prefix(count)))
    }
    guard ferror(file) == 0 else { throw Refusal("\(Inert.terminal(name)) cannot be read to its end.") }
  }

  private func readCSV(
    _ file: UnsafeMutablePointer<FILE>, _ take: (Item) throws -> Void, _ problem: (Problem) throws -> Void
  ) throws {
    var reader = CSVReader(separator: mapping.separator)
    var intake = CSVIntake(mapping, file: name, at: now)
    func hand(_ item: CSVIntake.Item?) throws {
      for found in intake.takeProblems() { try problem(found) }
      if let item { try take(Item(place: item.row, source: item.source, ticket: item.ticket)) }
    }
    try pieces(file) { bytes in
      for record in reader.read(bytes) { try hand(intake.take(record)) }
    }
    for record in reader.finish() { try hand(intake.take(record)) }
    let last = intake.finish()
    try hand(last)
  }

  private func readJSON(
    _ file: UnsafeMutablePointer<FILE>, _ take: (Item) throws -> Void, _ problem: (Problem) throws -> Void
  ) throws {
    func complain(_ what: String, _ line: Int) throws {
      try problem(
        Problem(what, remedy: "correct it, or map it", file: name, at: Position(line: line, column: 1)))
    }
    func hand(_ bytes: [UInt8], _ line: Int) throws {
      switch JSONValue.read(bytes, keepsDigits: true) {
      case .failure(let mistake): try complain(mistake.reason, line)
      case .success(let json):
        var reader = IncomingReader(mapping, at: now)
        let found = reader.ticket(json)
        for mistake in reader.mistakes { try complain("\(mistake.field): \(mistake.what)", line) }
        if let found, reader.mistakes.isEmpty {
          try take(Item(place: line, source: found.source, ticket: found.ticket))
        }
      }
    }
    if kind == .jsonl {
      var lines = LinePieces()
      try pieces(file) { bytes in
        for (line, text) in lines.read(bytes) { try hand(text, line) }
      }
      for (line, text) in lines.finish() { try hand(text, line) }
      return
    }
    let place = try isList(file) ? [] : ["tickets"]
    var cutter = JSONElements(path: mapping.items ?? place)
    try pieces(file) { bytes in
      for element in cutter.read(bytes) {
        if element.isCut {
          try complain("a ticket is longer than \(JSONElements.longest >> 20) MiB", element.line)
        } else {
          try hand(element.bytes, element.line)
        }
      }
    }
    if !cutter.wasFound { try complain("there is no list of tickets here; name its place under `items`", 1) }
    if !cutter.isWhole { try complain("the file ends before its JSON does", 1) }
  }

  /// Whether the document is a list itself.
  private func isList(_ file: UnsafeMutablePointer<FILE>) throws -> Bool {
    defer { rewind(file) }
    while true {
      let byte = fgetc(file)
      if byte == EOF { return false }
      if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte >= 0x80 { continue }
      return byte == Int32(UInt8(ascii: "["))
    }
  }
}

/// Lines out of bytes that come in pieces.
private struct LinePieces {
  private var rest: [UInt8] = []
  private var line = 1

  mutating func read(_ bytes: [UInt8]) -> [(Int, [UInt8])] {
    var lines: [(Int, [UInt8])] = []
    for byte in bytes {
      if byte == 0x0A {
        if !rest.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { lines.append((line, rest)) }
        rest.removeAll(keepingCapacity: true)
        line += 1
      } else if rest.count < JSONElements.longest {
        rest.append(byte)
      }
    }
    return lines
  }

  mutating func finish() -> [(Int, [UInt8])] {
    rest.allSatisfy { $0 == 0x20 || $0 == 0x0D } ? [] : [(line, rest)]
  }
}
