import Incidents
import Testing
import Values

@Suite("UUIDv7") struct UUIDv7Tests {
  @Test func itIsTheOneOfTheStandard() {
    // RFC 9562, appendix A.6: 2022-02-22 19:22:22.000 UTC.
    let id = UUIDv7(at: Instant(milliseconds: 0x017F_22E2_79B0), random: (0xCC3, 0x18C4_DC0C_0C07_398F))
    #expect(id.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    #expect(UUIDv7("017F22E2-79B0-7CC3-98C4-DC0C0C07398F") == id)
    #expect(id.instant == Instant(rfc3339: "2022-02-22T19:22:22Z"))
  }

  @Test func laterIsGreater() {
    let random: (UInt64, UInt64) = (.max, .max)
    let early = UUIDv7(at: Instant(milliseconds: 1), random: random)
    let late = UUIDv7(at: Instant(milliseconds: 2), random: (0, 0))
    #expect(early < late)
    #expect(early.description < late.description)
    #expect(UUIDv7(at: Instant(milliseconds: -5), random: random).instant == Instant(milliseconds: 0))
    #expect(UUIDv7(at: Instant(milliseconds: .max), random: random).instant.milliseconds == 0xFFFF_FFFF_FFFF)
  }

  @Test func advancingCountsAndWraps() {
    let last = UUIDv7(at: Instant(milliseconds: 1), random: (0, .max))
    let first = UUIDv7(at: Instant(milliseconds: 1), random: (0, 0))
    #expect(last.advanced(by: 1) == first)
    #expect(first.advanced(by: 2).description == "00000000-0001-7000-8000-000000000002")
    #expect(first.advanced(by: 0) == first)
  }

  @Test(arguments: [
    "", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
    "017f22e2-79b0-7cc3-18c4-dc0c0c07398f", "017f22e279b07cc398c4dc0c0c07398f",
    "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "+17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
    "０17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
  ])
  func whatIsNoneIsNotRead(_ text: String) {
    #expect(UUIDv7(text) == nil)
  }
}
