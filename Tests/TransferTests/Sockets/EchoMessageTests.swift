import Testing

@testable import Transfer

struct EchoMessageTests {
  @Test func onlyItsOwnReplyAnswersIt() {
    let v4 = EchoMessage(isVersion6: false, sequence: 0x0102, payload: [7, 8])
    #expect(v4.request == [8, 0, 0, 0, 0, 0, 1, 2, 7, 8])
    #expect(v4.isAnswered(by: [0, 0, 9, 9, 5, 5, 1, 2, 7, 8]))
    let v6 = EchoMessage(isVersion6: true, sequence: 0x0102, payload: [7, 8])
    #expect(v6.request.first == 128)
    #expect(v6.isAnswered(by: [129, 0, 9, 9, 5, 5, 1, 2, 7, 8]))
    for other in [
      [], [0], [0, 0, 9, 9, 5, 5, 1, 3, 7, 8], [0, 0, 9, 9, 5, 5, 1, 2, 7, 9],
      [3, 0, 9, 9, 5, 5, 1, 2, 7, 8],
      [8, 0, 0, 0, 0, 0, 1, 2, 7, 8], [0, 0, 9, 9, 5, 5, 1, 2, 7, 8, 0],
    ] as [[UInt8]] {
      #expect(!v4.isAnswered(by: other), "\(other)")
    }
  }

  @Test func whatIsNoReplyIsNamed() {
    let v4 = EchoMessage(isVersion6: false, sequence: 1, payload: [7, 8])
    let v6 = EchoMessage(isVersion6: true, sequence: 1, payload: [7, 8])
    #expect(v4.difference(of: [0, 0, 9, 9, 5, 5, 0, 9, 7, 8]) == nil)
    #expect(v4.difference(of: [0, 0, 9, 9, 5, 5, 0, 1, 7, 9]) == "with other bytes than were sent")
    #expect(v4.difference(of: []) == "of 0 bytes where 10 were sent")
    #expect(v4.difference(of: [0, 0, 9, 9, 5, 5, 0, 1]) == "of 8 bytes where 10 were sent")
    #expect(v4.difference(of: [129, 0, 9, 9, 5, 5, 0, 1, 7, 8]) == "of type 129 and code 0")
    #expect(v6.difference(of: [129, 3, 9, 9, 5, 5, 0, 1, 7, 8]) == "of type 129 and code 3")
  }

  @Test func itIsQuotedByItsBeginning() {
    let v4 = EchoMessage(isVersion6: false, sequence: 0x0102, payload: [7, 8])
    for quoted in [
      [8, 0, 9, 9, 5, 5, 1, 2], [8, 0, 9, 9, 5, 5, 1, 2, 7], [8, 0, 9, 9, 5, 5, 1, 2, 7, 8],
      [8, 0, 9, 9, 5, 5, 1, 2, 7, 8, 0],
    ] as [[UInt8]] {
      #expect(v4.isQuoted(by: quoted), "\(quoted)")
    }
    for other in [
      [], [8, 0, 9, 9, 5, 5, 1], [0, 0, 9, 9, 5, 5, 1, 2], [8, 0, 9, 9, 5, 5, 1, 3],
      [8, 0, 9, 9, 5, 5, 1, 2, 8], [8, 0, 9, 9, 5, 5, 1, 2, 7, 9], [128, 0, 9, 9, 5, 5, 1, 2, 7, 8],
    ] as [[UInt8]] {
      #expect(!v4.isQuoted(by: other), "\(other)")
    }
  }
}
