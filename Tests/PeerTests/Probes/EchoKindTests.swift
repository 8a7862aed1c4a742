import Foundation
import TestSupport
import Testing

/// The kind `icmp`, against the kernel and against hosts that lie, in a network namespace where it is permitted.
@Suite(
  .serialized,
  .enabled(if: EchoEstate.obstacle == nil, "no network of our own to probe: \(EchoEstate.obstacle ?? "")"))
struct EchoKindTests {
  @Test func echoesAreUpDownSlowLyingAndMalformed() throws {
    let estate = try EchoEstate()
    let cases = KindCase.echoes + (EchoEstate.hasVersion6 ? KindCase.echoes6 : [])
    try KindSurvey(cases.map { $0.filled(estate.fill) }, launcher: estate.launcher).check()
  }

  @Test func anAddressIsTakenAsAURLWritesIt() throws {
    let estate = try EchoEstate()
    let watch = try Midwatch("endpoints: {a: {icmp: 127.0.0.1}}", launcher: estate.launcher)
    for host in ["127.0.0.1"] + (EchoEstate.hasVersion6 ? ["::1", "[::1]"] : []) {
      let outcome = try watch.run("probe", "icmp://\(host)")
      #expect(outcome.status == 0 && outcome.out.hasPrefix("✓ icmp://\(host)"), "\(outcome)")
    }
  }

  /// A namespace is born without the permission.
  @Test func whereEchoesAreNotPermittedNothingIsKnown() throws {
    let watch = try Midwatch("endpoints: {a: {icmp: 127.0.0.1}}", launcher: EchoEstate.alone)
    let row = try #require(try watch.rows()["a"])
    #expect(row.state == "paused")
    #expect(row.reason?.contains("not permitted to send ICMP echoes") == true, "\(row)")
    #expect(row.reason?.contains("sysctl -w net.ipv4.ping_group_range=") == true, "\(row)")
  }
}
