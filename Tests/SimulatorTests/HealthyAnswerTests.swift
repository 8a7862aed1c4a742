import Simulator
import Testing

@Suite struct HealthyAnswerTests {
  @Test(arguments: [
    ([], 200, "ok\n"),
    (["status == 204"], 204, "ok\n"),
    (["status in 200..299"], 200, "ok\n"),
    (["status == 200", #"json("$.status") == "healthy""#, "latency < 800ms"], 200, #"{"status":"healthy"}"#),
    (
      [#"json("$.a.b") == true"#, #"json("$.a.n") > 3"#, #"json("$.a.c") == "x\y""#], 200,
      #"{"a":{"b":true,"c":"x\\y","n":4}}"#
    ),
    ([#"len(json("$")) > 0"#], 200, "[{}]"),
    ([#"len(json("$.items")) == 2"#], 200, #"{"items":[{},{}]}"#),
    ([#"json("$.list[0].name") == "n""#], 200, #"{"list":[{"name":"n"}]}"#),
    ([#"body contains "PONG""#], 200, "PONG"),
    (["nonsense", "status == many", ""], 200, "ok\n"),
  ])
  func theAnswerSatisfiesTheAssertions(_ expect: [String], _ status: Int, _ body: String) {
    let answer = SimulatedAnswer.healthy(expecting: expect)
    #expect(answer.status == status)
    #expect(answer.text == body)
  }

  @Test func headersAreSetAndTheTypeFollowsTheBody() {
    let json = SimulatedAnswer.healthy(expecting: [#"header("Content-Type") =~ "json""#])
    #expect(json.headers == ["content-type": "application/json"])
    #expect(
      SimulatedAnswer.healthy(expecting: [#"json("$.a") == 1"#]).headers["content-type"] == "application/json"
    )
    #expect(SimulatedAnswer.healthy(expecting: []).headers["content-type"] == "text/plain; charset=utf-8")
  }

  @Test func anEndpointOfMetricsOrOfADocumentAnswersWithOne() {
    let page = SimulatedAnswer.healthy(expecting: ["status == 200"], content: .exposition)
    #expect(page.text.isEmpty)
    #expect(page.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    #expect(SimulatedAnswer.healthy(expecting: [], content: .json).text == "{}")
    let document = SimulatedAnswer.healthy(expecting: [#"json("$.a") == 1"#], content: .json)
    #expect(document.text == #"{"a":1}"#)
  }
}
