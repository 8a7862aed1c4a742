import Testing

@testable import Transfer

struct AdmissionTests {
  private func ids(_ admission: inout Admission) -> [UInt64] {
    var all: [UInt64] = []
    while let next = admission.next() { all.append(next.id.number) }
    return all
  }

  @Test func hostsTakeTurns() {
    var admission = Admission(limits: TransferLimits(atOnce: 10, perHost: 10))
    for id in 1...4 { admission.enqueue(TransferID(UInt64(id)), host: "busy") }
    admission.enqueue(TransferID(5), host: "quiet")
    #expect(ids(&admission) == [1, 5, 2, 3, 4])
  }

  @Test func limitsHold() {
    var admission = Admission(limits: TransferLimits(atOnce: 3, perHost: 2))
    for id in 1...4 { admission.enqueue(TransferID(UInt64(id)), host: "a") }
    for id in 5...6 { admission.enqueue(TransferID(UInt64(id)), host: "b") }
    #expect(ids(&admission) == [1, 5, 2])
    admission.finish(host: "b")
    #expect(ids(&admission) == [6])
    admission.finish(host: "a")
    #expect(ids(&admission) == [3])
    admission.limits = TransferLimits(atOnce: 4, perHost: 3)
    #expect(ids(&admission) == [4])
    #expect(ids(&admission) == [])
  }

  @Test func aHostAtItsLimitDoesNotHoldUpAnother() {
    var admission = Admission(limits: TransferLimits(atOnce: 64, perHost: 1))
    for id in 1...3 { admission.enqueue(TransferID(UInt64(id)), host: "slow") }
    #expect(ids(&admission) == [1])
    admission.enqueue(TransferID(9), host: "fast")
    #expect(ids(&admission) == [9])
  }

  @Test func aHostCanHaveALimitOfItsOwn() {
    var admission = Admission(
      limits: TransferLimits(atOnce: 64, perHost: 3, hosts: ["frail:80": 1, "odd:80": 0]))
    for id in 1...3 { admission.enqueue(TransferID(UInt64(id)), host: "frail:80") }
    for id in 4...7 { admission.enqueue(TransferID(UInt64(id)), host: "other:80") }
    for id in 8...9 { admission.enqueue(TransferID(UInt64(id)), host: "odd:80") }
    #expect(ids(&admission).sorted() == [1, 4, 5, 6, 8])
    admission.finish(host: "frail:80")
    #expect(ids(&admission) == [2])
  }

  @Test func finishingWhatNeverRanChangesNothing() {
    var admission = Admission(limits: TransferLimits(atOnce: 1))
    admission.finish(host: "a")
    admission.enqueue(TransferID(1), host: "a")
    admission.enqueue(TransferID(2), host: "a")
    #expect(ids(&admission) == [1])
  }

  @Test func aLineKeepsItsOrderWhileItIsCompacted() {
    var line = Line<Int>()
    var out: [Int] = []
    for number in 0..<1000 {
      line.append(number)
      if number % 3 > 0, let first = line.popFirst() { out.append(first) }
    }
    while let first = line.popFirst() { out.append(first) }
    #expect(out == Array(0..<1000))
  }
}
