import Metrics
import Testing

struct GoFloatTests {
  @Test(
    arguments: [
      ("1", 1), (".5", 0.5), ("5.", 5), ("+1", 1), ("-0", -0.0), ("1e3", 1000), ("1E-3", 0.001),
      ("iNf", .infinity),
      ("-infinity", -.infinity), ("0.1", 0.1), ("9007199254740993", 9_007_199_254_740_992),
      ("123456789012345678901234567890", 1.2345678901234568e29), ("4.9e-324", .leastNonzeroMagnitude),
      ("1e-400", 0),
      ("0.000000000000000000000000000001", 1e-30), ("17.000000000000000000001", 17),
    ] as [(String, Double)])
  func numbers(text: String, value: Double) {
    #expect(GoFloat.parse(text) == value)
  }

  @Test(arguments: ["", ".", "+", "1_0", "0x1p3", "1e", "e5", "+nan", "1 ", "1e400", "infi", "--1"])
  func notNumbers(text: String) {
    #expect(GoFloat.parse(text) == nil)
  }

  @Test func printedNumbersReadBackTheSame() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(GoFloat.parse(value.decimalText) == value)
      #expect(GoFloat.parse(value.generalText) == value)
    }
  }

  @Test func decimalsRoundAsTheLibraryRoundsThem() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<50_000 {
      let digits = String(random.next() >> (random.next() % 64))
      let point = Int(random.next() % UInt64(digits.count + 1))
      let text = digits.prefix(point) + "." + digits.dropFirst(point)
      let written = random.next() % 2 == 0 ? text : text + "e-\(random.next() % 20)"
      #expect(
        GoFloat.parse(String(written)) == Double("0" + written + (written.hasSuffix(".") ? "0" : "")),
        "\(written)")
    }
  }

  @Test(
    arguments: [
      (1, "1", "1", "1.0"), (1e6, "1000000", "1e+06", "1e+06"), (0.005, "0.005", "0.005", "0.005"),
      (1.5e-7, "0.00000015", "1.5e-07", "1.5e-07"), (123456.75, "123456.75", "123456.75", "123456.75"),
      (-2, "-2", "-2", "-2.0"), (.infinity, "+Inf", "+Inf", "+Inf"), (.nan, "NaN", "NaN", "NaN"),
      (0, "0", "0", "0.0"),
      (1e21, "1000000000000000000000", "1e+21", "1e+21"),
    ] as [(Double, String, String, String)])
  func text(value: Double, decimal: String, general: String, bucket: String) {
    #expect(value.decimalText == decimal)
    #expect(value.generalText == general)
    #expect(value.bucketText == bucket)
  }
}

/// Sebastiano Vigna's generator: small, seeded, the same everywhere.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
