import ArgumentParser
import Console
import Foundation
import Host
import Incidents
import Journal
import Systems
import Terminal
import Transfer
import Values
import Watch

struct ConsoleVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "Open the console (the default).", shouldDisplay: false)

  @OptionGroup var options: StateOptions
  @OptionGroup var screen: ScreenOptions
  @OptionGroup var which: SystemOptions

  func run() throws {
    try Standard.telling {
      let sources = try which.sources()
      try ConsoleSession(
        state: options, screen: screen, sources: sources, folder: options.folder.path, notices: []
      ).run()
    }
  }
}
