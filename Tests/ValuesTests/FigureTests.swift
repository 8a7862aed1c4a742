import Testing
import Values

@Suite struct FigureTests {
  @Test(
    arguments: [
      (0.071, .ratio, "7.1%"), (0.05, .ratio, "5%"), (231, .none, "231"), (0.8, .seconds, "800ms"),
      (1.5, .seconds, "1.5s"), (272, .seconds, "4m32s"), (1_234_567, .bytes, "1.23MB"),
      (12_345.6, .none, "12.3k"), (12_345, .none, "12345"),
      (0.0561, .ratio, "5.61%"), (.infinity, .none, "+Inf"), (.nan, .ratio, "NaN"), (0, .seconds, "0s"),
    ] as [(Double, Figure.Unit, String)])
  func figuresReadAsPeopleSayThem(value: Double, unit: Figure.Unit, text: String) {
    #expect(Figure(value, unit: unit).description == text)
  }
}
