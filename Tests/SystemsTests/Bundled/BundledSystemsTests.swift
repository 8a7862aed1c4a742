import Foundation
import Systems
import Testing
import Values

/// The systems that come with midwatch: each loads without an error.
struct BundledSystemsTests {
  private static let playbooks: URL = {
    var url = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while url.lastPathComponent != "Tests", url.pathComponents.count > 1 { url.deleteLastPathComponent() }
    return url.deletingLastPathComponent().appendingPathComponent("playbooks")
  }()

  @Test(arguments: ["crystal-grimoire", "ensei-packs", "fluxori", "jamble-inventory", "nova-rms"])
  func loadsWithoutAnError(_ name: String) throws {
    let root = Self.playbooks.appendingPathComponent(name)
    let paths = try #require(FileManager.default.enumerator(atPath: root.path)).compactMap { $0 as? String }
    var files: [String: String] = [:]
    for path in paths where path.hasSuffix(".md") || path.hasSuffix(".yaml") {
      files[path] = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
    let (system, problems) = SystemFolder.load(Folder(name: name, files: files), environment: [:])
    // A secret that is not set keeps its endpoints from being polled; that is all.
    let others = problems.filter { $0.weight == .error || !$0.what.hasPrefix("the secret ") }
    #expect(others.isEmpty, "\(others.map(\.description).joined(separator: "\n"))")
    #expect(!system.playbooks.isEmpty && !system.templates.isEmpty)
    // Nothing public is polled unless somebody asks for it.
    for endpoint in system.endpoints where endpoint.heldBack == nil {
      #expect(
        endpoint.target.contains("127.0.0.1") || endpoint.target.contains("localhost"), "\(endpoint.target)")
    }
  }
}
