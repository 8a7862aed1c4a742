import TestSupport
import Testing

@testable import Playbooks

struct DriftTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let old: String
    let new: String
    /// `1.1=1.1` kept, `1.1>1.2` moved, `-1.1` lost, `+1.1` new, `!` edited.
    let drift: [String]

    init(_ name: String, _ old: String, _ new: String, _ drift: [String]) {
      self.name = name
      self.old = old
      self.new = new
      self.drift = drift
    }

    var testDescription: String { name }
  }

  static let cases = [
    Case("the same", "# A\n1. x\n2. y", "# A\n1. x\n2. y", ["1.1=1.1", "1.2=1.2"]),
    Case("only prose", "# A\n1. x", "# A\nRead this first.\n\n1. x", ["1.1=1.1"]),
    Case("inserted", "# A\n1. x\n2. y", "# A\n1. x\n2. n\n3. y", ["1.1=1.1", "+1.2", "1.2>1.3"]),
    Case("removed", "# A\n1. x\n2. y\n3. z", "# A\n1. x\n2. z", ["1.1=1.1", "-1.2", "1.3>1.2"]),
    Case("the first removed", "# A\n1. x\n2. y", "# A\n1. y", ["-1.1", "1.2>1.1"]),
    Case("exchanged", "# A\n1. x\n2. y", "# A\n1. y\n2. x", ["1.2>1.1", "1.1>1.2"]),
    Case("one letter", "# A\n1. Restart it", "# A\n1. Restart It", ["-1.1", "+1.1"]),
    Case("another mark of the list", "# A\n1. x", "# A\n- [ ] x", ["1.1=1.1"]),
    Case("a section before", "# A\n1. x", "# N\n1. n\n\n# A\n1. x", ["+1.1", "1.1>2.1"]),
    Case("the section renamed", "# A\n1. x\n2. y", "# B\n1. x\n2. y", ["1.1=1.1", "1.2=1.2"]),
    Case("to another section", "# A\n1. x\n\n# B\n1. y", "# B\n1. y\n2. x", ["2.1>1.1", "1.1>1.2"]),
    // The same words under the same number, but under a heading that is new: not what was ticked.
    Case(
      "the same words elsewhere", "# A\n1. x\n\n# B\n1. x", "# N\n1. x\n\n# A\n1. x\n\n# B\n1. x",
      ["+1.1", "1.1>2.1", "2.1>3.1"]),
    Case(
      "twins are told by their numbers alone", "# A\n1. x\n2. x", "# A\n1. n\n2. x\n3. x",
      ["-1.1", "+1.1", "1.2=1.2", "+1.3"]),
    Case(
      "twins that all moved", "# A\n1. x\n2. x", "# A\n1. n\n2. m\n3. x\n4. x",
      ["-1.1", "-1.2", "+1.1", "+1.2", "+1.3", "+1.4"]),
    Case(
      "sub-steps go with their step", "# A\n1. x\n   - a\n2. y\n   - a",
      "# A\n1. n\n2. x\n   - a\n3. y\n   - a",
      ["+1.1", "1.1>1.2", "1.1.1>1.2.1", "1.2>1.3", "1.2.1>1.3.1"]),
    Case(
      "a command below it", "# A\n1. x\n   ```sh\n   ls\n   ```", "# A\n1. x\n   ```sh\n   ls -l\n   ```",
      ["1.1=1.1!"]),
    Case(
      "a block is its command", "# A\n```sh\nls\n```", "# A\n```sh\nls -l\n```", ["-1.1", "+1.1"]),
    Case(
      "blocks that moved", "# A\n```sh\nls\n```\n\n```sh\nid\n```", "# A\n```sh\nid\n```\n\n```sh\nls\n```",
      ["1.2>1.1", "1.1>1.2"]),
    Case("everything gone", "# A\n1. x", "# A\nNothing.", ["-1.1"]),
  ]

  @Test(arguments: cases)
  func tellsWhatBecameOfEachStep(_ one: Case) {
    let drift = Drift(from: read(one.old).document, to: read(one.new).document)
    let told = drift.entries.map { entry in
      let edited = entry.isEdited ? "!" : ""
      return switch entry.change {
      case .kept: "\(entry.old ?? "")=\(entry.new ?? "")\(edited)"
      case .moved: "\(entry.old ?? "")>\(entry.new ?? "")\(edited)"
      case .lost: "-\(entry.old ?? "")"
      case .new: "+\(entry.new ?? "")"
      }
    }
    #expect(told == one.drift)
  }

  @Test func saysItInWords() {
    let old = read("# A\n1. x\n2. y\n3. z\n   ```sh\n   ls\n   ```").document
    let new = read("# A\n1. n\n2. x\n3. z\n   ```sh\n   id\n   ```").document
    let drift = Drift(from: old, to: new)
    #expect(
      drift.summary == "of its steps 1 is new, 1 is gone, 1 has another number, "
        + "1 reads otherwise below its words")
    #expect(!drift.isEmpty && Drift(from: old, to: old).isEmpty)
    #expect(Drift(from: old, to: old).summary == "its steps are the same")
    let gone = Drift(from: old, to: new, under: "b")
    #expect(gone.isSectionGone && !gone.isEmpty && gone.summary == "the section is gone")
  }

  /// Steps outside the section that a run is limited to do not count.
  @Test func looksOnlyAtItsSection() {
    let old = read("# A\n1. x\n\n# B\n1. y").document
    let new = read("# A\n1. n\n2. m\n\n# B\n1. z\n2. y").document
    #expect(Drift(from: old, to: new, under: "b").numbers == ["2.1": "2.2"])
  }

  private static func document(_ random: inout SplitMix64) -> PlaybookDocument {
    var text = ""
    for section in 0..<Int.random(in: 1...3, using: &random) {
      text += "# H\(Int.random(in: 0...3, using: &random))-\(section)\n"
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        text += "- do \(Int.random(in: 0...5, using: &random))\n"
        if Int.random(in: 0..<4, using: &random) == 0 {
          text += "  - and \(Int.random(in: 0...2, using: &random))\n"
        }
        if Int.random(in: 0..<5, using: &random) == 0 {
          text += "  ```sh\n  ls \(Int.random(in: 0...2, using: &random))\n  ```\n"
        }
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        text += "\n```sh\nid \(Int.random(in: 0...2, using: &random))\n```\n"
      }
    }
    return read(text).document
  }

  /// Nothing is ever kept under a step with other words, no step gets two, none is forgotten; and there and back
  /// again everything that was kept stands where it stood.
  @Test func nothingIsKeptUnderOtherWords() {
    var kept = 0
    for seed in 0..<300 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let old = Self.document(&random)
      let new = Self.document(&random)
      let drift = Drift(from: old, to: new)
      for (before, after) in drift.numbers {
        let (one, other) = (old.step(before), new.step(after))
        #expect(one?.text == other?.text && one != nil, "seed \(seed): \(before) is not \(after)")
        if one?.marker == .block { #expect(one?.commands.map(\.text) == other?.commands.map(\.text)) }
      }
      kept += drift.numbers.count
      #expect(Set(drift.numbers.values).count == drift.numbers.count, "seed \(seed)")
      let olds = drift.entries.compactMap(\.old)
      #expect(olds.sorted() == old.steps.map(\.number).sorted(), "seed \(seed)")
      #expect(drift.entries.compactMap(\.new) == new.steps.map(\.number), "seed \(seed)")
      let back = Drift(from: new, to: old).numbers
      for (before, after) in drift.numbers { #expect(back[after] == before, "seed \(seed)") }
      #expect(
        Drift(from: old, to: old).numbers
          == Dictionary(uniqueKeysWithValues: old.steps.map { ($0.number, $0.number) }))
    }
    #expect(kept > 300)
  }
}
