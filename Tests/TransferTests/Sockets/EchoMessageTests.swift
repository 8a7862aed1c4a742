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
}
