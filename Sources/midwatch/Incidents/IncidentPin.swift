import ArgumentParser
import Incidents

struct IncidentPin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pin", abstract: "Pin a line of the timeline, so that it survives every filter.")

  @OptionGroup var options: LineOptions
  @Flag(help: "Take the pin off.") var off = false

  func run() throws {
    try options.perform { PinEvent($0.id, incident: $1, pinned: !off) }
  }
}
