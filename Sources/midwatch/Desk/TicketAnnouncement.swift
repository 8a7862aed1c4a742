import Desk
import Values

/// What several tenants' tickets of one incident ask for.
enum TicketAnnouncement {
  /// On standard error, for it is a proposal.
  static func propose(_ impact: CustomerImpact, of incident: String) {
    guard impact.asksForAnnouncement else { return }
    Standard.plainError(
      Inert.terminal(
        "\(incident) has \(impact.sentence ?? ""); others may notice it, too. Tell all: "
          + "midwatch update draft --incident \(incident) --stage announcement"))
  }
}
