import Host
import Probes
import Transfer
import Values
import Watch
import Wire

/// What probing costs, flat out: `http` endpoints on fresh connections, sent and judged as the engine does it.
struct ProbeMeasure {
  let urls: [String]
  /// How many are under way at once.
  let atOnce: Int
  /// Seconds that are measured.
  let duration: Double

  /// So that the threads have something to do whenever they are woken, as many wait as are under way.
  private static let waitingEach = 2
  private static let warming = 1.0

  func run() throws {
    let heard = Mailbox<Bool>()
    let limits = TransferLimits(atOnce: atOnce, perHost: atOnce)
    let courier = Courier(limits: limits, version: "bench") { _, observation in
      heard.post(observation.isSuccess)
    }
    let polls: [Poll] = urls.enumerated().compactMap { number, url in
      let endpoint = Endpoint(name: "e\(number)", kind: .http, target: url)
      return endpoint.plan().map { Poll(endpoint, of: "bench", plan: $0) }
    }
    guard !polls.isEmpty else { throw Unmeasurable("no URL was given") }
    var next = 0
    func send(_ count: Int) {
      let batch = (next..<(next + count)).map { polls[$0 % polls.count] }
      next += count
      courier.send(batch, at: Clock.now())
    }
    func probe(for seconds: Double) -> (answers: Int, good: Int) {
      let end = Clock.seconds() + seconds
      var (answers, good) = (0, 0)
      while Clock.seconds() < end {
        guard heard.wait(timeout: .seconds(10)) else { break }
        let results = heard.drain()
        answers += results.count
        good += results.count { $0 }
        send(results.count)
      }
      return (answers, good)
    }
    send(atOnce * Self.waitingEach)
    _ = probe(for: Self.warming)
    let before = (wall: Clock.seconds(), processor: Clock.processorSeconds)
    let (answers, good) = probe(for: duration)
    let (wall, processor) = (Clock.seconds() - before.wall, Clock.processorSeconds - before.processor)
    courier.stop()
    guard answers > 0 else { throw Unmeasurable("nobody answered") }
    try Measure.tell(
      "probes",
      [
        "at once": Double(atOnce), "answers": Double(answers), "good": Double(good), "seconds": wall,
        "processor": processor,
      ])
  }
}
