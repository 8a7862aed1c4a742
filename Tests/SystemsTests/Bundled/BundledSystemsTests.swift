import Systems
import Testing
import Values

/// The systems that come with midwatch: each loads without an error.
struct BundledSystemsTests {
  @Test(arguments: BundledFolder.names)
  func loadsWithoutAnError(_ name: String) throws {
    let (system, problems) = SystemFolder.load(
      try BundledFolder.folder(name), environment: [:])
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
