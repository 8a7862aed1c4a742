import Terminal
import Testing

@Suite("ASCII")
struct ASCIITests {
  @Test("signs get their forms, letters stay")
  func signs() {
    var frame = Frame(width: 24, height: 2)
    frame.put("● PAGE ▲ 7.1% ≥ 5% ✖ é", at: .zero)
    frame.put("▁▃▅█ ⣿ ─│╌└ … 日", at: Point(x: 0, y: 1))
    #expect(frame.asciiSigns().text == "* PAGE ! 7.1% >=5% x é\n_:=# * -|-+ . 日")
    #expect(frame.asciiOnly().text == "* PAGE ! 7.1% >=5% x ?\n_:=# * -|-+ . ?")
  }
}
