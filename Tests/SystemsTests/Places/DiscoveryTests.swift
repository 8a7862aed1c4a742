import Systems
import Testing

struct DiscoveryTests {
  @Test(arguments: [
    ([:] as [String: String], String?.none, ["/etc/midwatch/playbooks"]),
    (["HOME": "/h"], nil, ["/h/.config/midwatch/playbooks", "/etc/midwatch/playbooks"]),
    (
      ["HOME": "/h", "XDG_CONFIG_HOME": "/c"], nil, ["/c/midwatch/playbooks", "/etc/midwatch/playbooks"]
    ),
    (
      ["HOME": "/h", "XDG_CONFIG_HOME": "relative"], nil,
      ["/h/.config/midwatch/playbooks", "/etc/midwatch/playbooks"]
    ),
    (["HOME": "/h", "MIDWATCH_PLAYBOOKS": "/p"], nil, ["/p"]),
    (["HOME": "/h", "MIDWATCH_PLAYBOOKS": "/p"], "/o", ["/o"]),
  ])
  func foldersInOrder(_ environment: [String: String], _ option: String?, _ expected: [String]) {
    #expect(Discovery(environment: environment).playbookFolders(option: option) == expected)
  }

  @Test(arguments: [
    ([:] as [String: String], String?.none, String?.none), (["HOME": "/h"], nil, "/h/.local/state/midwatch"),
    (["HOME": "/h", "XDG_STATE_HOME": "/s"], nil, "/s/midwatch"), (["MIDWATCH_STATE": "/m"], nil, "/m"),
    (["MIDWATCH_STATE": "/m"], "/o", "/o"),
  ])
  func stateHasOnePlace(_ environment: [String: String], _ option: String?, _ expected: String?) {
    #expect(Discovery(environment: environment).stateFolder(option: option) == expected)
  }

  @Test func bundledSystemsAreBesideTheBinaryOrAbove() {
    let folders = Discovery(environment: [:]).bundledFolders(executable: "/src/.build/debug/midwatch")
    #expect(folders == ["/src/.build/share/midwatch", "/src/.build/debug", "/src/.build", "/src", "/"])
    #expect(
      Discovery(environment: [:]).bundledFolders(executable: "/bin/midwatch").first == "/share/midwatch")
  }
}
