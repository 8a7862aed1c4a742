import Alerting
import Metrics
import Testing

struct AnnotationTemplateTests {
  private static func render(_ text: String, labels: [String: String] = ["job": "api"], value: Double = 42)
    -> String?
  {
    do throws(TemplateError) {
      return try AnnotationTemplate(text).render(TemplateContext(labels: labels, value: value, now: 0))
    } catch {
      return nil
    }
  }

  @Test(arguments: [
    ("{{/* a note */}}x{{- /* another */ -}}  y", "xy"),
    ("{{ with $x := $labels.job }}{{ $x }}{{ else with 5 }}{{ . }}{{ end }}", "api"),
    ("{{ with $labels.no }}a{{ else with 5 }}{{ . }}{{ end }}", "5"),
    ("{{ block \"b\" . }}{{ .Value }}{{ end }}", "42"),
    ("{{ range $i, $c := slice \"abc\" 1 | len | printf \"%03d\" | slice }}{{ end }}", nil),
    ("{{ slice \"abcdef\" 1 3 }}{{ index \"abc\" 1 }}", "bc98"),
    ("{{ $value | printf \"%08.3f|%+d|%x\" 1.5 }}", "0001.500|%!d(float64=42)|%!x(MISSING)"),
    ("{{ range 3 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ . }}{{ end }}", "02"),
    ("{{ define \"loop\" }}{{ template \"loop\" }}{{ end }}{{ template \"loop\" }}", nil),
    ("{{ range 1000000000 }}x{{ end }}", nil),
    ("{{ printf \"%1000000d\" 1 | len }}", "10000"),
    ("{{ $value.x }}", nil), ("{{ .Labels.job.x }}", nil), ("{{ 1 | 2 }}", nil), ("{{ end }}", nil),
    ("{{ if true }}", nil), ("{{ range 1 }}{{ else if true }}{{ end }}", nil), ("{{ break }}", nil),
    ("{{ (((1))) }}", "1"), ("{{ ((1) }}", nil), ("{{ \"a\\u00e9\\x41\\101\" }}", "aéAA"),
  ])
  func rendersOrFails(_ text: String, _ expected: String?) {
    #expect(Self.render(text) == expected)
  }

  @Test func whatFailsWhileRunningStandsInTheText() throws {
    let template = try AnnotationTemplate("{{ query \"x\" | first | value }}")
    let text = template.expand(TemplateContext(labels: [:], value: 0, now: 0))
    #expect(text.hasPrefix("<error expanding template: "))
  }

  @Test(arguments: [("a {{ nope }}", 5), ("{{ $labels.job ", 0), ("{{ if 1 }}{{ $x }}{{ end }}", 13)])
  func aSyntaxErrorHasItsOffset(_ text: String, _ offset: Int) {
    do throws(TemplateError) {
      _ = try AnnotationTemplate(text)
      Issue.record("it was accepted")
    } catch {
      #expect(error.offset == offset)
    }
  }

  @Test(arguments: [10, 50, 100, 10_000])
  func deepNestingIsReadOrRefused(_ depth: Int) {
    func nested(_ open: String, _ inner: String, _ close: String) -> String {
      String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
    }
    let isShallow = depth < 60
    #expect((Self.render("{{ " + nested("(", "1", ")") + " }}") != nil) == isShallow)
    #expect((Self.render(nested("{{ if 1 }}", "x", "{{ end }}")) != nil) == isShallow)
    #expect((Self.render(nested("{{ if 0 }}{{ else if 1 }}", "x", "{{ end }}")) != nil) == (depth < 30))
  }

  @Test(arguments: [1, 2, 3, 4])
  func anyTextIsReadOrRefused(_ seed: UInt64) {
    var random = SplitMix64(state: seed)
    let pieces = [
      "{{", "}}", "{{- ", " -}}", "if ", "else", "end", "range ", "with ", "$x", ":=", "=", "|", "(", ")",
      ".",
      ".Labels", "\"a", "\"", "`", "'", "1", "-", "0x", "1e", "printf ", "\"%d\" ", "define ", "template ",
      " ",
      "\n", "é", "/*", "*/", ",", "len ", "index ", "and ", "$labels", "\\",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int(random.next() % 24)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
      _ = Self.render(text.joined())
    }
  }
}

/// A small generator whose sequence depends on its seed alone (Steele, Lea and Flood, 2014).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
