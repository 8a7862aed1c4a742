import Values

/// A section of a retro that people write by hand, by the name that events, templates and the command line give it.
///
/// A name that begins with `x_` is a house's own: its templates say where it stands.
package struct RetroPart: Hashable, Sendable {
  package let name: String
  /// `Root cause`; of a house's own its name without `x_`, in words.
  package let title: String

  private init(_ name: String, _ title: String) {
    self.name = name
    self.title = title
  }

  package static let summary = Self("summary", "Summary")
  package static let contributingFactors = Self("contributing_factors", "Contributing factors")
  package static let rootCause = Self("root_cause", "Root cause")
  package static let blastRadius = Self("blast_radius", "Blast radius")
  package static let detection = Self("detection", "Detection")
  package static let wentWell = Self("went_well", "What went well")
  package static let wentBadly = Self("went_badly", "What went badly")
  package static let wentLuckily = Self("went_luckily", "Where we were lucky")
  package static let followUps = Self("follow_ups", "Follow-ups")
  package static let lessons = Self("lessons", "Lessons")

  /// Those that every house has, in the order in which a retro tells them.
  package static let all = [
    summary, contributingFactors, rootCause, blastRadius, detection, wentWell, wentBadly, wentLuckily,
    followUps, lessons,
  ]

  /// Nil when there is no such section: neither one of ``all`` nor `x_` and 1 to 40 of `a`–`z`, digits and `_`.
  /// Dashes are taken as `_`.
  package init?(_ name: String) {
    let name = name.replacing("-", with: "_")
    if let known = Self.all.first(where: { $0.name == name }) {
      self = known
      return
    }
    let own = name.dropFirst(2)
    guard name.hasPrefix("x_"), (1...40).contains(own.utf8.count),
      own.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
    else { return nil }
    let words = own.split(separator: "_").joined(separator: " ")
    guard let first = words.first else { return nil }
    self.init(name, first.uppercased() + words.dropFirst())
  }
}
