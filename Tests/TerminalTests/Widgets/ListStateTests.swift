import Terminal
import TestSupport
import Testing

@Suite("List")
struct ListStateTests {
  private let rows = (0..<20).map { "r\($0)" }

  @Test("the first row is selected at first, nothing in an empty list")
  func beginning() {
    var list = ListState<String>()
    list.update([], height: 5)
    #expect(list.selected == nil)
    list.update(rows, height: 5)
    #expect(list.selected == "r0")
    #expect(list.visible(count: 20, height: 5) == 0..<5)
  }

  @Test("keys move, and scroll no further than needed")
  func keys() {
    var list = ListState<String>()
    list.update(rows, height: 5)
    let steps: [(Key, String, Int)] = [
      (.character("j"), "r1", 0), (.down, "r2", 0), (.pageDown, "r6", 2), (.character("k"), "r5", 2),
      (.up, "r4", 2), (.character("G"), "r19", 15), (.down, "r19", 15), (.pageUp, "r15", 15),
      (.ctrl("u"), "r13", 13), (.ctrl("d"), "r15", 13), (.character("g"), "r0", 0), (.up, "r0", 0),
      (.end, "r19", 15), (.home, "r0", 0),
    ]
    for (key, selected, offset) in steps {
      let isTaken = list.handle(key, rows: rows, height: 5)
      #expect(isTaken)
      #expect(list.selected == selected, "\(key)")
      #expect(list.offset == offset, "\(key)")
    }
    let isTaken = list.handle(.enter, rows: rows, height: 5)
    #expect(!isTaken)
  }

  @Test("the selection is an identity and stays on its line when rows move")
  func identity() {
    var list = ListState<String>()
    list.update(rows, height: 5)
    list.select("r7", in: rows, height: 5)
    let line = 7 - list.offset
    let grown = ["new1", "new2"] + rows
    list.update(grown, height: 5)
    #expect(list.selected == "r7")
    #expect(9 - list.offset == line)
    list.update(rows.reversed(), height: 5)
    #expect(list.selected == "r7")
    #expect(12 - list.offset == line)
  }

  @Test("nobody works on it: rows that come above the selection come into sight, and it stays selected")
  func showsItsBeginning() {
    var state = ListState<String>()
    state.update(["a", "b"], height: 3)
    state.update(["u", "v", "w", "x", "a", "b"], height: 3)
    #expect(state.selected == "a" && state.offset == 2)
    state.showBeginning()
    #expect(state.selected == "a" && state.visible(count: 6, height: 3) == 0..<3)
    state.update(["u", "v", "w", "x", "a", "b"], height: 3)
    #expect(state.visible(count: 6, height: 3).contains(4), "in sight again for whoever moves it")
  }

  @Test("when the selected row goes, the one in its place is selected")
  func removal() {
    var list = ListState<String>()
    list.update(rows, height: 5)
    list.select("r3", in: rows, height: 5)
    list.update(rows.filter { $0 != "r3" }, height: 5)
    #expect(list.selected == "r4")
    list.update(["r1"], height: 5)
    #expect(list.selected == "r1")
    #expect(list.offset == 0)
  }

  @Test("until somebody moves, new rows above come into sight")
  func untouched() {
    var list = ListState<String>()
    list.update(rows, height: 5)
    list.update(["page"] + rows, height: 5)
    #expect(list.selected == "r0")
    #expect(list.offset == 0)
  }

  @Test("newest last: the end is followed while it is selected")
  func followsEnd() {
    var list = ListState<String>(followsEnd: true)
    list.update(rows, height: 5)
    #expect(list.selected == "r19")
    #expect(list.offset == 15)
    list.update(rows + ["r20"], height: 5)
    #expect(list.selected == "r20")
    _ = list.handle(.up, rows: rows + ["r20"], height: 5)
    list.update(rows + ["r20", "r21"], height: 5)
    #expect(list.selected == "r19")
  }

  @Test("marks belong to rows that are there")
  func marks() {
    var list = ListState<String>()
    list.update(rows, height: 5)
    list.toggleMark()
    _ = list.handle(.down, rows: rows, height: 5)
    list.toggleMark()
    #expect(list.marked == ["r0", "r1"])
    list.toggleMark()
    list.update(Array(rows.dropFirst()), height: 5)
    #expect(list.marked.isEmpty)
  }

  @Test("whatever happens, the selected row is in the list and in sight")
  func property() {
    var random = SplitMix64(seed: 5)
    var list = ListState<Int>()
    var rows = Array(0..<10)
    let keys: [Key] = [.up, .down, .pageUp, .pageDown, .home, .end, .ctrl("d"), .ctrl("u")]
    for _ in 0..<3000 {
      let height = Int.random(in: 0...12, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: rows.insert(Int.random(in: 100...9999, using: &random), at: 0)
      case 1: if !rows.isEmpty { rows.remove(at: Int.random(in: 0..<rows.count, using: &random)) }
      case 2: rows.shuffle(using: &random)
      default: _ = list.handle(keys.randomElement(using: &random) ?? .up, rows: rows, height: height)
      }
      rows = rows.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
      list.update(rows, height: height)
      let visible = list.visible(count: rows.count, height: height)
      #expect((list.selected == nil) == rows.isEmpty)
      if let selected = list.selected, height > 0 { #expect(rows[visible].contains(selected)) }
    }
  }
}
