import Host
import Testing
import Values

@Suite struct ZoneReaderTests {
  @Test func utcNeedsNoFile() { #expect(ZoneReader.zone("UTC") == .utc) }

  @Test(arguments: [
    "", "/etc/passwd", "../../etc/passwd", "Europe/../../../etc/passwd", "Europe", "Europe/", "No/Such",
    "zone.tab",
  ])
  func whatIsNoZoneIsNone(_ name: String) { #expect(ZoneReader.zone(name) == nil) }

  @Test func readsTheHostsRules() throws {
    guard let zone = ZoneReader.zone("Europe/Paris") else { return }
    #expect(zone.offset(at: Instant(milliseconds: 1_784_116_800_000)) == 7200)
  }
}
