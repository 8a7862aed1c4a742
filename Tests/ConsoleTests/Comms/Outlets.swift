import Comms
import Incidents
import Terminal
import Values

@testable import Console

extension Fixture {
  /// The folder of ensei-packs with deliveries: a page that the commander approves, mail, and a room.
  static var deliveringGuide: Guide {
    var guide = enseiGuide
    var mail = Destination(name: "mail", kind: "smtp", shown: "smtp.example.test:25")
    (mail.from, mail.to) = ("ops@example.test", ["pack-users@example.test"])
    guide.outlets = [
      .init(
        destination: Destination(
          name: "status-page", kind: "statuspage", shown: "api.statuspage.io/v1/pages/kctbh9vrtdwd"),
        approval: "commander"),
      .init(destination: mail),
      .init(
        destination: Destination(name: "team", kind: "slack", shown: "https://hooks.slack.com/services/•••")),
    ]
    return guide
  }
}

extension Player {
  /// With INC-1 declared and the update for its users filled in and saved as D-1.
  static func withUpdate(
    _ size: Size = Size(width: 120, height: 40), guide: Guide = Fixture.deliveringGuide
  ) throws -> Player {
    var player = try Player(size: size, guides: [guide])
    player.press("a", "i", "Enter", "u", "Tab")
    player.type("not yet known")
    player.press("Enter")
    player.wait(.seconds(6))
    player.forget()
    return player
  }

  /// What an engine would write of a delivery.
  mutating func engine(_ act: any Act) throws {
    let actor = Actor(handle: Actor.engineHandle, host: "jump2", uid: 0)
    for entry in try act.decide(by: actor, at: now, in: journal).append {
      try journal.append(entry, by: actor, at: now)
    }
    publish()
  }

  mutating func finish(_ delivery: String, _ verdict: DeliveryVerdict) throws {
    try engine(ClaimDelivery(delivery, epoch: 1))
    try engine(FinishDelivery(delivery, epoch: 1, verdict))
  }
}
