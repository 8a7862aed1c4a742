import Systems
import Testing
import Transfer

@testable import Host

/// The limits of a process that polls several folders.
@Suite struct TransferLimitsTests {
  private static func limits(_ folders: String...) -> TransferLimits {
    TransferLimits(
      folders.enumerated().map { number, text in
        SystemFolder.load(Folder(name: "s\(number)", files: ["system.yaml": text]), environment: [:]).folder
      })
  }

  @Test func oneFolderHasItsOwn() {
    #expect(Self.limits("title: A\nat_once: 20\nper_host: 4\n") == TransferLimits(atOnce: 20, perHost: 4))
    #expect(Self.limits("title: A\nat_once: 1000\n") == TransferLimits(atOnce: 1000))
    #expect(Self.limits() == TransferLimits())
  }

  @Test func severalHaveTheSumUpToABound() {
    #expect(Self.limits("title: A\nat_once: 20\n", "title: B\nat_once: 30\n").atOnce == 50)
    #expect(Self.limits("title: A\nat_once: 200\n", "title: B\nat_once: 100\n").atOnce == 256)
    #expect(Self.limits("title: A\nat_once: 600\n", "title: B\nat_once: 100\n").atOnce == 600)
  }

  @Test func aHostThatSeveralPollGetsNoMoreThanTheOneThatAllowsItLeast() {
    let frail = """
      title: A
      per_host: 2
      endpoints: {a: {http: "http://Shared/x"}, b: {tcp: "db:5432"}}
      """
    let other = """
      title: B
      endpoints: {a: {http: "http://shared:80/y"}, c: {http: "https://own/"}}
      """
    let limits = Self.limits(frail, other)
    #expect(limits == TransferLimits(atOnce: 128, perHost: 8, hosts: ["shared:80": 2, "db:5432": 2]))
  }
}
