import Metrics
import Testing

@testable import Probes

struct PluginOutputTests {
  private func output(_ text: String) -> PluginOutput { PluginOutput(Array(text.utf8)) }

  /// Each item as `label=value unit [warn] [crit] [min] [max]`.
  private func shown(_ figure: PluginFigure) -> String {
    func number(_ value: Double?) -> String { value.map { Shown.number($0) } ?? "-" }
    func range(_ range: PluginFigure.Range?) -> String {
      guard let range else { return "-" }
      return (range.isInside ? "@" : "") + number(range.lower) + ".." + number(range.upper)
    }
    return [
      "\(figure.label)=\(number(figure.value))", figure.unit.name.isEmpty ? "-" : figure.unit.name,
      range(figure.warning), range(figure.critical), number(figure.minimum), number(figure.maximum),
    ].joined(separator: " ")
  }

  @Test(arguments: [
    ("a=1", "a=1 - - - - -"),
    ("a=1;", "a=1 - - - - -"),
    ("a=-1.5;;;;", "a=-1.5 - - - - -"),
    ("a=.5", "a=0.5 - - - - -"),
    ("a=+3", "a=3 - - - - -"),
    ("a=1e3", "a=1000 - - - - -"),
    ("a=250ms;500;1000;0;", "a=0.25 seconds -..0.5 -..1 0 -"),
    ("a=2s", "a=2 seconds - - - -"),
    ("a=4us", "a=4e-06 seconds - - - -"),
    ("a=4µs", "a=4e-06 seconds - - - -"),
    ("a=50%;80;90", "a=0.5 ratio -..0.8 -..0.9 - -"),
    ("a=2KB", "a=2000 bytes - - - -"),
    ("a=2KiB;4;8;0;16", "a=2048 bytes -..4096 -..8192 0 16384"),
    ("a=1MB", "a=1000000 bytes - - - -"),
    ("a=12c", "a=12 - - - - -"),
    ("a=U", "a=- - - - - -"),
    ("a=3W;5", "a=3 W -..5 - - -"),
    ("a=1;10:", "a=1 - 10..- - - -"),
    ("a=1;~:10", "a=1 - -..10 - - -"),
    ("a=1;10:20;@5:8", "a=1 - 10..20 @5..8 - -"),
    ("a=1;~:;x", "a=1 - - - - -"),
    ("'a b'=1", "a b=1 - - - - -"),
    ("'it''s'=1", "it's=1 - - - - -"),
    ("'x=y'=1", "x=y=1 - - - - -"),
    ("/=10MiB;1;2", "/=10485760 bytes -..1048576 -..2097152 - -"),
    ("a.b::c[0]=1", "a.b::c[0]=1 - - - - -"),
  ])
  func figures(text: String, expected: String) {
    let output = output("OK | \(text)")
    #expect(output.figures.map(shown) == [expected])
    #expect(output.unread == [])
  }

  @Test(arguments: ["a", "a=", "a=x", "=1", "'a=1", "''=1", "a=1,5", "a=nan", "a=1 2 3"])
  func whatIsNoFigureIsToldAndPassedOver(text: String) {
    let output = output("OK | b=2 \(text) c=3")
    #expect(output.unread != [] || output.figures.count == 3, "\(output)")
    #expect(output.figures.contains { $0.label == "b" })
    #expect(
      output.figures.contains { $0.label == "c" } || text.hasPrefix("'a"), "\(output.figures.map(shown))")
    #expect(!output.figures.contains { $0.label == "a" && $0.value == nil })
  }

  @Test func oneLabelCountsOnce() {
    let output = output("OK|a=1 a=2")
    #expect(output.figures.map(shown) == ["a=1 - - - - -"])
    #expect(output.unread == ["a=2"])
  }

  @Test func severalLines() {
    let output = output(
      """
      DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968
      / 15272 MB (77%);
      /boot 68 MB (69%);
      /var/log 819 MB (84%); | /boot=68MB;88;93;0;98
      /home=69357MB;253404;253409;0;253414
      /var/log=818MB;970;975;0;980

      """)
    #expect(output.text == "DISK OK - free space: / 3326 MB (56%);")
    #expect(output.longText == "/ 15272 MB (77%);\n/boot 68 MB (69%);\n/var/log 819 MB (84%);")
    #expect(output.figures.map(\.label) == ["/", "/boot", "/home", "/var/log"])
    #expect(
      output.figures.last.map(shown) == "/var/log=818000000 bytes -..970000000 -..975000000 0 980000000")
  }

  @Test(arguments: ["", "\n", " | ", "|", "a|b|c=1", "\r\n\r\n", "\u{FFFD}|\u{0}=1"])
  func anythingIsSomeOutput(text: String) {
    _ = output(text)
    #expect(PluginOutput([0xFF, 0xFE, 0x7C, 0x61, 0x3D, 0x31]).figures.map(\.label) == ["a"])
  }

  @Test func anOutputHasSoManyFiguresAtMost() {
    let output = output("OK|" + (0..<5000).map { "f\($0)=1" }.joined(separator: " "))
    #expect(output.figures.count == 1000)
  }

  @Test func thresholdsHaveTheLabelsOfTheirFigure() {
    let output = output("OK|'/'=40%;80;@90:95;0;100 n=7c")
    let texts = output.figures.flatMap(\.samples).map { "\($0.labels) \(Shown.number($0.value))" }
    #expect(
      texts == [
        #"nagios_perfdata{label="/", unit="ratio"} 0.4"#,
        #"nagios_perfdata_warn{label="/", unit="ratio"} 0.8"#,
        #"nagios_perfdata_crit_inside{label="/", unit="ratio"} 0.95"#,
        #"nagios_perfdata_crit_inside_lower{label="/", unit="ratio"} 0.9"#,
        #"nagios_perfdata_min{label="/", unit="ratio"} 0"#,
        #"nagios_perfdata_max{label="/", unit="ratio"} 1"#,
        #"nagios_perfdata_total{label="n"} 7"#,
      ])
  }
}
