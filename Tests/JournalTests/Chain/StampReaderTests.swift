import Foundation
import Incidents
import Testing
import Values

@testable import Journal

@Suite struct StampReaderTests {
  static let origin = "0f" + String(repeating: "1a", count: 15)
  static let head = String(repeating: "9f3a61c2", count: 8)
  static let stamp = RecordStamp(journal: "jump `2` (main)", origin: origin, count: 1042, head: head)
  static let read = Stamp(origin: origin, count: 1042, hash: head)

  private func found(_ text: String) -> [String] {
    StampReader.stamps(in: Array(text.utf8)).map { found in
      "\(found.line ?? 0): \(found.stamp.origin?.prefix(4) ?? "-") \(found.stamp)"
    }
  }

  @Test func theSentenceIsReadInEveryFormat() throws {
    let made = Instant(milliseconds: 1_700_000_000_000)
    for inert in [{ $0 }, Inert.markdown, Inert.html, Inert.csv, Inert.terminal] as [(String) -> String] {
      let sentence = Self.stamp.sentence(at: made, inert: inert)
      for text in [sentence, Inert.markdown(sentence), Inert.html(sentence), "\"\(sentence)\",,\r\n"] {
        let found = StampReader.stamps(in: Array("# INC-1\n\n\(text)\nmore".utf8))
        #expect(found == [.init(stamp: Self.read, line: 3)], "\(text)")
      }
    }
  }

  @Test func theObjectIsReadInAnyOrder() throws {
    for keys in [
      ["origin", "count", "head", "journal"], ["count", "head", "journal", "origin"],
      ["title", "count", "head", "origin"],
    ] {
      let values = [
        "origin": "\"\(Self.origin)\"", "count": "1042", "head": "\"\(Self.head)\"",
        "journal": "\"main\"", "title": "\"origin \(String(repeating: "b", count: 32)) count 7 head\"",
      ]
      let members = keys.map { "\"\($0)\" : \(values[$0] ?? "")" }
      let found = StampReader.stamps(in: Array("{\"journal\": {\n\(members.joined(separator: ",\n"))}}".utf8))
      #expect(found == [.init(stamp: Self.read, line: nil)])
    }
    #expect(found(#"{"text":"sent at 1042·9f3a61c2","more":["7·0000000a"]}"#).count == 2)
    let bytes = try JSONEncoder().encode(Self.stamp)
    #expect(StampReader.stamps(in: Array(bytes)).map(\.stamp) == [Self.read])
  }

  @Test func tablesOfAPageAreRead() {
    let page = """
      <dl><dt>Origin</dt><dd><code>x</code></dd>
      <dt>origin</dt><dd><code>\(Self.origin)</code></dd><dt>event</dt><dd>1042</dd>
      <dt>head</dt><dd><code>\(Self.head)</code></dd></dl>
      """
    #expect(found(page) == ["3: 0f1a 1042·\(Self.head)"])
    #expect(found("| Origin | \(Self.origin) |\n| Events | 1042 |\n| Head | \(Self.head) |").count == 1)
    #expect(found("origin,count,head\r\n\(Self.origin),1042,\(Self.head)\r\n").count == 1)
  }

  /// A title that looks like the beginning of one is none.
  @Test func whatStandsBeforeDoesNotMatter() {
    let sentence = Self.stamp.sentence(at: Instant(milliseconds: 0))
    let false1 = "origin \(String(repeating: "b", count: 32)) at event 5 "
    #expect(found(false1 + sentence) == ["1: 0f1a 1042·\(Self.head)"])
    #expect(found("<head> event 6 \(false1)\n\(sentence)\n\(false1)") == ["2: 0f1a 1042·\(Self.head)"])
  }

  /// A file's own stamp wins over heads that somebody quoted in it.
  @Test func bareHeadsCountOnlyWhereNothingElseIsThere() {
    #expect(
      found("written at 1042·9f3a61c2, before 7·0000000a.") == ["1: - 1042·9f3a61c2", "1: - 7·0000000a"])
    let sentence = Self.stamp.sentence(at: Instant(milliseconds: 0))
    #expect(found("1041·9f3a61c2\n\(sentence)") == ["2: 0f1a 1042·\(Self.head)"])
    // The same one twice is one.
    #expect(found("\(sentence)\n\(sentence)").count == 1)
  }

  @Test(arguments: [
    "", "1042 · 9f3a61c2", "1042·9f3a61c", "0·9f3a61c2", "1042·9F3A61C2", "x1042·9f3a61c2", "1042·9f3a61cg",
    "99999999999999999999·9f3a61c2", "1042:9f3a61c2", "\u{B7}9f3a61c2",
    "origin 0f at event 5, head 9f", "1042·" + String(repeating: "a", count: 65),
  ])
  func isNoStamp(_ text: String) {
    #expect(found(text) == [])
  }

  @Test func anyBytesAreRead() {
    var random = SplitMix64(state: 5)
    let parts = [
      "origin", "event", "count", "head", Self.origin, Self.head, "1042", "·", "\u{0}", "\n", "<", "9f3a61c2",
    ].map { Array($0.utf8) }
    for _ in 0..<2_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<60, using: &random) {
        bytes += parts.randomElement(using: &random) ?? []
        if Bool.random(using: &random) { bytes.append(UInt8.random(in: 0...255, using: &random)) }
      }
      for found in StampReader.stamps(in: bytes) {
        #expect(found.stamp.count > 0 && Hex.isHex(found.stamp.hash))
        #expect((1...60).contains(found.line ?? 0))
      }
    }
  }
}
