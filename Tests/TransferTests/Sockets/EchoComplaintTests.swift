import Testing

@testable import Transfer

struct EchoComplaintTests {
  private static func complaint(_ version: Int, _ type: UInt8, _ code: UInt8, sender: String = "r")
    -> EchoComplaint
  {
    EchoComplaint(
      isVersion6: version == 6, type: type, code: code, sender: sender, target: "db", quoted: [])
  }

  @Test(
    arguments: [
      (4, 3, 0, "no route to db, says r"), (4, 3, 1, "no route to db, says r"),
      (4, 3, 7, "no route to db, says r"), (4, 3, 2, "db takes no echoes, says r"),
      (4, 3, 3, "db takes no echoes, says r"), (4, 3, 9, "echoes to db are prohibited, says r"),
      (4, 3, 10, "echoes to db are prohibited, says r"), (4, 3, 13, "echoes to db are prohibited, says r"),
      (4, 3, 5, "no way for an echo to db: ICMP type 3, code 5, says r"),
      (4, 11, 0, "too many hops to db, says r"),
      (4, 12, 0, "no way for an echo to db: ICMP type 12, code 0, says r"),
      (6, 1, 0, "no route to db, says r"), (6, 1, 3, "no route to db, says r"),
      (6, 1, 1, "echoes to db are prohibited, says r"), (6, 1, 6, "echoes to db are prohibited, says r"),
      (6, 1, 4, "db takes no echoes, says r"), (6, 3, 0, "too many hops to db, says r"),
      (6, 4, 1, "no way for an echo to db: ICMP type 4, code 1, says r"),
    ] as [(Int, UInt8, UInt8, String)])
  func itEndsWithAReason(_ version: Int, _ type: UInt8, _ code: UInt8, _ reason: String) {
    let complaint = Self.complaint(version, type, code)
    #expect(complaint.isEnd && complaint.reason(host: "db") == reason)
  }

  /// Source quench, a redirect, a packet that is too big, and what is no complaint.
  @Test(
    arguments: [(4, 4, 0), (4, 5, 1), (4, 3, 4), (4, 0, 0), (6, 2, 0), (6, 137, 0), (6, 129, 0)]
      as [(Int, UInt8, UInt8)])
  func itIsNoEnd(_ version: Int, _ type: UInt8, _ code: UInt8) {
    #expect(!Self.complaint(version, type, code).isEnd)
  }

  @Test func nobodyIsNamedWhereNobodyIsKnown() {
    #expect(Self.complaint(4, 3, 1, sender: "").reason(host: "db") == "no route to db")
  }
}
