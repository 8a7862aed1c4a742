import Probes
import Testing
import Values
import Watch
import Wire

struct KeptFailuresTests {
  private static func trace(_ reason: String, _ second: Int64, of name: String = "api") -> ProbeTrace {
    Endpoint(name: name, kind: .http, target: "http://a/")
      .trace(of: .failure(Failure(.refused, reason: reason)), at: Instant(milliseconds: second * 1000))
  }

  private static func seconds(_ kept: KeptFailures) -> [Int64] {
    kept.failures(of: "api", in: "shop").map { $0.at.milliseconds / 1000 }
  }

  @Test func ofEachRunTheFirstAndTheLastAreKept() {
    var kept = KeptFailures()
    for second in 1...5 { kept.keep(Self.trace("refused", Int64(second)), of: "shop") }
    #expect(Self.seconds(kept) == [5, 1])
    kept.keep(Self.trace("timeout", 6), of: "shop")
    for second in 7...9 { kept.keep(Self.trace("refused", Int64(second)), of: "shop") }
    #expect(Self.seconds(kept) == [9, 7, 6, 5, 1])
    #expect(kept.failures(of: "api", in: "other").isEmpty)
  }

  @Test func thereIsAnEndToThem() {
    var kept = KeptFailures()
    for second in 1...100 { kept.keep(Self.trace("reason \(second)", Int64(second)), of: "shop") }
    #expect(Self.seconds(kept) == [100, 99, 98, 97, 96, 95, 94, 93])
    kept.retain { system, endpoint in system == "shop" && endpoint == "other" }
    #expect(Self.seconds(kept).isEmpty)
  }
}
