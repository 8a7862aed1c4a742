import Testing
import Values
import Wire

@testable import Transfer

struct NameConversationTests {
  private let question: NameQuestion
  private let asked: [UInt8]

  init() throws {
    question = try #require(NameMessageTests.question("a.bc"))
    asked = question.message(isExtended: true)
  }

  private func conversation(_ servers: [String]) -> NameConversation {
    NameConversation(question, servers: servers, timeout: .seconds(4))
  }

  private func udp(_ server: Int) -> NameConversation.Effect { .ask(server: server, isStream: false, asked) }

  @Test func silenceAsksAgainAndThenTheNext() {
    var conversation = conversation(["a", "b"])
    #expect(conversation.begin() == [udp(0)])
    #expect(conversation.alarm == 2_000_000)
    #expect(conversation.wake(at: 1_999_999) == [])
    #expect(conversation.wake(at: 2_000_000) == [udp(1)])
    #expect(conversation.wake(at: 4_000_000) == [udp(0)])
    #expect(conversation.wake(at: 6_000_000) == [udp(1)])
    // Each was asked twice.
    #expect(conversation.wake(at: 8_000_000) == [] && conversation.alarm == nil)
  }

  @Test func aLateAnswerOfTheFirstCounts() {
    var conversation = conversation(["a", "b"])
    _ = conversation.begin()
    _ = conversation.wake(at: 2_000_000)
    let reply = NameMessageTests.reply(to: question)
    #expect(
      conversation.receive(reply, from: 0, isStream: false, at: 2_500_000)
        == [.finish(NameAnswer(code: "NOERROR"))])
  }

  @Test func whatIsNotOursIsOverheard() {
    var conversation = conversation(["a"])
    _ = conversation.begin()
    var other = NameMessageTests.reply(to: question)
    other[0] ^= 1
    #expect(conversation.receive(other, from: 0, isStream: false, at: 1) == [])
    #expect(conversation.receive([], from: 0, isStream: false, at: 1) == [])
  }

  @Test func whatDoesNotFitComesOverTCPInPieces() {
    var conversation = conversation(["a"])
    _ = conversation.begin()
    let cut = NameMessageTests.reply(to: question, flags: 0x8380)
    let effects = conversation.receive(cut, from: 0, isStream: false, at: 1)
    #expect(effects == [.ask(server: 0, isStream: true, [0, UInt8(asked.count)] + asked)])
    #expect(conversation.alarm == nil)
    let record = NameMessageTests.record(1, [1, 2, 3, 4])
    let whole = NameMessageTests.reply(to: question, (1, 0, 0), record)
    let framed = [0, UInt8(whole.count)] + whole
    #expect(conversation.receive(Array(framed[..<1]), from: 0, isStream: true, at: 2) == [])
    #expect(conversation.receive(Array(framed[1..<20]), from: 0, isStream: true, at: 2) == [])
    let last = conversation.receive(Array(framed[20...]), from: 0, isStream: true, at: 2)
    guard case .finish(let answer)? = last.first else {
      Issue.record("\(last)")
      return
    }
    #expect(answer.values == ["1.2.3.4"])
  }

  @Test func anOldServerIsAskedWithoutEDNS() {
    var conversation = conversation(["a"])
    _ = conversation.begin()
    let refusal = NameMessageTests.reply(to: question, flags: 0x8181)
    #expect(
      conversation.receive(refusal, from: 0, isStream: false, at: 1)
        == [.ask(server: 0, isStream: false, question.message(isExtended: false))])
    #expect(
      conversation.receive(refusal, from: 0, isStream: false, at: 2)
        == [.finish(NameAnswer(code: "FORMERR"))])
  }

  @Test func oneThatRefusesIsLeftForTheNext() {
    var conversation = conversation(["a", "b"])
    _ = conversation.begin()
    #expect(conversation.fail(0, isStream: false, systemError: 111, at: 1) == [udp(1)])
    #expect(conversation.fail(1, isStream: false, systemError: 113, at: 2) == [.lost(113)])
  }

  @Test func garbageIsCalledSo() {
    var conversation = conversation(["10.0.0.2:53"])
    _ = conversation.begin()
    let bytes = NameMessageTests.reply(to: question, (9, 9, 9))
    #expect(
      conversation.receive(bytes, from: 0, isStream: false, at: 1)
        == [.fail(.malformed, "the answer of 10.0.0.2:53 is not DNS")])
  }

  @Test(arguments: [
    ("", ["127.0.0.1:53"]),
    ("# nameserver 1.1.1.1\nsearch x\n", ["127.0.0.1:53"]),
    ("nameserver 10.0.0.1\nnameserver\t::1 # own\n", ["10.0.0.1:53", "[::1]:53"]),
    ("nameserver fe80::1%eth0\nnameserver ;\nnameserver a b", ["[fe80::1%eth0]:53", "a:53"]),
    (
      "nameserver 1.0.0.1\nnameserver 1.0.0.2\nnameserver 1.0.0.3\nnameserver 1.0.0.4",
      ["1.0.0.1:53", "1.0.0.2:53", "1.0.0.3:53"]
    ),
  ])
  func theSystemsServers(_ text: String, _ servers: [String]) {
    #expect(NameServers.read(text).map(\.text) == servers)
  }
}
