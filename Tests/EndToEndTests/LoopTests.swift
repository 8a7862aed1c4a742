import Foundation
import Testing

/// The whole loop, typed into the demo: page, acknowledge, declare, playbook, note, update, resolve, export.
@Suite(.serialized) struct LoopTests {
  private func demo(_ sandbox: Sandbox, width: Int = 120, height: Int = 40) throws -> Screen {
    try Screen(
      width: width, height: height, environment: sandbox.environment,
      [Binary.path, "demo", "--state", sandbox.path + "/demo"])
  }

  /// Acknowledges the page alert and declares an incident from it.
  private func declare(_ screen: Screen) throws {
    try screen.expect("PackErrorRatePage")
    try screen.expect("PAGE")
    try screen.press("a")
    try screen.expect("acknowledged PackErrorRatePage")
    try screen.press("i")
    try screen.expect("severity")
    try screen.press("Enter")
    try screen.expect("INC-1")
  }

  @Test func fromThePageToTheExport() throws {
    let sandbox = try Sandbox()
    let screen = try demo(sandbox)
    try declare(screen)

    try screen.press("p")
    try screen.expect("high-error-rate")
    try screen.press("Space")
    try screen.expect("✓")
    try screen.press("Space")
    try screen.press("S")
    try screen.type("nobody can reach it from here")
    try screen.press("Enter")

    try screen.press("n")
    try screen.type("all errors carry one client version")
    try screen.press("Enter")
    try screen.expect("noted")

    try screen.press("u")
    try screen.expect("Subject")
    try sendUpdate(screen)

    try screen.press("3")
    try screen.expect("timeline")
    try resolve(screen)
    try screen.press("q")
    try screen.expect("[ended with 0]")

    let export = try Binary.run(["export", "INC-1", "--state", sandbox.path + "/demo"], environment: sandbox.environment)
    #expect(export.status == 0, "\(export.err)")
    let order = [
      "PackErrorRatePage firing", "acknowledged", "declared", "step", "nobody can reach it from here",
      "all errors carry one client version", "update", "Resolved",
    ]
    let timeline = try #require(export.out.range(of: "## Timeline").map { String(export.out[$0.lowerBound...]) })
    var rest = timeline[...]
    for word in order {
      let found = rest.range(of: word)
      #expect(found != nil, "\(word) is missing after what came before it in\n\(timeline)")
      if let found { rest = rest[found.upperBound...] }
    }
    let json = try Binary.run(
      ["export", "INC-1", "--format", "json", "--state", sandbox.path + "/demo"], environment: sandbox.environment)
    let document = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
    #expect(document?["schema"] as? String == "midwatch.incident/1")
    let verified = try Binary.run(["journal", "verify", "--state", sandbox.path + "/demo"], environment: sandbox.environment)
    #expect(verified.status == 0, "\(verified.out)")
  }

  private func sendUpdate(_ screen: Screen) throws {
    // Fields are asked for first; what has a default is taken with Enter.
    try screen.press("Enter")
  }

  private func resolve(_ screen: Screen) throws {
    try screen.press("S")
    try screen.expect("Resolved")
  }
}
