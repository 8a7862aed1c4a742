import Foundation
import TestSupport
import Testing
import Values

@testable import Incidents

/// Bodies read as Foundation's decoder would read them.
@Suite struct BodyDecoderTests {
  private enum Word: String, Codable { case one, two = "number_two" }

  private struct Inner: Codable, Equatable {
    let innerName: String?
    let at: Instant?
    let deepValue: Int?
  }

  private struct All: Codable, Equatable {
    var text: String?
    var longNameOfIt: String?
    var sha256: String?
    var yes: Bool?
    var number: Double?
    var whole: Int?
    var large: Int64?
    var small: UInt8?
    var word: Word?
    var words: [Word]?
    var names: [String: String]?
    var inners: [String: Inner]?
    var inner: Inner?
    var list: [[Int?]]?
    var took: Span?
    var actor: Actor?
  }

  private static func foundations(_ text: String) -> All? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "+Inf", negativeInfinity: "-Inf", nan: "NaN")
    return try? decoder.decode(All.self, from: Data(text.utf8))
  }

  private static let bodies = [
    "{}", " {\"text\" : \"a\" } ", "{\"text\":null}", "{\"text\":5}", "{\"text\":\"\"}", "[]", "null", "",
    "{",
    "{\"text\":\"a\"}x", "{,}", "{\"text\" \"a\"}", "{\"text\":}", "{text:1}",
    #"{"text":"\"\\\/\b\f\n\r\t\u0041\u00e9\u65E5\ud83d\ude00"}"#, #"{"text":"\ud83d"}"#,
    #"{"text":"\ude00"}"#,
    #"{"text":"\ud83dx"}"#, #"{"text":"\x"}"#, #"{"text":"\u12"}"#, #"{"text":"\u12g4"}"#,
    "{\"text\":\"a\nb\"}",
    "{\"text\":\"日本 é\"}", "{\"text\":\"open", #"{"text":"open\""#, #"{"text":"a","text":"b"}"#,
    #"{"long_name_of_it":"a"}"#, #"{"longNameOfIt":"a"}"#, #"{"long_name_ofIt":"a"}"#, #"{"long__name":"a"}"#,
    #"{"_long_name_of_it":"a"}"#, #"{"sha256":"a"}"#, #"{"te\u0078t":"a"}"#, #"{"yes":true}"#,
    #"{"yes":false}"#,
    #"{"yes":1}"#, #"{"yes":"true"}"#, #"{"yes":tru}"#, #"{"yes":truex}"#, #"{"number":1}"#,
    #"{"number":-0.5e-3}"#,
    #"{"number":1E3}"#, #"{"number":01}"#, #"{"number":1.}"#, #"{"number":.5}"#, #"{"number":-}"#,
    #"{"number":+1}"#,
    #"{"number":"+Inf"}"#, #"{"number":"-Inf"}"#, #"{"number":"1"}"#, #"{"number":1e999}"#,
    #"{"whole":5}"#, #"{"whole":5.0}"#, #"{"whole":5.5}"#, #"{"whole":-7}"#, #"{"whole":1e3}"#,
    #"{"whole":"5"}"#,
    #"{"large":9223372036854775807}"#, #"{"large":9223372036854775808}"#, #"{"large":9007199254740993}"#,
    #"{"small":255}"#, #"{"small":256}"#, #"{"small":-1}"#, #"{"word":"number_two"}"#, #"{"word":"three"}"#,
    #"{"words":["one","number_two"]}"#, #"{"words":["one",null]}"#, #"{"words":{}}"#,
    #"{"names":{"some_name":"a","B":"b"}}"#, #"{"names":{"a":1}}"#, #"{"names":[]}"#,
    #"{"inners":{"a_b":{"deep_value":3,"at":"2026-11-21T03:00:00Z"}}}"#,
    #"{"inner":{"inner_name":"a"}}"#, #"{"inner":{"deep_value":1}}"#, #"{"inner":{"at":"yesterday"}}"#,
    #"{"list":[[1,null],[],[2]]}"#, #"{"list":[[1,"a"]]}"#, #"{"took":1500}"#,
    #"{"actor":"ops1@jump2#1000"}"#,
    #"{"actor":"nobody"}"#, #"{"unknown":{"a":[1,{"b":[]}]},"text":"after it"}"#,
  ]

  @Test(arguments: bodies) func readsAsFoundationDoes(_ text: String) {
    #expect(FactCoding.decode(All.self, from: Array(text.utf8)) == Self.foundations(text))
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let all = All(
      text: "\u{0}\u{7F}\"\\日本\u{1F600}", longNameOfIt: "a_b", sha256: "x", yes: true, number: .infinity,
      whole: .min, large: .max, small: 9, word: .two, words: [.one], names: ["Some_Name": "x", "": "y"],
      inners: ["b_c": Inner(innerName: nil, at: Instant(milliseconds: 5), deepValue: 4)], inner: nil,
      list: [[1, nil], []], took: .seconds(3), actor: Actor(handle: "a", host: "b", uid: 3))
    #expect(FactCoding.decode(All.self, from: try FactCoding.encode(all)) == all)
  }

  /// What Foundation takes though it is no JSON is shown as it is.
  @Test(arguments: [#"{"text":"a",}"#, #"{"words":["one",]}"#, #"{"text":"a"}}"#, "{text:\"a\"}"])
  func whatIsNoJSONIsNothing(_ text: String) {
    #expect(FactCoding.decode(All.self, from: Array(text.utf8)) == nil)
  }

  /// Bytes that were flipped, left out or put in are read alike, or not at all; and nothing traps.
  @Test func readsDamageAsFoundationDoes() {
    var generator = SplitMix64(seed: 8)
    var read = 0
    for text in Self.bodies where text.count > 2 {
      for _ in 0..<200 {
        var bytes = Array(text.utf8)
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0x20..<0x7F, using: &generator)
        case 1: bytes.remove(at: place)
        default: bytes.insert(Array("{}[]\",:\\0e-tn_".utf8).randomElement(using: &generator) ?? 0, at: place)
        }
        let damaged = String(decoding: bytes, as: UTF8.self)
        // Foundation takes `lOng__naMe` for `longName`, `sha2_56` for `sha256`; nobody writes that.
        let isOdd =
          damaged.contains("__") || damaged.contains("_5")
          || damaged.contains("_") && damaged.contains(where: \.isUppercase)
        // What Foundation refuses may be read where nobody asks for what is wrong.
        guard !isOdd, let wanted = Self.foundations(damaged) else { continue }
        // Foundation takes more than JSON, such as a comma behind the last member.
        guard let ours = FactCoding.decode(All.self, from: Array(damaged.utf8)) else { continue }
        read += 1
        #expect(ours == wanted, "\(damaged)")
      }
    }
    #expect(read > 1000)
  }

  @Test func deepAndBrokenBodiesAreNone() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(FactCoding.decode(All.self, from: Array(deep.utf8)) == nil)
    #expect(FactCoding.decode(All.self, from: Array("{\"text\":\"".utf8) + [0xFF] + Array("\"}".utf8)) == nil)
    #expect(FactCoding.decode(All.self, from: Array("{\"text\":\"".utf8) + [0xC3] + Array("\"}".utf8)) == nil)
  }
}
