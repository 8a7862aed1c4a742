import Testing
import Values
import Wire

@testable import Transfer

struct LokiFollowerTests {
  private static let second: Int64 = 1_000_000_000
  private static let start: Int64 = 1_800_000_000 * second
  private var follower = LokiFollower(
    Request(url: "http://loki"), query: "{a=\"b\"}", limit: 1 << 20, lineLimit: 1000, now: start)

  private func answer(_ streams: [(String, [(Int64, String)])]) -> Outcome {
    let result = streams.map { stream, values in
      let pairs = values.map { #"["\#($0.0)","\#($0.1)"]"# }.joined(separator: ",")
      return #"{"stream":{"s":"\#(stream)"},"values":[\#(pairs)]}"#
    }.joined(separator: ",")
    let body = #"{"status":"success","data":{"resultType":"streams","result":[\#(result)]}}"#
    return .success(Response(status: 200, body: Array(body.utf8)))
  }

  private func range(_ request: Request?) -> [Int64] {
    (request?.url ?? "").split(separator: "&").compactMap { part in
      part.hasPrefix("start=") || part.hasPrefix("end=") ? Int64(part.split(separator: "=")[1]) : nil
    }.map { ($0 - Self.start) / Self.second }
  }

  private func lines(_ step: LokiFollower.Step) -> String? {
    guard case .done(let lines, _) = step else { return nil }
    return String(decoding: lines, as: UTF8.self)
  }

  @Test mutating func eachTimeItAsksForWhatCameSince() {
    #expect(follower.begin(at: Self.start) == nil)
    let first = follower.begin(at: Self.start + 30 * Self.second)
    #expect(range(first) == [-10, 20])
    #expect(first?.url.hasSuffix("&limit=5000&direction=forward") == true)
    let at = Self.start + 5 * Self.second
    let step = follower.receive(answer([("x", [(at, "b"), (at + 1, "c")]), ("y", [(at - 1, "a")])]))
    #expect(lines(step) == "a\nb\nc\n")
    #expect(range(follower.begin(at: Self.start + 60 * Self.second)) == [20, 50])
  }

  @Test mutating func whatFailedIsAskedForAgain() {
    #expect(range(follower.begin(at: Self.start + 30 * Self.second)) == [-10, 20])
    _ = follower.receive(.failure(Failure(.refused, reason: "connection refused")))
    #expect(range(follower.begin(at: Self.start + 60 * Self.second)) == [-10, 50])
  }

  @Test mutating func aFullAnswerGoesOnAndNothingIsTakenTwice() throws {
    _ = follower.begin(at: Self.start + 60 * Self.second)
    let last = Self.start + 7 * Self.second
    let many = (0..<4998).map { (Self.start + Int64($0), "l\($0)") }
    let step = follower.receive(answer([("x", many + [(last, "p"), (last, "q")])]))
    guard case .ask(let request) = step else {
      Issue.record("a full answer is followed by another request")
      return
    }
    #expect(range(request) == [7, 50])
    let text = try #require(
      lines(follower.receive(answer([("x", [(last, "p"), (last, "q"), (last, "r")])]))))
    #expect(text.split(separator: "\n").count == 5001)
    #expect(text.hasSuffix("p\nq\nr\n"))
  }

  @Test mutating func moreThanFitAtOneTimeAreLeftOutAloud() {
    _ = follower.begin(at: Self.start + 60 * Self.second)
    let same = (0..<5000).map { (Self.start, "l\($0)") }
    guard case .ask = follower.receive(answer([("x", same)])) else {
      Issue.record("it goes on from that time")
      return
    }
    guard case .ask(let next) = follower.receive(answer([("x", same)])) else {
      Issue.record("it goes on behind that time")
      return
    }
    #expect(next.url.contains("&start=\(Self.start + 1)&"))
    guard case .done(let lines, let gain) = follower.receive(answer([])) else {
      Issue.record("it is done")
      return
    }
    #expect(lines.count { $0 == 10 } == 5000)
    #expect(gain.trouble == "more than 5000 lines at one time: some of them are left out")
  }

  @Test(arguments: [
    (200, "<html>", #"Loki's answer: not JSON: line 1, column 1: "<" begins no value"#),
    (200, "{}", "Loki's answer: it has no result"),
    (200, #"{"status":"error","error":"too many"}"#, "Loki's answer: too many"),
    (
      200, #"{"status":"success","data":{"resultType":"matrix","result":[]}}"#,
      "Loki's answer: the query asks for figures, and lines are expected"
    ),
    (
      200, #"{"status":"success","data":{"resultType":"streams","result":[{"values":[[1,2]]}]}}"#,
      "Loki's answer: an entry is no pair of a time and a line"
    ),
    (400, "parse error at line 1\nmore", "Loki answered 400: parse error at line 1"),
    (401, "", "Loki answered 401"),
  ])
  mutating func aStrangeAnswerIsAReason(status: Int, body: String, reason: String) {
    _ = follower.begin(at: Self.start + 60 * Self.second)
    guard
      case .failed(let failure) = follower.receive(.success(Response(status: status, body: Array(body.utf8))))
    else {
      Issue.record("it fails")
      return
    }
    #expect(failure.reason == reason)
  }
}
