import Comms
import Testing

@Suite struct RedactionTests {
  private let redaction = Redaction(
    people: ["ops1", "Ann Example", "Ann"], hosts: ["packs"], ids: ["R-3"],
    links: ["https://status.example.com"])

  @Test(arguments: [
    ("Nothing to see.", "Nothing to see."), ("ops1 told Ann Example.", "[name] told [name]."),
    ("OPS1 and Anne; Ann", "[name] and Anne; [name]"), ("See R-3 and INC-14", "See [id] and [id]"),
    ("ssh root@db-1.internal now", "ssh [host] now"), ("10.0.3.7 is down", "[address] is down"),
    ("Read /var/log/syslog.1", "Read [path]"), ("Packs fail on packs", "[host] fail on [host]"),
    ("https://status.example.com/x stays", "https://status.example.com/x stays"),
    ("\u{FF4F}ps1 hides; o\u{200B}ps1 too", "[name] hides; [name] too"),
    ("e\u{301}te\u{301} by ops1\nline", "e\u{301}te\u{301} by [name]\nline"),
    ("password=hunter2secret99", "[secret]"),
    ("Write to bob@corp.example, or call +49 170 1234567.", "Write to [mail], or call [phone]."),
    ("ann.example+x@mail.tenant.example; Ann", "[mail]; [name]"),
    ("Call (0170) 123-4567 now", "Call [phone] now"),
    ("0049-170-1234567", "[phone]"),
    ("From 01.02.2026 on, 2026-11-22 07:22:16", "From 01.02.2026 on, 2026-11-22 07:22:16"),
    ("0.0034567 of 1234567890", "0.0034567 of 1234567890"),
    ("+5 %, +1200 orders, 07:00-08:00", "+5 %, +1200 orders, 07:00-08:00"),
    ("a @ b, @all", "a @ b, @all"),
  ])
  func whatReadersOutsideShouldNotSeeGoes(text: String, left: String) {
    #expect(redaction.taking(text).text == left)
  }

  @Test func countsWhatItTook() {
    let found = redaction.taking("ops1, ops1 on db-1.internal about T-12").found
    #expect(found == [.name: 2, .host: 1, .id: 1])
    #expect(redaction.taking("fine").found.isEmpty)
  }

  @Test func aTextThatIsTooLongToReadGoesWhole() {
    let (text, found) = redaction.taking(String(repeating: "a", count: Redaction.longest + 1))
    #expect(text == "[text]" && found == [.text: 1])
  }
}
