import Testing

@testable import Journal

@Suite("The chain, row by row") struct ChainCheckTests {
  /// Five rows that follow each other.
  static func chain(origin: String = "a") -> [ChainRow] {
    var rows: [ChainRow] = []
    for seq in 1...5 {
      let body = Array("{\"n\":\(seq)}".utf8)
      let salt = [UInt8](repeating: UInt8(seq), count: 16)
      var row = ChainRow(
        origin: origin, seq: Int64(seq), id: "\(origin)\(seq)", version: 1, occurred: 0, ended: nil,
        recorded: 0,
        actor: "ops1@h#0", kind: "note.added", incident: nil, ticket: nil, body: body, salt: salt,
        digest: ChainRow.digest(salt: salt, body: body), prev: rows.last?.hash, hash: [])
      row.hash = row.computedHash
      rows.append(row)
    }
    return rows
  }

  static func first(_ rows: [ChainRow]) -> (seq: Int64, why: String)? {
    var check = ChainCheck()
    for row in rows {
      if let why = check.receive(row) { return (row.seq, why) }
    }
    return nil
  }

  @Test func rowsInOrderAreFine() {
    #expect(Self.first(Self.chain()) == nil)
    #expect(Self.first(Self.chain() + Self.chain(origin: "b")) == nil)
  }

  @Test func gapsAreNamed() {
    var rows = Self.chain()
    rows.remove(at: 2)
    #expect(Self.first(rows)?.why == "event 3 is missing.")
    rows.remove(at: 2)
    #expect(Self.first(rows)?.why == "events 3 to 4 are missing.")
    #expect(Self.first([rows[0], rows[0]])?.why == "its number is not that of the next event, 2.")
    #expect(Self.first(Array(rows.dropFirst()))?.why == "event 1 is missing.")
  }

  @Test func aRowForgedWithItsOwnHashBreaksTheNext() {
    var rows = Self.chain()
    rows[2].actor = "eve@h#0"
    #expect(Self.first(rows)?.seq == 3)
    rows[2].hash = rows[2].computedHash
    #expect(Self.first(rows)?.seq == 4)
    #expect(Self.first(rows)?.why.hasPrefix("it does not follow") == true)
  }

  @Test func aCutChainWithNewNumbersBreaks() {
    var rows = Self.chain()
    rows.remove(at: 2)
    rows[2].seq = 3
    rows[2].hash = rows[2].computedHash
    #expect(Self.first(rows)?.seq == 3)
    var head = Array(Self.chain().dropFirst())
    head[0].seq = 1
    head[0].hash = head[0].computedHash
    #expect(Self.first(head)?.seq == 1)
  }

  @Test func erasuresAreKeptUntilTheyAreAccountedFor() {
    var rows = Self.chain()
    rows[1].body = nil
    rows[1].salt = nil
    var check = ChainCheck()
    #expect(rows.allSatisfy { check.receive($0) == nil })
    #expect(check.erased.mapValues(\.seq) == ["a2": 2])
    check.account(forErasureOf: "a2")
    #expect(check.erased.isEmpty)
  }

  @Test func numbersAtTheEdgeDoNotTrap() {
    var row = Self.chain()[0]
    for seq in [Int64.min, -1, 0, .max] {
      row.seq = seq
      #expect(Self.first([row]) != nil)
    }
  }
}
