internal import JSON
internal import Values
internal import Wire

/// Asks Loki's query_range API for what a query has gained. A state machine: it makes requests and takes answers.
///
/// It asks for what lies between the last answer and some seconds ago, in which lines still arrive. Where an
/// answer is full it goes on from the last line's time, whose lines of before are not taken twice.
struct LokiFollower {
  enum Step {
    case ask(Request)
    case done(lines: [UInt8], gain: LineGain)
    case failed(Failure)
  }

  private struct Entry: Hashable {
    let time: Int64
    let stream: String
    let line: String
  }

  private let base: Request
  private let query: String
  private let byteLimit: Int
  private let lineLimit: Int
  /// Nanoseconds: everything before is done with.
  private var start: Int64
  private var end: Int64 = 0
  /// Lines at ``start`` that were taken.
  private var taken: Set<Entry> = []
  private var pages = 0
  private var cutter: LineCutter
  private var trouble: String?

  static let entryLimit = 5000
  /// How long a line may take to arrive: what is younger is left for the next time.
  private static let delay: Int64 = 10_000_000_000
  private static let pageLimit = 20

  /// - Parameter now: nanoseconds since 1970; what is older is not asked for.
  init(_ base: Request, query: String, limit: Int, lineLimit: Int, now: Int64) {
    self.base = base
    self.query = query
    byteLimit = max(1, limit)
    self.lineLimit = lineLimit
    start = now - Self.delay
    cutter = LineCutter(limit: lineLimit)
  }

  /// Begins to ask. Nil when it is too early for an answer.
  mutating func begin(at now: Int64) -> Request? {
    end = max(end, now - Self.delay)
    pages = 0
    trouble = nil
    cutter = LineCutter(limit: lineLimit)
    return end > start ? request : nil
  }

  private var request: Request {
    var request = base
    let url = base.url.hasSuffix("/") ? String(base.url.dropLast()) : base.url
    // Loki's end is not part of the range.
    request.url =
      "\(url)/loki/api/v1/query_range?query=\(Self.escaped(query))&start=\(start)&end=\(end)"
      + "&limit=\(Self.entryLimit)&direction=forward"
    if !request.headers.contains(where: { $0.name.lowercased() == "accept" }) {
      request.headers.append(Header("Accept", "application/json"))
    }
    return request
  }

  mutating func receive(_ outcome: Outcome) -> Step {
    switch outcome {
    case .failure(let failure): return .failed(failure)
    case .success(let response):
      guard response.status == 200 else {
        let text = String(decoding: response.body.prefix(400), as: UTF8.self)
        let first = text.split(whereSeparator: \.isNewline).first.map { Inert.terminal(String($0)) } ?? ""
        return .failed(
          Failure(
            .malformed, reason: "Loki answered \(response.status)" + (first.isEmpty ? "" : ": \(first)"),
            phases: response.phases, status: response.status))
      }
      do throws(JSONMistake) {
        return take(try Self.entries(of: response.body))
      } catch {
        return .failed(
          Failure(.malformed, reason: "Loki's answer: \(error.reason)", phases: response.phases, status: 200))
      }
    }
  }

  private mutating func take(_ entries: [Entry]) -> Step {
    for entry in entries where entry.time >= start && !taken.contains(entry) {
      let line = entry.line.split(whereSeparator: \.isNewline).joined(separator: " ")
      if !line.isEmpty { _ = cutter.take(Array(line.utf8) + [UInt8(ascii: "\n")]) }
    }
    guard entries.count >= Self.entryLimit, let last = entries.map(\.time).max() else {
      start = end
      taken = []
      return done
    }
    if last == start, entries.allSatisfy({ $0.time == last }) {
      // There is no asking for the others of that nanosecond.
      trouble = "more than \(Self.entryLimit) lines at one time: some of them are left out"
      start = last + 1
      taken = []
    } else {
      let same = entries.filter { $0.time == last }
      taken = last == start ? taken.union(same) : Set(same)
      start = last
    }
    pages += 1
    return pages < Self.pageLimit && cutter.lines.count < byteLimit && start < end ? .ask(request) : done
  }

  private var done: Step {
    var gain = LineGain()
    gain.cut = cutter.cut
    gain.trouble = trouble
    return .done(lines: cutter.lines, gain: gain)
  }

  /// The entries of all streams, oldest first.
  private static func entries(of body: [UInt8]) throws(JSONMistake) -> [Entry] {
    let document = try JSONValue.read(body).get()
    let data = document["data"]
    guard document["status"]?.string == "success", let result = data?["result"]?.elements else {
      throw JSONMistake(reason: document["error"]?.string ?? "it has no result")
    }
    guard data?["resultType"]?.string == "streams" else {
      throw JSONMistake(reason: "the query asks for figures, and lines are expected")
    }
    var entries: [Entry] = []
    for stream in result {
      let labels = stream["stream"]?.text ?? ""
      for value in stream["values"]?.elements ?? [] {
        guard let pair = value.elements, pair.count >= 2, let time = pair[0].string.flatMap({ Int64($0) }),
          let line = pair[1].string
        else { throw JSONMistake(reason: "an entry is no pair of a time and a line") }
        entries.append(Entry(time: time, stream: labels, line: line))
      }
    }
    return entries.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }

  /// As a value of a URL's query.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.properties.isAlphabetic && byte < 128 || (48...57).contains(byte) || "-_.~".utf8.contains(byte)
      if isPlain {
        result.unicodeScalars.append(scalar)
      } else {
        result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return result
  }
}
