import Testing

/// The unit tests that come with each folder's rules: that they hold, and that they would notice.
struct BundledRuleTests {
  @Test(arguments: BundledFolder.names)
  func holdTheirUnitTests(_ name: String) throws {
    let bundled = try BundledRules(of: name)
    #expect(bundled.tests.ruleFiles == ["rules.yaml"])
    #expect(bundled.tests.tests.allSatisfy { $0.name?.isEmpty == false })
    #expect(bundled.failures(of: try bundled.groups(of: bundled.rules)) == [])
  }

  /// Every rule, every comparison, every time and every window is exercised: one that is changed fails a test.
  @Test(arguments: BundledFolder.names)
  func noticeWhateverIsChanged(_ name: String) throws {
    let bundled = try BundledRules(of: name)
    let mutations = RuleMutation.all(of: bundled.rules)
    #expect(!mutations.isEmpty)
    for mutation in mutations {
      // One test after the other until one fails; those that speak of the rule first, for they know it best.
      let near = bundled.texts.filter { $0.text.contains(mutation.rule) }
      let far = bundled.texts.filter { !$0.text.contains(mutation.rule) }
      let groups = try bundled.groups(of: mutation.rules)
      let isNoticed = (near + far).contains { test in
        !bundled.failures(of: groups) { $0 == test.name }.isEmpty
      }
      #expect(isNoticed, "nothing notices that \(mutation)")
    }
  }
}
