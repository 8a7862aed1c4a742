import Incidents
import Testing
import Values

@Suite struct FactCodingTests {
  @Test func bodiesAreSnakeCaseSortedAndReadBack() throws {
    let fact = AlertFired(
      system: "a", rule: "R", labels: ["Some_Label": "x", "code": "5\"0"], level: .page,
      activeAt: Instant(milliseconds: 1), value: 0.5, sign: nil, threshold: nil, unit: nil, summary: nil,
      playbook: nil,
      source: nil)
    let body = try FactCoding.encode(fact)
    let text = String(decoding: body, as: UTF8.self)
    #expect(text.hasPrefix(#"{"active_at":"1970-01-01T00:00:00.001Z""#))
    #expect(text.contains(#""Some_Label":"x""#))
    #expect(FactCoding.decode(AlertFired.self, from: body) == fact)
  }

  @Test func anythingElseIsNoFact() {
    #expect(FactCoding.decode(AlertFired.self, from: Array("{}".utf8)) == nil)
    #expect(FactCoding.decode(NoteAdded.self, from: Array("not json".utf8)) == nil)
  }

  @Test(arguments: ["ops1@jump2#1000", "a.b-c_d@host.example#0"])
  func actorsAreReadBack(text: String) {
    #expect(Actor(text)?.description == text)
  }

  @Test(arguments: [("Ops One", "ops-one"), ("", "nobody"), ("a@b", "a-b")])
  func anyNameBecomesAHandle(name: String, handle: String) {
    #expect(Actor.handle(from: name) == handle)
    #expect(Actor.isHandle(handle))
  }
}
