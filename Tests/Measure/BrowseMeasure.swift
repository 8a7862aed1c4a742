import Console
import Desk
import Foundation
import Host
import Incidents
import Journal
import Retro
import Values

/// What screen 7 costs over a journal of many events: pages, filters, zoom and strips, as the reader's thread asks.
struct BrowseMeasure {
  let events: Int
  /// Where the journal is made, or was by the last time; removed afterwards when nil.
  let folder: String?

  private static let rounds = 15
  private static let start = Instant(milliseconds: 1_760_000_000_000)
  private static let engine = Actor(handle: Actor.engineHandle, host: "bench", uid: 1000)
  /// One event each so long.
  private static let pace = Span.seconds(20)

  func run() throws {
    let place = folder ?? NSTemporaryDirectory() + "midwatch-browse-\(UUID().uuidString)"
    defer { if folder == nil { try? FileManager.default.removeItem(atPath: place) } }
    if !FileManager.default.fileExists(atPath: place) { try fill(open(place)) }
    let journal = try open(place)
    let source = JournalEvents(journal)
    let end = Self.start + .milliseconds(Self.pace.milliseconds * Int64(events))
    let middle = Self.start + .milliseconds(Self.pace.milliseconds * Int64(events) / 2)
    for (name, text, question) in Self.questions(middle) {
      var wanted = question
      wanted.filter = EventFilter.read(text, me: "ops1", at: end).filter
      try ask(name, wanted, source, at: end)
    }
  }

  private static func questions(_ middle: Instant) -> [(String, String, EventQuestion)] {
    let around = EventQuestion(anchor: .around(EventPlace(middle, seq: 0)))
    var hour = around
    hour.window = EventWindow(.hour, around: middle)
    return [
      ("newest", "", EventQuestion()), ("oldest", "", EventQuestion(anchor: .oldest)), ("middle", "", around),
      ("an hour in the middle", "", hour), ("frequent kind", "kind:alert", EventQuestion()),
      ("frequent kind in the middle", "kind:endpoint", around),
      ("rare kind", "kind:declared", EventQuestion()),
      ("system", "system:system7", around), ("incident", "incident:INC-12", EventQuestion()),
      ("a person", "actor:ops3", EventQuestion()), ("nobody's", "actor:nobody", EventQuestion()),
      ("all but the watch", "!actor:midwatch", around), ("since", "since:-2d kind:alert", EventQuestion()),
      ("rare word", BenchWords.word(BenchWords.count - 7), EventQuestion()),
      ("frequent word", BenchWords.word(60), EventQuestion()),
      ("commonest word", BenchWords.word(0), EventQuestion()),
      ("beginning of words", String(BenchWords.word(60).prefix(4)), EventQuestion()),
      ("short beginning", String(BenchWords.word(0).prefix(3)), EventQuestion()),
      ("two words", "\(BenchWords.word(60)) \(BenchWords.word(0)) ", EventQuestion()),
      ("phrase", "\"\(BenchWords.word(1)) \(BenchWords.word(0))\"", EventQuestion()),
      ("rare word, long ago", BenchWords.word(BenchWords.count / 2), around),
      ("frequent word of a frequent kind", "kind:alert \(BenchWords.word(60))", around),
      ("word, kind and person", "kind:note actor:ops2 \(BenchWords.word(60))", EventQuestion()),
      ("kind that a person never wrote", "kind:alert actor:ops1", EventQuestion()),
    ]
  }

  /// The longest single look, which is how long another question can wait; and until the page is whole.
  private func ask(
    _ name: String, _ question: EventQuestion, _ source: JournalEvents, at now: Instant
  ) throws {
    var (found, counted, steps) = (0, 0, 0)
    var (longest, whole, all): ([Double], [Double], [Double]) = ([], [], [])
    for _ in 0..<Self.rounds {
      var reading = EventReading(question, at: now)
      var (most, page, sum) = (0.0, Double?.none, 0.0)
      steps = 0
      while !reading.isDone {
        let seconds = try Measure.seconds {
          guard let told = try reading.step(source) else { return }
          if told.looked == nil, page == nil { page = -1 }
          (found, counted) = (told.lines.count, told.strip?.found ?? 0)
        }
        (most, sum, steps) = (max(most, seconds), sum + seconds, steps + 1)
        if page == -1 { page = sum }
      }
      longest.append(most)
      whole.append(page ?? sum)
      all.append(sum)
    }
    let figures = ["rows": Double(found), "counted": Double(counted), "looks": Double(steps)]
    try Measure.tell("browse page: \(name)", figures, seconds: whole)
    try Measure.tell("browse longest look: \(name)", figures, seconds: longest)
    try Measure.tell("browse all of it: \(name)", figures, seconds: all)
  }

  private func open(_ place: String) throws -> Journal {
    try Journal(
      JournalOptions(folder: place, folds: [EventMark.self]), by: Self.engine, at: Self.start)
  }

  // MARK: Filling

  private struct Fill: Act {
    let entries: [Entry]

    func decide(by actor: Actor, at now: Instant, in record: some Record) throws -> Decision {
      Decision(append: entries)
    }
  }

  /// As an alert's, an endpoint's or a person's event is written, of no more than is searched.
  private struct Alerting: Fact {
    static let kind = AlertFired.kind
    let system: String
    let rule: String
    let summary: String
  }

  private struct Changing: Fact {
    static let kind = EndpointChanged.kind
    let system: String
    let endpoint: String
    let reason: String
  }

  private struct Noting: Fact {
    static let kind = NoteAdded.kind
    let text: String
  }

  private struct Declaring: Fact {
    static let kind = IncidentDeclared.kind
    let title: String
  }

  private func fill(_ journal: Journal) throws {
    var words = BenchWords()
    var seconds = 0.0
    var number = 0
    while number < events {
      // Seven of ten are the watch's; the others people's.
      for handle in [Actor.engineHandle, "ops\(words.below(4))"] {
        let count = min(handle == Actor.engineHandle ? 1400 : 600, events - number)
        let entries = (0..<count).map { offset -> Entry in
          let at = Self.start + .milliseconds(Self.pace.milliseconds * Int64(number + offset))
          return entry(number + offset, by: handle, at: at, &words)
        }
        let actor = Actor(handle: handle, host: "bench", uid: 1000)
        let now = Self.start + .milliseconds(Self.pace.milliseconds * Int64(number + count))
        seconds += try Measure.seconds { _ = try journal.perform(Fill(entries: entries), by: actor, at: now) }
        number += count
      }
    }
    try Measure.tell("browse fill", ["events": Double(events)], seconds: [seconds])
  }

  private func entry(_ number: Int, by handle: String, at: Instant, _ words: inout BenchWords) -> Entry {
    let system = "system\(words.below(20))"
    let incident = words.below(3) == 0 ? "INC-\(number / 500)" : nil
    if number.isMultiple(of: 5000) {
      return Entry(Declaring(title: words.text(6)), at: at, incident: incident)
    }
    guard handle == Actor.engineHandle else {
      return Entry(Noting(text: words.text(20)), at: at, incident: incident)
    }
    return words.below(2) == 0
      ? Entry(Alerting(system: system, rule: "Rule\(words.below(40))", summary: words.text(8)), at: at)
      : Entry(Changing(system: system, endpoint: "api", reason: words.text(5)), at: at)
  }
}
