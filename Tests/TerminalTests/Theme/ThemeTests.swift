import Terminal
import Testing
import Values

@Suite("Theme")
struct ThemeTests {
  private func parse(_ text: String, find: (String) -> String? = { _ in nil }) -> (Theme?, [Problem]) {
    var problems: [Problem] = []
    let theme = Theme.parse(text, file: "themes/mine.yaml", find: find, problems: &problems)
    return (theme, problems.sorted())
  }

  @Test("names, values, emphasis, other slots, inheritance")
  func good() throws {
    let (parsed, problems) = parse(
      """
      title: Mine
      inherits: dark
      palette: {blue: "#5aa9e6"}
      slots:
        dim: 245
        key: {fg: blue, bold: true}
        page: {fg: default, bg: "#b3541e"}
        overdue: page
        internal: dim
        chart: [blue, 3]
      """)
    let theme = try #require(parsed)
    #expect(problems.isEmpty)
    #expect(theme.name == "mine")
    #expect(theme.title == "Mine")
    #expect(theme.looks[.dim] == Look(.indexed(245)))
    #expect(theme.looks[.key] == Look(.rgb(0x5A, 0xA9, 0xE6), bold: true))
    #expect(theme.looks[.overdue] == Look(.terminal, on: .rgb(0xB3, 0x54, 0x1E)))
    #expect(theme.looks[.internal] == theme.looks[.dim])
    #expect(theme.looks[.chart1] == Look(.indexed(3)))
    #expect(theme.looks[.chart2] == Theme.dark.looks[.chart2])
    #expect(theme.looks[.warn] == Theme.dark.looks[.warn])
  }

  @Test("every mistake is told, with its line and column")
  func mistakes() throws {
    let (parsed, problems) = parse(
      """
      titel: Mine
      inherits: nowhere
      palette:
        blue: #5aa9e6
        red: "#ff"
      slots:
        dim: gray
        key: {fg: bluu, bolt: true}
        warn: due
        due: warn
        pagee: 1
        up: 256
        down:
        chart: [1, 2, 3, 4, 5, 6, 7]
      """)
    #expect(parsed != nil)
    let found = problems.map { "\($0.position.line):\($0.position.column) \($0.what)" }
    #expect(
      found == [
        "1:1 a theme has no key \"titel\"",
        "2:1 there is no theme \"nowhere\" to inherit",
        "4:8 blue has no colour",
        "5:8 red is a colour, and here is \"#ff\"",
        "7:8 dim is \"gray\", which is no colour, name of the palette or slot",
        "8:13 fg is \"bluu\", which is no colour, name of the palette or slot",
        "8:19 the slot key has no key \"bolt\"",
        "9:9 warn looks like itself, by way of due",
        "10:8 due looks like itself, by way of warn",
        "11:3 slots has no key \"pagee\"",
        "12:7 up is \"256\", which is no colour, name of the palette or slot",
        "13:8 down has no value",
        "14:29 chart has more than six colours",
      ])
    #expect(problems.allSatisfy { $0.file == "themes/mine.yaml" && !$0.remedy.isEmpty })
  }

  @Test("inheriting in a circle is told and ends")
  func circle() {
    let files = ["a": "inherits: b\n", "b": "inherits: a\n"]
    var problems: [Problem] = []
    let theme = Theme.parse("inherits: b\n", file: "a.yaml", find: { files[$0] }, problems: &problems)
    #expect(theme?.looks == Theme.none.looks)
    #expect(problems.map(\.file) == ["b.yaml"])
    #expect(problems.first?.what == "the theme inherits itself, by way of a, b")
  }

  @Test("what is no mapping is no theme", arguments: ["", "- a", "x", "a: [", "slots: 3"])
  func noTheme(_ text: String) {
    let (_, problems) = parse(text)
    #expect(problems.count == 1)
  }

  @Test("a selected row has its background, but a page keeps its own")
  func selection() {
    let dark = Theme.dark
    #expect(dark.look(of: .warn.selected).background == dark.looks[.selection]?.background)
    #expect(dark.look(of: .warn.selected).foreground == dark.looks[.warn]?.foreground)
    #expect(dark.look(of: .page.selected).background == dark.looks[.page]?.background)
    #expect(Theme.none.look(of: .text.selected).reverse)
    #expect(!Theme.none.look(of: .page.selected).reverse)
  }

  @Test("what show prints reads back as the same", arguments: Theme.compiledIn)
  func roundTrip(_ theme: Theme) throws {
    let (parsed, problems) = parse(theme.yaml)
    #expect(problems.isEmpty)
    #expect(try #require(parsed).looks == theme.looks)
  }

  @Test("compiled-in themes say every slot, and the one without colour has none")
  func complete() {
    for theme in Theme.compiledIn { #expect(theme.looks.count == Slot.allCases.count, "\(theme.name)") }
    #expect(Theme.none.looks.values.allSatisfy { $0.foreground == nil && $0.background == nil })
  }
}
