import Testing
import Watch

@Suite struct AgendaTests {
  @Test func theEarliestStandsFirst() {
    var agenda = Agenda(count: 3)
    #expect(agenda.first == nil)
    agenda.set(0, to: Uptime(milliseconds: 30))
    agenda.set(1, to: Uptime(milliseconds: 10))
    agenda.set(2, to: Uptime(milliseconds: 20))
    #expect(agenda.first?.item == 1)
    agenda.set(1, to: Uptime(milliseconds: 40))
    #expect(agenda.first?.item == 2)
    agenda.set(2, to: nil)
    #expect(agenda.first?.item == 0 && agenda.first?.due == Uptime(milliseconds: 30))
    agenda.set(7, to: Uptime(milliseconds: 1))
    agenda.set(-1, to: Uptime(milliseconds: 1))
    #expect(agenda.first?.item == 0, "there is no item 7")
  }

  @Test func itAgreesWithASortedListWhateverIsDoneToIt() {
    var seed: UInt64 = 20_261_121
    func random(_ bound: UInt64) -> Int64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((seed >> 33) % bound)
    }
    var agenda = Agenda(count: 40)
    var dues: [Int: Int64] = [:]
    for step in 0..<5000 {
      let item = Int(random(40))
      let due = random(4) == 0 ? nil : random(1000)
      dues[item] = due
      agenda.set(item, to: due.map { Uptime(milliseconds: $0) })
      let first = agenda.first
      guard first?.due.milliseconds == dues.values.min(),
        first.map({ dues[$0.item] }) == first?.due.milliseconds
      else {
        Issue.record("step \(step): \(String(describing: first)) of \(dues)")
        return
      }
    }
  }
}
