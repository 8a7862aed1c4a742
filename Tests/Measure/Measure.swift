import Foundation

/// Figures that no verb shows, for scripts/bench: one JSON object a line.
///
///     measure exposition PAGE NEXT       reading pages: new, into a store, seen before
///     measure group RULES PAGE TARGETS   evaluating a rule file over the page of so many targets
///     measure chunks PAGE...             bytes a sample of successive scrapes of one page
///     measure desk TICKETS COMMENTS [FOLDER]   queue, filters and searches of a desk; the folder is kept and reused
///     measure export EVENTS              an incident of so many events in each format
///     measure browse EVENTS [FOLDER]     pages, filters and strips of a journal; the folder is kept and reused
///     measure playbook LINES             opening a runbook of so many lines, and stepping through it on the screen
///     measure probes URLS N SECONDS      probing the URLs, one a line, N at once and flat out
///     measure backtest SERIES THRESHOLDS   sweeping thresholds over a day of so many series
///     measure ask URLS N SECONDS RATE MARK   asking another prober at a rate, 0 for flat out; good answers hold MARK
@main enum Measure {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("exposition", 3): try ExpositionMeasure(page: bytes(arguments[1]), next: bytes(arguments[2])).run()
    case ("group", 4):
      try GroupMeasure(
        rules: String(decoding: bytes(arguments[1]), as: UTF8.self), page: bytes(arguments[2]),
        targets: Int(arguments[3]) ?? 1
      ).run()
    case ("chunks", 3...): try ChunkMeasure(pages: arguments.dropFirst().map(bytes)).run()
    case ("desk", 3...4):
      try DeskMeasure(
        tickets: Int(arguments[1]) ?? 1000, comments: Int(arguments[2]) ?? 10_000,
        folder: arguments.count > 3 ? arguments[3] : nil
      ).run()
    case ("export", 2): try ExportMeasure(events: Int(arguments[1]) ?? 100_000).run()
    case ("browse", 2...3):
      try BrowseMeasure(
        events: Int(arguments[1]) ?? 100_000, folder: arguments.count > 2 ? arguments[2] : nil
      ).run()
    case ("playbook", 2): try PlaybookMeasure(lines: Int(arguments[1]) ?? 5000).run()
    case ("backtest", 3):
      try BacktestMeasure(series: Int(arguments[1]) ?? 1000, thresholds: Int(arguments[2]) ?? 50).run()
    case ("probes", 4):
      try ProbeMeasure(
        urls: lines(arguments[1]), atOnce: Int(arguments[2]) ?? 64, duration: Double(arguments[3]) ?? 10
      ).run()
    case ("ask", 6):
      try QuestionMeasure(
        urls: lines(arguments[1]), atOnce: Int(arguments[2]) ?? 64, duration: Double(arguments[3]) ?? 10,
        rate: Double(arguments[4]) ?? 0, mark: arguments[5]
      ).run()
    default:
      print(
        "usage: measure exposition PAGE NEXT | group RULES PAGE TARGETS | chunks PAGE... | desk TICKETS COMMENTS [FOLDER] | export EVENTS | browse EVENTS [FOLDER] | playbook LINES | probes URLS N SECONDS"
          + " | ask URLS N SECONDS RATE MARK | backtest SERIES THRESHOLDS")
      exit(64)
    }
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  private static func lines(_ path: String) throws -> [String] {
    try String(decoding: bytes(path), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Seconds of this thread's processor time that `work` takes.
  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = clock()
    try work()
    return clock() - start
  }

  /// Seconds until `work` is done, as whoever waits for it has them: for what every processor works on.
  static func waited(_ work: () throws -> Void) rethrows -> Double {
    let start = clock(CLOCK_MONOTONIC)
    try work()
    return clock(CLOCK_MONOTONIC) - start
  }

  private static func clock(_ kind: clockid_t = CLOCK_THREAD_CPUTIME_ID) -> Double {
    var time = timespec()
    clock_gettime(kind, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  static func tell(_ work: String, _ figures: [String: Double], seconds: [Double] = []) throws {
    struct Line: Encodable {
      let work: String
      let figures: [String: Double]
      let seconds: [Double]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let line = try encoder.encode(Line(work: work, figures: figures, seconds: seconds))
    print(String(decoding: line, as: UTF8.self))
    // Some take minutes: what is there already is worth seeing.
    fflush(nil)
  }
}

/// What cannot be measured: a sentence.
struct Unmeasurable: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
