import Incidents
import Testing
import Values

@testable import Host

struct TicketTroubleTests {
  @Test func isToldOnceAndWhenItIsAnother() throws {
    let place = try TestFolder()
    defer { withExtendedLifetime(place) {} }
    let journal = try place.journal()
    func tell(_ problems: [String]) throws -> [RemoteChanged] {
      let act = TellTicketTrouble(problems, of: "shop", from: "http://127.0.0.1:9")
      return try journal.perform(act, by: Identity.engine(), at: Clock.now())
        .compactMap { $0.fact(RemoteChanged.self) }
    }
    #expect(try tell([]).isEmpty, "nothing was ever wrong")
    let first = try tell([
      "ticket a1, state: \"on_hold\" is no state", "ticket a1, state: \"on_hold\" is no state",
    ])
    #expect(first.map(\.reason) == ["ticket a1, state: \"on_hold\" is no state."])
    #expect(try tell(["ticket a1, state: \"on_hold\" is no state"]).isEmpty)
    let many = try tell((1...12).map { "ticket \($0) is wrong." })
    #expect(many.first?.reason?.hasSuffix("ticket 8 is wrong. And 4 more.") ?? false, "\(many)")
    #expect(try tell([]).map(\.state) == ["reachable"])
    #expect(try tell([]).isEmpty)
  }
}
