import Testing
import Wire

@testable import Transfer

struct ConversationTests {
  private typealias Effect = Conversation.Effect

  private func conversation(_ change: (inout StreamRequest) -> Void) -> Conversation {
    var request = StreamRequest(host: "h", port: 1)
    change(&request)
    return Conversation(request, authority: "h:1")
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func aConnectionAloneIsEnoughWhereNothingIsSaid() {
    var conversation = conversation { _ in }
    #expect(conversation.begin() == [.finish])
    #expect(conversation.ended() == [] && conversation.receive([1]) == [])
  }

  @Test func whatIsSentNeedsNoAnswerUnlessOneIsAskedFor() {
    var conversation = conversation { $0.steps = [.send([1, 2])] }
    #expect(conversation.begin() == [.send([1, 2]), .finish])
  }

  @Test func readingEndsOnceAllMarksAreThere() {
    var conversation = conversation {
      $0.steps = [.send([1])]
      $0.reading = .until([bytes("PONG"), bytes("\r\n")])
    }
    #expect(conversation.begin() == [.send([1])])
    #expect(conversation.receive(bytes("+PO")) == [])
    #expect(conversation.receive(bytes("NG")) == [])
    #expect(!conversation.endsWithQuiet)
    #expect(conversation.receive(bytes("\r\nmore")) == [.finish])
    #expect(conversation.body == bytes("+PONG\r\nmore"))
  }

  @Test func aQuietAnswerIsOver() {
    var conversation = conversation { $0.reading = .untilQuiet }
    #expect(conversation.begin() == [])
    // Silence before the first byte is no answer.
    #expect(!conversation.endsWithQuiet && conversation.fellQuiet() == [])
    #expect(conversation.receive(bytes("a")) == [])
    #expect(conversation.endsWithQuiet && conversation.fellQuiet() == [.finish])
  }

  @Test func stepsTakeTurns() {
    var conversation = conversation {
      $0.steps = [.await(bytes("220")), .send(bytes("A")), .await(bytes("250")), .send(bytes("B"))]
    }
    #expect(conversation.begin() == [])
    #expect(conversation.receive(bytes("220 250 ")) == [.send(bytes("A")), .send(bytes("B")), .finish])
  }

  /// What is behind the text that a step awaited is for the next one, and nothing before it.
  @Test func aStepDoesNotFindWhatAnotherTook() {
    var conversation = conversation { $0.steps = [.await(bytes("ok")), .send([1]), .await(bytes("ok"))] }
    #expect(conversation.begin() == [])
    #expect(conversation.receive(bytes("ok")) == [.send([1])])
    #expect(conversation.receive(bytes("o")) == [])
    #expect(conversation.receive(bytes("k")) == [.finish])
  }

  @Test func theEndOfAConnectionEndsAnAnswerAndBreaksSilence() {
    var some = conversation { $0.reading = .until([bytes("x")]) }
    _ = some.begin()
    _ = some.receive(bytes("abc"))
    #expect(some.ended() == [.finish])
    var none = conversation { $0.reading = .untilQuiet }
    _ = none.begin()
    #expect(none.ended() == [.fail(.reset, "h:1 closed the connection without an answer")])
    var awaiting = conversation { $0.steps = [.await(bytes("220 \u{1B}"))] }
    _ = awaiting.begin()
    _ = awaiting.receive(bytes("554 no"))
    #expect(awaiting.ended().count == 1)
  }

  @Test func theReasonSaysWhatDidNotCome() {
    var conversation = conversation { $0.steps = [.await(bytes("250"))] }
    _ = conversation.begin()
    #expect(conversation.expire() == [])
    _ = conversation.receive(bytes("554 no"))
    var closed = conversation
    #expect(conversation.expire() == [.fail(.timeout, "\"250\" did not come in 10s: 6 bytes did")])
    #expect(closed.ended() == [.fail(.reset, "h:1 closed the connection before \"250\" came")])
  }

  @Test func noMoreIsKeptThanTheLimit() {
    var conversation = conversation {
      $0.reading = .until([bytes("x")])
      $0.bodyLimit = 4
    }
    _ = conversation.begin()
    #expect(conversation.receive(bytes("abcdefx")) == [.finish])
    #expect(conversation.body == bytes("abcd"))
    var awaiting = self.conversation {
      $0.steps = [.await(bytes("x"))]
      $0.bodyLimit = 4
    }
    _ = awaiting.begin()
    #expect(
      awaiting.receive(bytes("abcdefx")) == [.fail(.tooLarge, "\"x\" is not in the first 4 bytes")])
  }

  @Test func underTLSNothingIsSaidBeforeItStands() {
    var conversation = conversation {
      $0.security = .immediate
      $0.steps = [.send([1])]
    }
    #expect(conversation.begin() == [.secure])
    #expect(conversation.receive([9]) == [])
    #expect(conversation.secured() == [.send([1]), .finish])
    #expect(conversation.body.isEmpty)
  }
}
