import Testing
import Values

@Suite struct InParallelTests {
  @Test(arguments: [0, 1, 2, 7, 8, 9, 100, 9999])
  func piecesAreInTheirOrderAndComplete(_ count: Int) {
    let all = Array(0..<count)
    for least in [0, 1, 3, 4096, 100_000] {
      let pieces = all.inParallel(least: least) { piece in piece.map { $0 * 2 } }
      #expect(pieces.joined().elementsEqual(all.map { $0 * 2 }), "\(least)")
      #expect(pieces.allSatisfy { !$0.isEmpty })
    }
    #expect(all.inParallel(least: 1) { $0.count }.count <= max(1, count))
  }

  @Test func fewAreOnePiece() {
    #expect(Array(0..<8191).inParallel { $0.count } == [8191])
    #expect(Array(0..<16_384).inParallel { $0.count }.count > 1)
  }

  /// Work that is cut in pieces can cut its own.
  @Test func piecesCanHavePieces() {
    let all = Array(0..<1000)
    let sums = all.inParallel(least: 10) { piece in
      Array(piece).inParallel(least: 2) { $0.reduce(0, +) }.reduce(0, +)
    }
    #expect(sums.reduce(0, +) == all.reduce(0, +))
  }
}
