import Testing
import Transfer
import Values

struct MailboxTests {
  @Test func messagesComeOutInOrder() {
    let mailbox = Mailbox<Int>()
    for number in 0..<100 { mailbox.post(number) }
    #expect(mailbox.wait(timeout: nil))
    #expect(mailbox.drain() == Array(0..<100))
    #expect(mailbox.drain().isEmpty)
    #expect(!mailbox.wait(timeout: .zero))
  }

  @Test func severalComeOutInOrderBehindThoseBefore() {
    let mailbox = Mailbox<Int>()
    mailbox.post(contentsOf: [])
    #expect(!mailbox.wait(timeout: .zero))
    mailbox.post(contentsOf: [1, 2])
    mailbox.post(3)
    mailbox.post(contentsOf: [4, 5])
    #expect(mailbox.wait(timeout: nil))
    #expect(mailbox.drain() == [1, 2, 3, 4, 5])
    #expect(!mailbox.wait(timeout: .zero))
    mailbox.post(contentsOf: [6])
    #expect(mailbox.wait(timeout: nil))
    #expect(mailbox.drain() == [6])
  }

  @Test func itIsReadableAgainAfterEachDrain() {
    let mailbox = Mailbox<String>()
    for round in ["a", "b", "c"] {
      mailbox.post(round)
      #expect(mailbox.wait(timeout: nil))
      #expect(mailbox.drain() == [round])
    }
  }

  @Test func nothingIsLostBetweenThreads() throws {
    let mailbox = Mailbox<Int>()
    let senders = try (0..<4).map { sender in
      try #require(
        Worker(name: "sender") {
          for number in 0..<500 { mailbox.post(sender * 1000 + number) }
        })
    }
    var received: [Int] = []
    while received.count < 2000 {
      _ = mailbox.wait(timeout: nil)
      received += mailbox.drain()
    }
    for sender in senders { sender.join() }
    for sender in 0..<4 {
      #expect(received.filter { $0 / 1000 == sender } == (0..<500).map { sender * 1000 + $0 })
    }
  }

  @Test func joiningTwiceReturns() throws {
    let worker = try #require(Worker(name: "a name longer than fifteen bytes") {})
    worker.join()
    worker.join()
  }
}
