import Terminal
import TestSupport
import Testing

@Suite("Rect")
struct RectTests {
  @Test("splitting gives away every line once")
  func split() {
    let rect = Rect(x: 2, y: 3, width: 10, height: 5)
    #expect(rect.splitTop(2).top == Rect(x: 2, y: 3, width: 10, height: 2))
    #expect(rect.splitTop(2).rest == Rect(x: 2, y: 5, width: 10, height: 3))
    #expect(rect.splitTop(9).rest.isEmpty)
    #expect(rect.splitBottom(1).bottom == Rect(x: 2, y: 7, width: 10, height: 1))
    #expect(rect.splitRight(4).right == Rect(x: 8, y: 3, width: 4, height: 5))
    #expect(rect.line(4) == Rect(x: 2, y: 7, width: 10, height: 1))
    #expect(rect.line(5).isEmpty)
  }

  @Test("no arithmetic traps or goes below nothing")
  func property() {
    var random = SplitMix64(seed: 3)
    let numbers = [Int.min, -1, 0, 1, 7, 200, Int.max]
    func some() -> Int { numbers.randomElement(using: &random) ?? 0 }
    for _ in 0..<3000 {
      let a = Rect(x: some(), y: some(), width: some(), height: some())
      let b = Rect(x: some(), y: some(), width: some(), height: some())
      let results = [
        a.intersection(b), a.inset(left: some(), top: some(), right: some(), bottom: some()),
        a.splitTop(some()).rest, a.splitBottom(some()).bottom, a.splitLeft(some()).left,
        a.splitRight(some()).right, a.line(some()),
      ]
      for rect in results {
        #expect(rect.width >= 0 && rect.height >= 0)
        #expect(rect.right >= rect.x && rect.bottom >= rect.y)
      }
      #expect(a.intersection(b).size == b.intersection(a).size)
    }
  }
}
