/// What a name server answered.
package struct NameAnswer: Hashable, Sendable {
  /// `NOERROR`, `NXDOMAIN`, …
  package var code: String
  /// `api.internal. 300 IN A 10.0.0.5`, one for each record of the answer section.
  package var answers: [String]
  /// What the answers of the type that was asked for hold: `10.0.0.5`.
  package var values: [String]
  /// Records in the other sections; EDNS' own is not counted.
  package var authorities: Int
  package var additionals: Int
  /// Of the zone, where a SOA record tells it.
  package var serial: UInt32?

  package init(
    code: String, answers: [String] = [], values: [String] = [], authorities: Int = 0, additionals: Int = 0,
    serial: UInt32? = nil
  ) {
    self.code = code
    self.answers = answers
    self.values = values
    self.authorities = authorities
    self.additionals = additionals
    self.serial = serial
  }
}
