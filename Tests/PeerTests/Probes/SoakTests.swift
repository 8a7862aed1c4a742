import Foundation
import TestSupport
import Testing

/// A bounded run of `scripts/soak`, which takes an hour by itself.
@Suite(.enabled(if: Peer.has("python3"), "python3 is not installed: make test-peers installs it"))
struct SoakTests {
  @Test func memoryAndDescriptorsAreFlatAndAllStatesRight() throws {
    var environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "TZ": "UTC"]
    environment["MIDWATCH_BINARY"] = Midwatch.binary
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    // By its own clock it takes two and a half minutes where nothing else runs.
    let outcome = try Child.run(
      "/usr/bin/python3", [Midwatch.script("soak"), "--minutes", "0.75", "--endpoints", "200"],
      environment: environment, within: 900)
    print(outcome.out + outcome.err)
    #expect(outcome.status == 0, "\(outcome.out)\(outcome.err)")
  }
}
