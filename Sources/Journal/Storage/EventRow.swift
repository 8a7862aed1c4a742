import Foundation
import GRDB
import Incidents
import Values

/// Rows of the table `event` into values; a value of the wrong type throws, it never traps.
enum EventRow {
  static let columns =
    "origin, seq, id, kind, version, occurred, ended, recorded, actor, incident, ticket, body"

  /// How many ``columns`` are.
  static let count = 12

  /// `row` begins with ``columns`` in that order.
  static func event(_ row: Row) throws -> Event {
    var actors = Actors()
    return try event(row, &actors)
  }

  /// The actor of the row before: one person or the watch writes many in a row.
  private struct Actors {
    var last: (text: String, actor: Actor)?

    mutating func actor(_ text: String) -> Actor {
      if let last, last.text == text { return last.actor }
      let actor = EventRow.actor(text)
      last = (text, actor)
      return actor
    }
  }

  private static func event(_ row: Row, _ actors: inout Actors) throws -> Event {
    Event(
      origin: try row.decode(String.self, atIndex: 0), seq: try row.decode(Int64.self, atIndex: 1),
      id: try row.decode(String.self, atIndex: 2), kind: try row.decode(String.self, atIndex: 3),
      version: try row.decode(Int.self, atIndex: 4),
      occurred: Instant(milliseconds: try row.decode(Int64.self, atIndex: 5)),
      ended: (try row.decode(Int64?.self, atIndex: 6)).map(Instant.init(milliseconds:)),
      recorded: Instant(milliseconds: try row.decode(Int64.self, atIndex: 7)),
      actor: actors.actor(try row.decode(String.self, atIndex: 8)),
      incident: try row.decode(String?.self, atIndex: 9), ticket: try row.decode(String?.self, atIndex: 10),
      body: try row.withUnsafeData(atIndex: 11) { $0.map(Array.init) })
  }

  static func events(_ statement: Statement, _ arguments: StatementArguments) throws -> [Event] {
    var events: [Event] = []
    var actors = Actors()
    let rows = try Row.fetchCursor(statement, arguments: arguments)
    while let row = try rows.next() { events.append(try event(row, &actors)) }
    return events
  }

  /// `row` has ``Schema/columns`` in that order.
  static func chainRow(_ row: Row) throws -> ChainRow {
    ChainRow(
      origin: try row.decode(String.self, atIndex: 0), seq: try row.decode(Int64.self, atIndex: 1),
      id: try row.decode(String.self, atIndex: 2), version: try row.decode(Int64.self, atIndex: 3),
      occurred: try row.decode(Int64.self, atIndex: 4), ended: try row.decode(Int64?.self, atIndex: 5),
      recorded: try row.decode(Int64.self, atIndex: 6), actor: try row.decode(String.self, atIndex: 7),
      kind: try row.decode(String.self, atIndex: 8), incident: try row.decode(String?.self, atIndex: 9),
      ticket: try row.decode(String?.self, atIndex: 10),
      body: (try row.decode(Data?.self, atIndex: 11)).map(Array.init),
      salt: (try row.decode(Data?.self, atIndex: 12)).map(Array.init),
      digest: Array(try row.decode(Data.self, atIndex: 13)),
      prev: (try row.decode(Data?.self, atIndex: 14)).map(Array.init),
      hash: Array(try row.decode(Data.self, atIndex: 15)))
  }

  static func insert(_ row: ChainRow, _ db: Database) throws {
    let marks = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16"
    let statement = try db.cachedStatement(sql: "INSERT INTO event (\(Schema.columns)) VALUES (\(marks))")
    try statement.execute(arguments: [
      row.origin, row.seq, row.id, row.version, row.occurred, row.ended, row.recorded, row.actor, row.kind,
      row.incident, row.ticket, row.body.map { String(decoding: $0, as: UTF8.self) },
      row.salt.map { Data($0) }, Data(row.digest), row.prev.map { Data($0) }, Data(row.hash),
    ])
  }

  /// Another origin's writer may know other names for actors than we do.
  private static func actor(_ text: String) -> Actor {
    Actor(text) ?? Actor(handle: Actor.handle(from: text), host: "unknown", uid: .max)
  }
}
