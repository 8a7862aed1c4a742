import Alerting
import Systems
import Testing

struct ScaffoldTests {
  @Test(arguments: [
    (String?.some("http://127.0.0.1:8080/"), String?.some("http://127.0.0.1:9100/metrics")),
    ("https://shop.example/it's \"here\"?a=b#c", nil), (nil, "http://127.0.0.1:9100/metrics"), (nil, nil),
  ])
  func whatInitWritesIsSound(_ health: String?, _ metrics: String?) {
    let health = health?.replacing(" ", with: "%20")
    let files = Scaffold.files(name: "shop", health: health, metrics: metrics)
    let (system, problems) = SystemFolder.load(Folder(name: "shop", files: files), environment: [:])
    #expect(problems.isEmpty, "\(problems)")
    #expect(system.endpoints.map(\.target) == [health, metrics].compactMap { $0 })
    #expect(system.playbooks.count == 1 && system.templates.count == 1)
    #expect(system.playbooks.first?.steps.isEmpty == false)
    let rules = system.ruleGroups.flatMap(\.rules).map(\.name)
    #expect(rules.count(where: { $0 == EndpointDown.name }) == system.endpoints.count)
    #expect(rules.contains { $0 != EndpointDown.name })
    #expect(system.needsTrust.allSatisfy { $0.hasPrefix("playbook service-down runs ") })
  }

  @Test(arguments: ["shop", "a-b.c_1", "7"]) func aNameFits(_ name: String) {
    #expect(Scaffold.objection(to: name) == nil)
  }

  @Test(arguments: ["", "Shop", "a/b", "..", "-x", "ä"]) func aNameDoesNot(_ name: String) {
    #expect(Scaffold.objection(to: name) != nil)
  }
}
