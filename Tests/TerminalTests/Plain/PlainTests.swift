import Terminal
import Testing

@Suite("Plain")
struct PlainTests {
  @Test("lists are sentences of named facts")
  func list() {
    var plain = Plain()
    plain.heading("Alerts")
    plain.list(
      [
        ("PAGE PackErrorRatePage", [("value", "7.1% ≥ 5%"), ("system", "ensei-packs"), ("owner", "")]),
        ("WARN Queue\u{1B}[31m", []),
      ], empty: "No alert is firing.")
    plain.heading("Endpoints")
    plain.list([], empty: "No endpoint is configured.")
    plain.field("journal", "1042 9f3a")
    plain.field("owner", nil)
    #expect(
      plain.text == """
        Alerts
        1 of 2. PAGE PackErrorRatePage; value 7.1% ≥ 5%; system ensei-packs.
        2 of 2. WARN Queue␛[31m.

        Endpoints
        No endpoint is configured.
        journal: 1042 9f3a

        """)
  }

  @Test("a frame without its rules and graphs")
  func frame() {
    var frame = Frame(width: 30, height: 5)
    frame.rule(y: 0, title: ["alerts"], right: "3")
    frame.put("● PAGE   ⣿⣿ x │ y", at: Point(x: 0, y: 4))
    var plain = Plain()
    plain.frame(frame)
    #expect(plain.text == "alerts 3\n\n● PAGE x y\n")
  }
}
