import Testing
import Wire

@testable import Transfer

struct NameMessageTests {
  static func question(_ name: String, _ type: NameRequest.RecordType = .a) -> NameQuestion? {
    var request = NameRequest(name: name)
    request.type = type
    return NameQuestion(request, id: 0x1234)
  }

  /// A reply with these flags, its question and these sections' bytes.
  static func reply(
    to question: NameQuestion, flags: UInt16 = 0x8180, _ counts: (UInt8, UInt8, UInt8) = (0, 0, 0),
    _ records: [UInt8] = []
  ) -> [UInt8] {
    NameQuestion.bytes(question.id) + NameQuestion.bytes(flags)
      + [0, 1, 0, counts.0, 0, counts.1, 0, counts.2] + question.name
      + NameQuestion.bytes(question.type) + [0, 1] + records
  }

  /// For the name of the question, which stands at 12.
  static func record(_ type: UInt16, _ data: [UInt8], name: [UInt8] = [0xC0, 12]) -> [UInt8] {
    name + NameQuestion.bytes(type) + [0, 1, 0, 0, 1, 0x2C] + NameQuestion.bytes(UInt16(data.count)) + data
  }

  @Test func aQuestionOverTheWire() throws {
    let question = try #require(Self.question("a.bc"))
    #expect(
      question.message(isExtended: false)
        == [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0x61, 2, 0x62, 0x63, 0, 0, 1, 0, 1])
    #expect(
      question.message(isExtended: true).suffix(11) == [0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0])
    #expect(Self.question("a.bc.")?.name == question.name)
    #expect(Self.question(".")?.name == [0])
  }

  @Test(arguments: ["", "a..b", ".a", "a b", "ä.de", "-a", String(repeating: "a", count: 64)])
  func whatIsNoNameIsNotAsked(name: String) {
    #expect(Self.question(name) == nil)
  }

  @Test func anAddressIsAskedForBackwards() {
    #expect(NameQuestion.reverse(of: "10.0.0.5") == "5.0.0.10.in-addr.arpa")
    #expect(
      NameQuestion.reverse(of: "2001:db8::1")
        == "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")
    #expect(NameQuestion.reverse(of: "host") == nil)
    #expect(Self.question("10.0.0.5", .ptr)?.name == Self.question("5.0.0.10.in-addr.arpa")?.name)
  }

  @Test(arguments: [
    (NameRequest.RecordType.a, [10, 0, 0, 5], "10.0.0.5"),
    (.aaaa, [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "2001:db8::1"),
    (.cname, [1, 0x78, 0xC0, 12], "x.a.bc."),
    (.ns, [0xC0, 12], "a.bc."),
    (.ptr, [2, 0x2E, 0x09, 0], "\\.\\009."),
    (.mx, [0, 10, 0xC0, 12], "10 a.bc."),
    (.srv, [0, 1, 0, 2, 0x1F, 0x90, 0xC0, 12], "1 2 8080 a.bc."),
    (.txt, [2, 0x61, 0x22, 0, 1, 0xFF], "\"a\\\"\" \"\" \"\\255\""),
    (.caa, [0, 5] + Array("issueca.example".utf8), "0 issue \"ca.example\""),
    (
      .soa, [0xC0, 12, 0] + [0, 0, 0, 7] + [UInt8](repeating: 0, count: 15) + [9],
      "a.bc. . 7 0 0 0 9"
    ),
  ])
  func eachTypeIsWrittenAsInAZone(_ type: NameRequest.RecordType, _ data: [UInt8], _ value: String) throws {
    let question = try #require(Self.question("a.bc", type))
    let bytes = Self.reply(to: question, (1, 0, 0), Self.record(type.rawValue, data))
    let reply = try #require(try NameReply(bytes, to: question))
    #expect(reply.answer.values == [value])
    #expect(reply.answer.answers == ["a.bc. 300 IN \(type.name) \(value)"])
    #expect(reply.answer.serial == (type == .soa ? 7 : nil))
  }

  @Test func theSectionsAreCountedWithoutEDNSOwn() throws {
    let question = try #require(Self.question("a.bc"))
    let alias = Self.record(5, [1, 0x79, 0])
    let address = Self.record(1, [1, 2, 3, 4], name: [1, 0x79, 0])
    let other = Self.record(99, [1, 2])
    let edns: [UInt8] = [0, 0, 41, 4, 0xD0, 0, 0, 0, 0, 0, 0]
    let bytes = Self.reply(
      to: question, (2, 1, 2), alias + address + other + other + edns)
    let reply = try #require(try NameReply(bytes, to: question))
    #expect(reply.isExtended && !reply.isTruncated)
    #expect(
      reply.answer
        == NameAnswer(
          code: "NOERROR", answers: ["a.bc. 300 IN CNAME y.", "y. 300 IN A 1.2.3.4"], values: ["1.2.3.4"],
          authorities: 1, additionals: 1))
  }

  @Test(arguments: [
    (UInt16(0x8183), "NXDOMAIN"), (0x8182, "SERVFAIL"), (0x8185, "REFUSED"), (0x8181, "FORMERR"),
    (0x818F, "RCODE15"),
  ])
  func codesHaveTheirNames(flags: UInt16, name: String) throws {
    let question = try #require(Self.question("a.bc"))
    #expect(try NameReply(Self.reply(to: question, flags: flags), to: question)?.answer.code == name)
  }

  @Test func anotherAnswerIsNotOurs() throws {
    let question = try #require(Self.question("a.bc"))
    let good = Self.reply(to: question)
    #expect(try NameReply(good, to: question) != nil)
    for (place, value) in [(0, 0x13), (1, 0x35), (2, 0x01), (13, 0x62), (19, 2), (21, 3)] as [(Int, UInt8)] {
      var other = good
      other[place] = value
      #expect(try NameReply(other, to: question) == nil, "byte \(place)")
    }
    #expect(try NameReply([], to: question) == nil)
    // In another case it is the same name.
    var upper = good
    upper[13] = 0x41
    #expect(try NameReply(upper, to: question) != nil)
  }

  @Test(
    arguments: [
      ("points to itself", [0xC0, 34, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4]),
      ("points forwards", [0xC0, 40, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4]),
      ("points past the end", [0xFF, 0xFF, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4]),
      ("a label of a kind that there is not", [0x40, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4]),
      ("an address of three bytes", [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 3, 1, 2, 3]),
      ("data past the end", [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0xFF, 0xFF, 1]),
      ("no data", [0xC0, 12, 0, 1, 0, 1]),
      ("nothing", []),
    ] as [(String, [UInt8])])
  func hostileRecordsAreMalformed(_ what: String, _ record: [UInt8]) throws {
    let question = try #require(Self.question("a.bc"))
    let bytes = Self.reply(to: question, (1, 0, 0), record)
    #expect(throws: MessageReader.Malformed()) { try NameReply(bytes, to: question) }
    // Of a message that was cut off, what is left is not read for more than it is.
    let cut = Self.reply(to: question, flags: 0x8380, (1, 0, 0), record)
    #expect(try NameReply(cut, to: question)?.isTruncated == true)
  }

  /// Whatever changes on the way: it is read, refused or overheard, and nothing traps.
  @Test func damagedMessagesNeverTrap() throws {
    let types = NameRequest.RecordType.allCases
    var seed = SeededRandom(state: 20_261_121)
    for round in 0..<20_000 {
      let question = try #require(Self.question("a.bc", types[round % types.count]))
      let data = (0..<Int.random(in: 0..<40, using: &seed)).map { _ in
        UInt8.random(in: 0 ... .max, using: &seed)
      }
      var bytes = Self.reply(to: question, (2, 1, 1), Self.record(question.type, data))
      for _ in 0..<Int.random(in: 0..<6, using: &seed) {
        bytes[Int.random(in: 2..<bytes.count, using: &seed)] = UInt8.random(in: 0 ... .max, using: &seed)
      }
      bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &seed)))
      _ = try? NameReply(bytes, to: question)
    }
  }
}

/// splitmix64.
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
