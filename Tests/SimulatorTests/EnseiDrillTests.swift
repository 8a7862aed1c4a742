import Simulator
import Testing
import Values

/// The bundled drill does what its `expect` promises, seen from the counters that it publishes.
@Suite struct EnseiDrillTests {
  private func errorRate(_ player: DrillPlayer, at end: Span) throws -> Double {
    func counts(_ at: Span) throws -> (failed: Double, all: Double) {
      let answer = player.answer(to: "/metrics", at: at)
      let failed = try #require(answer.value(#"pack_requests_total{code="500"}"#))
      let good = try #require(answer.value(#"pack_requests_total{code="200"}"#))
      return (failed, failed + good)
    }
    let (first, last) = (try counts(max(.zero, end - .minutes(5))), try counts(end))
    return (last.failed - first.failed) / (last.all - first.all)
  }

  @Test func theErrorRateReachesBothThresholdsInTime() throws {
    let drill = try Bundled.drill("ensei-packs/drills/purchases-fail.yaml")
    let player = DrillPlayer(estate(drill))
    #expect(try errorRate(player, at: .seconds(9)) < 0.02)
    for expectation in drill.expect {
      let threshold = expectation.alert == "PackErrorRatePage" ? 0.05 : 0.02
      // Two polls earlier, so that a poll and an evaluation a second apart still make it.
      #expect(try errorRate(player, at: expectation.within - .seconds(2)) >= threshold)
    }
  }

  @Test func theErrorRateFallsBelowThePageAfterTheRollback() throws {
    let drill = try Bundled.drill("ensei-packs/drills/purchases-fail.yaml")
    let player = DrillPlayer(estate(drill))
    #expect(try errorRate(player, at: .minutes(4)) >= 0.05)
    #expect(try errorRate(player, at: try #require(drill.ends)) < 0.02)
  }
}
