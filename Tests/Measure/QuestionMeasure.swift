import Host
import Transfer
import Values
import Wire

/// Has another prober probe: its URLs are asked over connections that are kept, flat out or at a rate. What it
/// costs is to be read from that process.
struct QuestionMeasure {
  let urls: [String]
  let atOnce: Int
  let duration: Double
  /// Questions a second, evenly spread; 0: as many as it answers.
  let rate: Double
  /// What a good answer holds.
  let mark: String

  private static let pause = Span.milliseconds(25)

  func run() throws {
    let heard = Mailbox<Bool>()
    let limits = TransferLimits(atOnce: atOnce, perHost: atOnce)
    let mark = Array(mark.utf8)
    let transfers = Transfers(limits: limits) { _, outcome in
      guard case .success(let response) = outcome, response.status == 200 else { return heard.post(false) }
      heard.post(response.body.firstRange(of: mark) != nil)
    }
    var next = 0
    func send(_ count: Int) {
      let batch = (next..<(next + count)).map { number in
        (request: Request(url: urls[number % urls.count]), id: TransferID(UInt64(number)))
      }
      next += count
      transfers.start(batch)
    }
    guard !urls.isEmpty else { throw Unmeasurable("no URL was given") }
    let began = Clock.seconds()
    var (answers, good) = (0, 0)
    if rate == 0 { send(atOnce) }
    while Clock.seconds() < began + duration {
      _ = heard.wait(timeout: rate == 0 ? .seconds(10) : Self.pause)
      let results = heard.drain()
      answers += results.count
      good += results.count { $0 }
      send(rate == 0 ? results.count : max(0, Int((Clock.seconds() - began) * rate) - next))
    }
    let wall = Clock.seconds() - began
    transfers.stop()
    try Measure.tell(
      "questions", ["answers": Double(answers), "good": Double(good), "seconds": wall])
  }
}
