import Foundation
import TestSupport
import Testing

/// The example of a unit, as systemd reads it.
struct UnitFileTests {
  private static let hasSystemd = FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")

  @Test(.enabled(if: hasSystemd, "systemd-analyze is not installed"))
  func systemdFindsNothingToSay() throws {
    let sandbox = try Sandbox()
    let path = Project.root + "/share/systemd/midwatch-agent.service"
    let unit = try String(contentsOfFile: path, encoding: .utf8)
    // It wants the program to be there.
    let own = unit.replacingOccurrences(of: "/usr/local/bin/midwatch", with: Binary.path)
    #expect(own != unit)
    try sandbox.write(own, to: "midwatch-agent.service")
    let outcome = try Child.run(
      "/usr/bin/systemd-analyze", ["verify", sandbox.path + "/midwatch-agent.service"],
      environment: Sandbox.clean)
    let said = (outcome.out + outcome.err).split(separator: "\n").filter { $0.contains("midwatch-agent") }
    #expect(outcome.status == 0 && said.isEmpty, "\(outcome.err)")
  }
}
