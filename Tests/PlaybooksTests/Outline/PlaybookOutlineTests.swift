import Testing
import Values

@testable import Playbooks

struct PlaybookOutlineTests {
  /// Sections and steps of what an outline becomes.
  private func shape(_ outline: String) -> [String] {
    let (document, problems) = read(PlaybookOutline.playbook(name: "queue-full", outline: outline))
    #expect(problems.isEmpty && document.title == "Queue full")
    let found = PlaybookLint.problems(of: document, at: Instant(milliseconds: 0))
    #expect(found.isEmpty)
    return document.sections.flatMap { section in
      ["# \(section.title)"] + section.steps.flatMap(\.flattened).map { "\($0.number) \($0.title)" }
    }
  }

  @Test(arguments: [
    ("", ["# Queue full"]),
    (
      "Symptoms\nDiagnosis\n  - Look\n    - Deeper\n  - Look again\nRecovery\n- Do it",
      [
        "# Queue full", "# Symptoms", "# Diagnosis", "1.1 Look", "1.1.1 Deeper", "1.2 Look again",
        "# Recovery", "2.1 Do it",
      ]
    ),
    (
      "- Look\n  - At this\n  - At that\n- Act\n  - Now",
      ["# Queue full", "# Look", "1.1 At this", "1.2 At that", "# Act", "2.1 Now"]
    ),
    ("- One\n- Two", ["# Queue full", "1.1 One", "1.2 Two"]),
    (
      "## A\n1. b\n2) c\n\t* d\n# E\n- [ ] f",
      ["# Queue full", "# A", "1.1 b", "1.2 c", "1.2.1 d", "# E", "2.1 f"]
    ),
    ("A\n\u{1B}[2J- x", ["# Queue full", "# A", "# ␛[2J- x"]),
  ])
  func makesSectionsAndSteps(_ outline: String, _ wanted: [String]) {
    #expect(shape(outline) == wanted)
  }

  @Test func theCommonOneChecksClean() {
    #expect(shape(PlaybookOutline.common).count == 10)
  }

  @Test func refusesNamesThatAreNone() {
    #expect(PlaybookOutline.objection(to: "queue-full_2") == nil)
    for name in ["", "-x", "a/b", "..", "a b", "a\u{1B}", String(repeating: "a", count: 101)] {
      #expect(PlaybookOutline.objection(to: name) != nil)
    }
  }
}
