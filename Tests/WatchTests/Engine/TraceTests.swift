import Probes
import Testing
import Values
import Watch

struct TraceTests {
  @Test func anEndpointIsTracedAndNothingChanges() throws {
    var player = Player()
    player.load(try Player.folder())
    let before = player.watch.snapshots(at: player.now)
    let effects = player.watch.receive(
      .trace(id: 7, system: "shop", endpoint: "health"), at: player.moment)
    guard effects.count == 1, case .trace(let id, let system, let endpoint) = effects[0] else {
      Issue.record("\(effects)")
      return
    }
    #expect(id == 7 && system == "shop" && endpoint.name == "health")
    #expect(player.watch.snapshots(at: player.now) == before)
  }

  @Test(arguments: [
    ("gone", "shop has no endpoint gone."),
    ("later", "It is not probed: the environment prod is for reference."),
  ])
  func whatCannotBeProbedSaysWhy(_ name: String, _ sentence: String) throws {
    let system = """
      title: Shop
      environments: {dev: {base: "http://127.0.0.1:1"}, prod: {state: reference}}
      endpoints:
        later: {http: "http://127.0.0.1:1/", environment: prod}
      """
    var player = Player()
    player.load(try Player.folder(system: system))
    let effects = player.watch.receive(.trace(id: 7, system: "shop", endpoint: name), at: player.moment)
    guard effects.count == 1, case .refuseTrace(7, let found) = effects[0] else {
      Issue.record("\(effects)")
      return
    }
    #expect(found == sentence)
  }
}
