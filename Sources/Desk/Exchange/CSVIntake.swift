import Incidents
import Values

/// Makes tickets of the records of a CSV file. A row that has the id of the one before it adds a comment to that
/// ticket; one whose ticket ended earlier in the file is a problem. Holds one ticket at a time, and of each that is
/// complete eight bytes.
package struct CSVIntake {
  package struct Item: Equatable, Sendable {
    package let source: String?
    package let ticket: IncomingTicket
    /// Where it begins.
    package let row: Int
  }

  private let mapping: ExchangeMapping
  private let file: String
  private let now: Instant
  private var columns: [String: Int]?
  private var current: Item?
  /// Rows of a ticket that is wrong are wrong with it, and need no words of their own.
  private var brokenID: String?
  /// Those that are complete, by their ids.
  private var complete: Set<UInt64> = []
  package private(set) var problems: [Problem] = []

  package init(_ mapping: ExchangeMapping, file: String, at now: Instant) {
    self.mapping = mapping
    self.file = file
    self.now = now
  }

  /// Problems that were found since this was asked last.
  package mutating func takeProblems() -> [Problem] {
    defer { problems = [] }
    return problems
  }

  /// The ticket that is complete with this record, if one is.
  package mutating func take(_ record: CSVReader.Record) -> Item? {
    if let mistake = record.mistake {
      complain(mistake.what, remedy: "correct the row", record.row, mistake.column)
      return nil
    }
    let fields = record.fields.map(CSVText.meant)
    guard let columns else {
      readHead(fields)
      return nil
    }
    let value: (ExchangeMapping.Origin) -> String? = { origin in
      columns[Self.folded(origin.place)].flatMap { fields.indices.contains($0) ? fields[$0] : nil }
    }
    let comments = commentOrigins
    let commentValue: (ExchangeMapping.Origin) -> String? = { origin in
      value(ExchangeMapping.Origin(origin.place))
    }
    let id = mapping.fields["id"].flatMap(value) ?? ""
    var reader = IncomingReader(comments, at: now)
    if let known = current, known.ticket.id == id, !id.isEmpty {
      var ticket = known.ticket
      if let comment = reader.comment(requester: ticket.requester, commentValue) {
        ticket.comments.append(comment)
        current = Item(source: known.source, ticket: ticket, row: known.row)
      }
      note(reader.mistakes, record.row)
      return nil
    }
    defer { note(reader.mistakes, record.row) }
    let complete = current
    current = nil
    if !id.isEmpty, id == brokenID { return complete }
    let source = mapping.fields["source"].flatMap(value) ?? ""
    if !id.isEmpty, !self.complete.insert("\(source)\u{1F}\(id)".commentMark).inserted {
      let column = mapping.fields["id"].flatMap { columns[Self.folded($0.place)] } ?? 0
      complain(
        "ticket \(Inert.terminal(String(id.prefix(40)))) has rows further up, and others stand between them",
        remedy: "sort the file by that column", record.row, column + 1)
      return complete
    }
    guard var found = reader.ticket(value) else {
      brokenID = id
      return complete
    }
    brokenID = nil
    if let comment = reader.comment(requester: found.ticket.requester, commentValue) {
      found.ticket.comments.append(comment)
    }
    if found.ticket.text.isEmpty, let first = found.ticket.comments.first { found.ticket.text = first.text }
    current = Item(source: found.source, ticket: found.ticket, row: record.row)
    return complete
  }

  /// The last ticket.
  package mutating func finish() -> Item? {
    if columns == nil {
      complain("the file has no row that names its columns", remedy: "begin it with one", 1, 1)
    }
    defer { current = nil }
    return current
  }

  /// A comment's fields stand in columns of their own.
  private var commentOrigins: ExchangeMapping {
    var mapping = mapping
    for (name, origin) in mapping.comments where origin.place == name {
      mapping.comments[name]?.place = ExchangeMapping.column(ofComment: name)
    }
    return mapping
  }

  private mutating func readHead(_ names: [String]) {
    var found: [String: Int] = [:]
    for (index, name) in names.enumerated() where found[Self.folded(name)] == nil {
      found[Self.folded(name)] = index
    }
    columns = found
    for name in ["id", "subject", "requester"] {
      guard let origin = mapping.fields[name], found[Self.folded(origin.place)] == nil,
        origin.fallback == nil
      else { continue }
      complain(
        "there is no column \"\(Inert.terminal(origin.place))\", from which \(name) comes",
        remedy: "name it in the mapping file; here are "
          + names.prefix(20).map { Inert.terminal($0) }.joined(separator: ", "), 1, 1)
    }
  }

  private static func folded(_ name: String) -> String { name.trimmingBlanks.lowercased() }

  private mutating func note(_ mistakes: [IncomingReader.Mistake], _ row: Int) {
    for mistake in mistakes {
      let isComment = mistake.field.hasPrefix("comment ")
      let name = isComment ? String(mistake.field.dropFirst(8)) : mistake.field
      let origin = isComment ? commentOrigins.comments[name] : mapping.fields[name]
      let column = origin.flatMap { columns?[Self.folded($0.place)] }.map { $0 + 1 } ?? 1
      complain(mistake.what, remedy: "correct it, or map it", row, column)
    }
  }

  private mutating func complain(_ what: String, remedy: String, _ row: Int, _ column: Int) {
    problems.append(
      Problem(what, remedy: remedy, file: file, at: Position(line: row, column: column)))
  }
}
