import Testing
import Values

@testable import Transfer

struct MarksTests {
  @Test func phasesLieBetweenMarks() {
    var marks = Marks()
    (marks.resolved, marks.connected, marks.secured) = (1_000_000, 3_000_000, 6_000_000)
    (marks.sent, marks.answered, marks.done) = (6_000_000, 10_000_000, 15_000_000)
    let phases = marks.phases(isComplete: true)
    #expect(phases.resolve == 1)
    #expect(phases.connect == 2)
    #expect(phases.tls == 3)
    #expect(phases.processing == 4)
    #expect(phases.transfer == 5)
    #expect(phases.total == 15)
  }

  @Test func aFailureSpentTheRestInThePhaseItDied() {
    var marks = Marks()
    marks.done = 9_000_000
    #expect(marks.phases(isComplete: false).resolve == 9)
    marks.resolved = 1_000_000
    #expect(marks.phases(isComplete: false).connect == 8)
    marks.connected = 2_000_000
    #expect(marks.phases(isComplete: false).tls == 7)
    (marks.secured, marks.sent) = (3_000_000, 3_000_000)
    #expect(marks.phases(isComplete: false).processing == 6)
    marks.answered = 4_000_000
    #expect(marks.phases(isComplete: false).transfer == 5)
  }

  @Test func certificateDates() {
    #expect(
      CertificateMemory.expiry(in: "Expire date:Nov 20 00:41:24 2026 GMT")?.rfc3339
        == "2026-11-20T00:41:24.000Z")
    #expect(
      CertificateMemory.expiry(in: "Expire date:Mar  3 09:00:00 2031 GMT")?.rfc3339
        == "2031-03-03T09:00:00.000Z")
    for field in [
      "Start date:Nov 20 00:41:24 2026 GMT", "Expire date:", "Expire date:Nov 40 00:41:24 2026 GMT",
      "Expire date:Nov 20 00:41 2026 GMT", "Expire date:Foo 20 00:41:24 2026 GMT",
    ] {
      #expect(CertificateMemory.expiry(in: field) == nil, "\(field)")
    }
  }
}
