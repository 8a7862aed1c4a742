import Documents
import Foundation
import Simulator
import Testing
import Values

@Suite struct BundledFoldersTests {
  @Test func allFiveAreThere() {
    for system in Bundled.systems {
      #expect(Bundled.files(ending: "system.yaml").contains("\(system)/system.yaml"))
      #expect(Bundled.files(ending: ".md").contains { $0.hasPrefix("\(system)/comms/") })
      #expect(Bundled.files(ending: ".yaml").contains("\(system)/drills/ordinary.yaml"))
    }
  }

  @Test func everyYAMLFileIsYAML() throws {
    for file in Bundled.files(ending: ".yaml") {
      var problems: [Problem] = []
      #expect(YAMLDocument(try Bundled.text(file), file: file, problems: &problems).root != nil)
      #expect(problems.map(\.description) == [])
    }
  }

  @Test func everyMarkdownFileHasFrontMatterWithATitleOrAnAudience() throws {
    for file in Bundled.files(ending: ".md") {
      var problems: [Problem] = []
      let front = FrontMatter(try Bundled.text(file), file: file, problems: &problems)
      #expect(problems.map(\.description) == [])
      let keys = front.document?.root?.entries?.compactMap(\.key.text) ?? []
      #expect(keys.contains(file.contains("/comms/") ? "audience" : "title"), "\(file)")
    }
  }

  @Test func everyDrillNamesOnlyEndpointsAndAlertsThatExist() throws {
    for file in Bundled.files(ending: ".yaml") where file.contains("/drills/") {
      let system = String(file.prefix { $0 != "/" })
      var problems: [Problem] = []
      let configuration = YAMLDocument(
        try Bundled.text("\(system)/system.yaml"), file: system, problems: &problems)
      let endpoints = configuration.root?.entries?.first { $0.key.text == "endpoints" }?.value.entries
      let rules = (try? Bundled.text("\(system)/rules.yaml")) ?? ""
      let alerts = rules.split(separator: "\n").compactMap { line in
        line.range(of: "- alert: ").map { String(line[$0.upperBound...]) }
      }
      let drill = Drill.parse(
        try Bundled.text(file), file: file, endpoints: endpoints?.compactMap(\.key.text), alerts: alerts,
        problems: &problems)
      #expect(drill != nil)
      #expect(problems.map(\.description) == [])
    }
  }

  /// Nobody is polled who did not ask for it.
  @Test func everyHostInASystemFileIsThisMachine() throws {
    for file in Bundled.files(ending: "system.yaml") {
      for (index, line) in try Bundled.text(file).split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        for host in line.components(separatedBy: "://").dropFirst() {
          #expect(host.hasPrefix("127.0.0.1"), "\(file):\(index + 1)")
        }
      }
    }
  }
}
